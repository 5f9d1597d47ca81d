import Input from 'antd/es/input';
import { useDeferredValue, useState } from 'react';
import type { DraftFileRow } from '../api/types.js';
import styles from './file-list.module.css';
import type { UnsavedTexts } from './unsaved.js';
import { CHANGE_WORDS, LAYER_NAMES, layerOf } from './words.js';

interface FileListProps {
  readonly files: readonly DraftFileRow[];
  readonly open: string | undefined;
  readonly unsaved: UnsavedTexts;
  /** Paths in which the check found something. */
  readonly wrong: ReadonlyMap<string, number>;
  readonly onOpen: (path: string) => void;
}

export const FILE_FILTER_ID = 'file-filter';

/** The files of the rules by layer, those that the draft changes in front. */
export function FileList({ files, open, unsaved, wrong, onOpen }: FileListProps) {
  const [text, setText] = useState('');
  const wanted = useDeferredValue(text.trim().toLowerCase());
  const isWanted = ({ path, name }: DraftFileRow): boolean =>
    [path, name ?? ''].some((each) => each.toLowerCase().includes(wanted));
  const shown = files.filter(isWanted);
  const isTouched = ({ path, change }: DraftFileRow): boolean => change !== null || unsaved.has(path);
  const groups = [
    { name: '这份草稿改的', rows: shown.filter(isTouched) },
    ...LAYER_NAMES.map((name) => ({
      name,
      rows: shown.filter((row) => !isTouched(row) && layerOf(row.path) === name),
    })),
  ].filter(({ rows }) => rows.length > 0);
  return (
    <nav className={styles.files} aria-label="规则文件">
      <Input
        id={FILE_FILTER_ID}
        size="small"
        aria-label="找文件"
        placeholder="找文件"
        allowClear
        value={text}
        onChange={(event) => setText(event.target.value)}
        suffix={text === '' ? <kbd aria-hidden>/</kbd> : undefined}
      />
      {groups.length === 0 && <p className={styles.none}>没有这样的文件。</p>}
      {groups.map(({ name: layer, rows }) => (
        <section key={layer} aria-label={layer}>
          <h3>{layer}</h3>
          <ul>
            {rows.map(({ path, name, change }) => {
              const faults = wrong.get(path) ?? 0;
              return (
                <li key={path}>
                  <button
                    type="button"
                    aria-current={path === open || undefined}
                    title={path}
                    onClick={() => onOpen(path)}
                  >
                    <span className={styles.name}>
                      {name}
                      <span className={name === null ? undefined : styles.path}>{shortOf(path)}</span>
                    </span>
                    {unsaved.has(path) && <span className={styles.unsaved}>未保存</span>}
                    {change !== null && <span className={styles[change]}>{CHANGE_WORDS[change]}</span>}
                    {faults > 0 && <span className={styles.wrong}>{faults} 处</span>}
                  </button>
                </li>
              );
            })}
          </ul>
        </section>
      ))}
    </nav>
  );
}

/** Without the folder that its group says already. */
const shortOf = (path: string): string => path.replace(/^(?:modules|provinces|courts|national)\//, '');
