import { useQuery, useQueryClient } from '@tanstack/react-query';
import Button from 'antd/es/button';
import { Suspense, useEffect, useMemo, useState } from 'react';
import { messageOf, Refusal, type SavedMeanwhile } from '../api/problem.js';
import { causesQuery } from '../api/queries.js';
import { draftFileQuery, ruleWordsQuery } from '../api/rule-queries.js';
import type { DraftFile, DraftView } from '../api/types.js';
import { Tabs } from '../filing/tabs.js';
import { useKeys } from '../keys/keys.js';
import { Alert } from '../parts/alert.js';
import { later } from '../parts/later.js';
import { NotYet } from '../parts/not-yet.js';
import { announce } from '../parts/notices.js';
import { timeText } from '../words/days.js';
import type { Target } from './code-editor.js';
import { ConflictPane } from './conflict-pane.js';
import { cellAt, readTable } from './csv-text.js';
import { DraftReach } from './draft-reach.js';
import styles from './file-editor.module.css';
import { FileHistory } from './file-history.js';
import { Reading } from './reading.js';
import { saveFile } from './save-file.js';
import { TableEditor } from './table-editor.js';
import { NO_STEPS } from './table-steps.js';
import type { Unsaved } from './unsaved.js';
import type { LiveCheck } from './use-draft-check.js';
import { useRuleAct } from './use-rule-act.js';
import type { UnsavedWork } from './use-unsaved.js';

const CodeEditor = later(async () => (await import('./code-editor.js')).default);
const MergeEditor = later(async () => (await import('./merge-editor.js')).default);

interface FileEditorProps {
  readonly draft: DraftView;
  readonly path: string;
  readonly mayWrite: boolean;
  readonly work: UnsavedWork;
  readonly check: LiveCheck;
  /** Where to go in it. */
  readonly target: Target | undefined;
  readonly onGo: (path: string, line: number) => void;
}

/** One file of a draft; what stands in it is read first. */
export function FileEditor(props: FileEditorProps) {
  const { draft, path } = props;
  const { data, error, refetch } = useQuery(draftFileQuery(draft.id, path));
  if (data === undefined) {
    return (
      <div className={styles.waiting}>
        <NotYet error={error} title="文件没有读出来" onAgain={() => void refetch()} />
      </div>
    );
  }
  return <Writing key={path} {...props} file={data} />;
}

type View = 'text' | 'table' | 'compare';

function Writing({
  draft,
  path,
  file,
  mayWrite,
  work,
  check,
  target,
  onGo,
}: FileEditorProps & { readonly file: DraftFile }) {
  const client = useQueryClient();
  const { data: words } = useQuery(ruleWordsQuery);
  const [view, setView] = useState<View>(path.endsWith('.csv') ? 'table' : 'text');
  const [line, setLine] = useState(1);
  const [conflict, setConflict] = useState<SavedMeanwhile>();
  const [steps, setSteps] = useState(NO_STEPS);
  const own = work.texts.get(path);
  const saved = file.text ?? '';
  const text = own?.text ?? saved;
  const problems = useMemo(() => check.problemsOf(path), [check, path]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: where to show it is decided when it is asked for, and not again as the text changes
  useEffect(() => {
    if (target !== undefined) setView((now) => viewOf(target, now, text));
  }, [target]);
  const isOvertaken = own !== undefined && (own.revision !== file.revision || own.base !== file.base);

  const write = (next: string): void => {
    if (!mayWrite) return;
    if (next === saved && !isOvertaken) work.drop(path);
    else work.put(path, { text: next, revision: own?.revision ?? file.revision, base: own?.base ?? file.base });
  };
  const act = useRuleAct(
    (unsaved: Unsaved, headers) => saveFile(draft.id, path, unsaved, headers),
    (revision, unsaved) => {
      setConflict(undefined);
      client.setQueryData(draftFileQuery(draft.id, path).queryKey, (before) =>
        before === undefined ? before : { ...before, text: unsaved.text, revision, base: unsaved.base },
      );
      work.saved(path, unsaved.text, { revision, base: unsaved.base });
      announce(`${path} 已保存，正在检查`);
    },
  );
  const save = (): void => {
    if (own !== undefined && mayWrite) act.run(own);
  };
  // From a cell of the table or beside the text too, where the browser would save the page.
  useKeys('panel', { 'Ctrl+s': save }, { active: mayWrite && conflict === undefined });
  useEffect(() => {
    if (act.error instanceof Refusal && act.error.saved !== undefined) setConflict(act.error.saved);
  }, [act.error]);

  if (conflict !== undefined) {
    return (
      <ConflictPane
        theirs={conflict}
        mine={text}
        isPending={act.isPending}
        onSettle={(merged) => {
          const settledOn = { text: merged, revision: conflict.revision, base: conflict.base };
          work.put(path, settledOn);
          act.run(settledOn);
        }}
        onTheirs={() => {
          work.drop(path);
          act.reset();
          setConflict(undefined);
        }}
        onClose={(merged) => {
          write(merged);
          act.reset();
          setConflict(undefined);
        }}
      />
    );
  }
  return (
    <div className={styles.file}>
      <header className={styles.toolbar}>
        <h3>{path}</h3>
        <SaveState own={own} file={file} isPending={act.isPending} />
        <fieldset className={styles.views}>
          <legend className="visually-hidden">怎样看</legend>
          {(path.endsWith('.csv') ? (['table', 'text', 'compare'] as const) : (['text', 'compare'] as const)).map(
            (each) => (
              <label key={each} className={view === each ? styles.chosen : undefined}>
                <input type="radio" name="view" checked={view === each} onChange={() => setView(each)} />
                {VIEW_WORDS[each]}
              </label>
            ),
          )}
        </fieldset>
        {mayWrite && (
          <>
            <Button size="small" disabled={text === (file.baseText ?? '')} onClick={() => write(file.baseText ?? '')}>
              恢复原来的
            </Button>
            <Button
              size="small"
              type="primary"
              disabled={own === undefined}
              loading={act.isPending}
              onClick={save}
              aria-keyshortcuts="Control+S"
            >
              保存 <kbd aria-hidden>Ctrl S</kbd>
            </Button>
          </>
        )}
      </header>
      <Remarks
        file={file}
        isOvertaken={isOvertaken}
        isRestored={own !== undefined && work.restored.get(path)?.text === own.text}
        isKept={work.isKept}
        error={act.error}
        onCompare={() => save()}
        onDrop={() => work.drop(path)}
      />
      <div className={styles.work}>
        <div className={styles.text}>
          <Suspense fallback={<p role="status">正在打开编辑器…</p>}>
            {view === 'table' && (
              <TableEditor
                text={text}
                label={`${path} 表格`}
                readOnly={!mayWrite}
                problems={problems}
                target={target}
                steps={steps}
                onSteps={setSteps}
                onText={write}
                onLine={setLine}
              />
            )}
            {view === 'text' && (
              <CodeEditor
                path={path}
                text={text}
                label={`${path} 文字`}
                readOnly={!mayWrite}
                problems={problems}
                target={target}
                words={words}
                onText={write}
                onLine={setLine}
                onSave={save}
                causes={async (typed) => {
                  const found = await client.fetchQuery(causesQuery(typed, undefined)).catch(() => []);
                  return found.map(({ name }) => name);
                }}
              />
            )}
            {view === 'compare' && (
              <MergeEditor
                left={{ label: `第 ${draft.base} 号规则里的`, text: file.baseText ?? '' }}
                right={{ label: '现在的', text }}
              />
            )}
          </Suspense>
        </div>
        <aside className={styles.side} aria-label="读法、影响、历史">
          <Tabs
            label="旁边看什么"
            tabs={[
              {
                key: 'card',
                word: '读法',
                content: <Reading draft={draft} file={{ path, text }} unsaved={work.texts} line={line} onGo={onGo} />,
              },
              { key: 'reach', word: '影响', content: <DraftReach draft={draft} unsaved={work.texts} /> },
              {
                key: 'history',
                word: '历史',
                content: <FileHistory draft={draft} path={path} onTake={mayWrite ? write : undefined} />,
              },
            ]}
          />
        </aside>
      </div>
    </div>
  );
}

/** In which view a place is shown: a cell in the table, where there is one; what only the text can mend in the text. */
function viewOf({ line, column = 1 }: Target, now: View, text: string): View {
  if (now !== 'table') return 'text';
  const table = readTable(text);
  if (table === undefined || line === undefined) return now;
  const head = table.rows.findIndex(({ isRemark }) => !isRemark);
  const cell = cellAt(table, { line, column });
  return cell !== undefined && cell.row > head ? 'table' : 'text';
}

const VIEW_WORDS = { text: '文字', table: '表格', compare: '对照原来' } as const satisfies Readonly<
  Record<View, string>
>;

function SaveState({
  own,
  file,
  isPending,
}: {
  readonly own: Unsaved | undefined;
  readonly file: DraftFile;
  readonly isPending: boolean;
}) {
  if (isPending) return <span role="status">正在保存…</span>;
  if (own !== undefined) return <span className={styles.unsaved}>没有保存</span>;
  if (file.savedAt === null) return <span className={styles.saved}>没有改过</span>;
  return (
    <span className={styles.saved}>
      {file.savedBy?.name ?? ''} {timeText(file.savedAt)} 保存
    </span>
  );
}

function Remarks({
  file,
  isOvertaken,
  isRestored,
  isKept,
  error,
  onCompare,
  onDrop,
}: {
  readonly file: DraftFile;
  readonly isOvertaken: boolean;
  readonly isRestored: boolean;
  readonly isKept: boolean;
  readonly error: Error | null;
  readonly onCompare: () => void;
  readonly onDrop: () => void;
}) {
  const isConflict = error instanceof Refusal && error.saved !== undefined;
  return (
    <div className={styles.remarks}>
      {isOvertaken && (
        <Alert tone="warn" title={`${file.savedBy?.name ?? '别人'}在您写的时候保存了这个文件`} urgent>
          <p>
            您写的还在。{' '}
            <Button size="small" onClick={onCompare}>
              对照着合并
            </Button>
          </p>
        </Alert>
      )}
      {isRestored && !isOvertaken && (
        <Alert tone="calm">
          <p>
            上次没有保存的内容已经恢复。{' '}
            <Button size="small" onClick={onDrop}>
              不要了
            </Button>
          </p>
        </Alert>
      )}
      {!isKept && (
        <Alert tone="warn">
          <p>这个浏览器不能在本机留存没有保存的内容；离开页面以前请保存。</p>
        </Alert>
      )}
      {error !== null && !isConflict && (
        <Alert tone="wrong" title="没有保存，您写的还在" urgent>
          <p>{messageOf(error)}</p>
        </Alert>
      )}
    </div>
  );
}
