import { useQuery } from '@tanstack/react-query';
import Button from 'antd/es/button';
import { Suspense, useRef, useState } from 'react';
import { draftFilesQuery, draftQuery } from '../api/rule-queries.js';
import type { DraftView } from '../api/types.js';
import { useMay } from '../desk/court.js';
import { useKeys } from '../keys/keys.js';
import { later } from '../parts/later.js';
import { NotYet } from '../parts/not-yet.js';
import { Panel } from '../parts/panel.js';
import type { Target } from './code-editor.js';
import styles from './draft-panel.module.css';
import { FileEditor } from './file-editor.js';
import { FILE_FILTER_ID, FileList } from './file-list.js';
import { Glance } from './glance.js';
import type { RuleProblem } from './problem.js';
import { ProblemList } from './problem-list.js';
import type { UnsavedTexts } from './unsaved.js';
import { type LiveCheck, useDraftCheck } from './use-draft-check.js';
import { useUnsaved } from './use-unsaved.js';
import { DRAFT_WORDS } from './words.js';

const NewFileDialog = later(async () => (await import('./new-file-dialog.js')).NewFileDialog);
const ProposeDialog = later(async () => (await import('./propose-dialog.js')).ProposeDialog);
const RebaseDialog = later(async () => (await import('./rebase-dialog.js')).RebaseDialog);
const DiscardDialog = later(async () => (await import('./discard-dialog.js')).DiscardDialog);

interface DraftPanelProps {
  readonly id: string;
  readonly file: string | undefined;
  readonly onFile: (path: string) => void;
  readonly onRelease: (number: number) => void;
  readonly onClose: () => void;
}

/** A draft: its files, what is wrong, what it changes, who must agree. */
export function DraftPanel(props: DraftPanelProps) {
  const { data: draft, error, refetch } = useQuery(draftQuery(props.id));
  return (
    <Panel
      id={TITLE_ID}
      title={draft?.title ?? '草稿'}
      shown={draft?.id}
      mark={draft && DRAFT_WORDS[draft.state]}
      beside={draft && <span className={styles.base}>改自第 {draft.base} 号规则</span>}
      onClose={props.onClose}
    >
      {draft === undefined ? (
        <div className={styles.waiting}>
          <NotYet error={error} title="草稿没有读出来" onAgain={() => void refetch()} />
        </div>
      ) : (
        <Work draft={draft} {...props} />
      )}
    </Panel>
  );
}

const TITLE_ID = 'rules-title';
const NOTHING: UnsavedTexts = new Map();

type Asked = 'file' | 'propose' | 'rebase' | 'discard';

function Work({ draft, file, onFile, onRelease, onClose }: DraftPanelProps & { readonly draft: DraftView }) {
  const may = useMay();
  const mayWrite = may('release.draft') && (draft.state === 'draft' || draft.state === 'checked');
  const work = useUnsaved(draft.id);
  // Whoever only reads is shown what is saved.
  const unsaved = may('release.check') ? work.texts : NOTHING;
  const check = useDraftCheck(draft, unsaved);
  const files = useQuery(draftFilesQuery(draft.id, draft.revision));
  const [target, setTarget] = useState<Target>();
  const [asked, setAsked] = useState<Asked>();
  const close = (): void => setAsked(undefined);
  const problems = check.report?.problems ?? [];
  const goTo = (path: string, place: { readonly line?: number; readonly column?: number }): void => {
    if (path !== file) onFile(path);
    const { line, column } = place;
    setTarget((before) => ({
      file: path,
      ...(line !== undefined && { line }),
      ...(column !== undefined && { column }),
      asked: (before?.asked ?? 0) + 1,
    }));
  };
  const go = (problem: RuleProblem): void => {
    last.current = problem;
    goTo(problem.file, problem);
  };
  const toFirst = (): void => {
    const [first] = problems;
    if (first !== undefined) go(problems.find((each) => each.file === file) ?? first);
  };
  const last = useRef<RuleProblem>(undefined);
  const toNext = (way: 1 | -1): void => {
    const at = problems.findIndex((each) => isSame(each, last.current));
    const next = problems.at(at < 0 ? (way > 0 ? 0 : -1) : (at + way) % problems.length);
    if (next !== undefined) go(next);
  };
  useKeys('panel', {
    e: () => {
      if (file !== undefined) goTo(file, {});
    },
    p: toFirst,
    F8: ({ shiftKey }) => toNext(shiftKey ? -1 : 1),
    // Out of the text first: nobody who only leaves a list of suggestions wants the file closed.
    Escape: () => {
      if (document.activeElement?.closest('.cm-editor')) document.getElementById(TITLE_ID)?.focus();
      else onClose();
    },
    '/': () => document.getElementById(FILE_FILTER_ID)?.focus(),
  });
  return (
    <div className={styles.work}>
      <Glance draft={draft} check={check} unsaved={unsaved} onProblem={toFirst}>
        <Agreement
          draft={draft}
          check={check}
          unsaved={work.texts.size}
          mayWrite={mayWrite}
          onAsk={setAsked}
          onRelease={onRelease}
        />
      </Glance>
      <div className={styles.parts}>
        <div className={styles.files}>
          {files.data === undefined ? (
            <NotYet error={files.error} title="文件没有读出来" onAgain={() => void files.refetch()} />
          ) : (
            <FileList files={files.data} open={file} unsaved={work.texts} wrong={check.counts} onOpen={onFile} />
          )}
          {mayWrite && (
            <footer>
              <Button size="small" onClick={() => setAsked('file')}>
                新建文件
              </Button>
              <Button size="small" type="text" danger onClick={() => setAsked('discard')}>
                作废草稿
              </Button>
            </footer>
          )}
        </div>
        <div className={styles.editor}>
          {file === undefined ? (
            <div className={styles.nothing}>
              {draft.note !== '' && <p>{draft.note}</p>}
              <p>从左边选一个规则文件；按 / 找文件。</p>
            </div>
          ) : (
            <FileEditor
              key={file}
              draft={draft}
              path={file}
              mayWrite={mayWrite}
              work={{ ...work, texts: unsaved }}
              check={check}
              target={target?.file === file ? target : undefined}
              onGo={(path, line) => goTo(path, { line })}
            />
          )}
          <ProblemList problems={problems} onGo={go} />
        </div>
      </div>
      <Suspense>
        {asked === 'file' && (
          <NewFileDialog
            draft={draft}
            known={(files.data ?? []).map(({ path }) => path)}
            onClose={close}
            onMade={onFile}
          />
        )}
        {asked === 'propose' && <ProposeDialog draft={draft} onClose={close} onProposed={onRelease} />}
        {asked === 'rebase' && <RebaseDialog draft={draft} onClose={close} />}
        {asked === 'discard' && <DiscardDialog draft={draft} onClose={close} onDiscarded={onClose} />}
      </Suspense>
    </div>
  );
}

/** The same problem, found again by a later check. */
const isSame = (one: RuleProblem, other: RuleProblem | undefined): boolean =>
  one.file === other?.file && one.line === other.line && one.column === other.column && one.message === other.message;

interface AgreementProps {
  readonly draft: DraftView;
  readonly check: LiveCheck;
  readonly unsaved: number;
  readonly mayWrite: boolean;
  readonly onAsk: (what: Asked) => void;
  readonly onRelease: (number: number) => void;
}

/** Who must agree, and what has to happen before they are asked. */
function Agreement({ draft, check, unsaved, mayWrite, onAsk, onRelease }: AgreementProps) {
  const { state, release, authors, isBehind } = draft;
  if (state === 'proposed' || state === 'released') {
    return (
      <>
        {state === 'proposed' ? '已经提出，等规则审批人批准' : '已经批准'}{' '}
        {release !== null && (
          <Button size="small" onClick={() => onRelease(release)}>
            看第 {release} 号发布
          </Button>
        )}
      </>
    );
  }
  const names = authors.map(({ name }) => name).join('、');
  const missing = isBehind
    ? '之后又批准了别的发布'
    : draft.files.length === 0
      ? '还没有保存过改动'
      : unsaved > 0
        ? '先保存'
        : check.report === undefined || check.isUnderWay
          ? '先等检查完'
          : check.report.isSound
            ? undefined
            : '先改好上面的问题';
  return (
    <span className={styles.agreement}>
      <span>
        由没有写过它、不在受影响法院分案池里的规则审批人批准
        {names !== '' && `（${names}写的，不能自己批）`}
      </span>
      {mayWrite &&
        (isBehind ? (
          <Button size="small" type="primary" onClick={() => onAsk('rebase')}>
            并到最新的规则
          </Button>
        ) : (
          <Button size="small" type="primary" disabled={missing !== undefined} onClick={() => onAsk('propose')}>
            提出发布
          </Button>
        ))}
      {mayWrite && missing !== undefined && <em>{missing}</em>}
    </span>
  );
}
