import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { InputRef } from 'antd/es/input';
import { Suspense, useEffect, useRef, useState } from 'react';
import { api, unwrap } from '../api/client.js';
import { download, fileAddress } from '../api/download.js';
import { useLiveUpdates } from '../api/live-updates.js';
import { messageOf } from '../api/problem.js';
import { batchesQuery, countsQuery, filingQuery } from '../api/queries.js';
import type { FilingRow } from '../api/types.js';
import { useKeys } from '../keys/keys.js';
import { FaultBoundary } from '../parts/fault-boundary.js';
import { fetchLater, later } from '../parts/later.js';
import { announce, tellDone, tellWrong } from '../parts/notices.js';
import { timeText } from '../words/days.js';
import { ConnectionBar } from './connection-bar.js';
import { useCourt, useMay } from './court.js';
import styles from './desk.module.css';
import { type DeskSearch, deskAddress } from './desk-search.js';
import { DropTarget } from './drop-target.js';
import { List } from './list.js';
import { Rail } from './rail.js';
import { countOf, TABS } from './state-nav.js';
import { TopBar } from './top-bar.js';
import { UploadFaults } from './upload-faults.js';
import { useActiveRow } from './use-active-row.js';
import { useRows } from './use-rows.js';
import { UploadContext, useUpload } from './use-upload.js';

const FilingPanel = later(async () => (await import('../filing/filing-panel.js')).FilingPanel);
const NewFiling = later(async () => (await import('../form/new-filing.js')).NewFiling);
const CorrectFiling = later(async () => (await import('../form/correct-filing.js')).CorrectFiling);
const Proposals = later(async () => (await import('../handover/proposals.js')).Proposals);
const KeyList = later(async () => (await import('../keys/key-list.js')).KeyList);
const PasswordDialog = later(async () => (await import('../session/password-dialog.js')).PasswordDialog);

/** After the list is there. */
const FETCH_LATER_MS = 1500;

const EMPTY: Readonly<Record<string, string>> = {
  assigned: '还没有分出去的收案。',
  needs_review: '没有待人工的收案，都办完了。',
  invalid: '没有填写有误的收案。',
  received: '没有等着分案的收案。',
  closed: '还没有结案的收案。',
};

function emptyText(search: DeskSearch, searched: string): string {
  if (searched !== '') return `没有找到“${searched}”。请输入登记号、当事人姓名的开头，或者完整的证件号码。`;
  if (search.due !== undefined) return '这段期限以内没有要到期的收案。';
  return search.state === undefined
    ? '还没有收案。上传收案表，或者按 n 录入一件。'
    : (EMPTY[search.state] ?? '没有收案。');
}

/** The filing desk: lists on the left and in the middle, what is open on the right; everything can be done by key. */
export function Desk() {
  const court = useCourt();
  const may = useMay();
  const client = useQueryClient();
  const search = deskAddress.useSearch();
  const navigate = deskAddress.useNavigate();
  const [searched, setSearched] = useState('');
  const [dialog, setDialog] = useState<'keys' | 'password'>();
  const searchField = useRef<InputRef>(null);
  const picker = useRef<HTMLInputElement>(null);
  /** Where the focus goes once nothing is open any more. */
  const back = useRef<{ readonly to: string | undefined }>(undefined);
  useLiveUpdates(court.code);
  useEffect(() => {
    const timer = window.setTimeout(fetchLater, FETCH_LATER_MS);
    return () => window.clearTimeout(timer);
  }, []);

  const rows = useRows(court.code, { state: search.state, batch: search.batch, dueWithinDays: search.due }, searched);
  const { active, setActive, move, focus } = useActiveRow(
    rows,
    JSON.stringify([search.state, search.batch, search.due, searched]),
  );
  const { data: counts } = useQuery(countsQuery(court.code));
  const { data: batches } = useQuery({ ...batchesQuery(court.code), enabled: may('batch.read') });
  const batch = batches?.find(({ id }) => id === search.batch);
  const proposals = search.panel === 'proposals';

  const isForm = search.panel === 'new' || search.panel === 'correct';
  const isOpen = search.filing !== undefined || search.panel === 'new';

  /** Changes the address; what is set to undefined goes out of it. */
  const go = (change: { readonly [Key in keyof DeskSearch]: DeskSearch[Key] | undefined }): void => {
    const wanted = Object.entries({ ...search, ...change }).filter(([, value]) => value !== undefined);
    void navigate({ search: Object.fromEntries(wanted) as DeskSearch });
  };
  const open = (filing: string): void => {
    setActive(filing);
    go({ filing, panel: proposals ? 'proposals' : undefined });
  };
  const close = (): void => {
    const was = search.filing ?? active;
    if (search.panel === 'correct') {
      go({ panel: undefined });
      return;
    }
    back.current = { to: was };
    go({ filing: undefined, panel: proposals ? 'proposals' : undefined });
  };
  const closeNew = (): void => {
    back.current = { to: active };
    go({ panel: undefined });
  };
  const step = (by: 1 | -1): void => {
    if (search.filing === undefined) {
      const to = move(by);
      if (to !== undefined) focus(to);
      return;
    }
    const to = move(by, search.filing);
    if (to !== undefined) open(to);
  };
  const find = (text: string): void => {
    setSearched(text);
    if (search.panel !== undefined || search.filing !== undefined) go({ panel: undefined, filing: undefined });
    if (text !== '') focus(undefined);
  };

  const take = useMutation({
    mutationFn: async (row: FilingRow) =>
      unwrap(
        await api.POST('/api/v1/courts/{court}/filings/{id}/take', {
          params: { path: { court: court.code, id: row.id } },
          body: { version: row.version },
        }),
      ),
    onSuccess: (view) => {
      client.setQueryData(filingQuery(court.code, view.row.id).queryKey, view);
      tellDone(`已认领 ${view.row.reference}`);
    },
    onError: (error) => tellWrong(messageOf(error)),
    onSettled: () => client.invalidateQueries({ queryKey: ['court', court.code, 'list'] }),
  });
  const onTake = may('filing.take') ? (row: FilingRow): void => take.mutate(row) : undefined;
  const exporting = useMutation({
    mutationFn: () => {
      const query = {
        ...(search.state !== undefined && { state: search.state }),
        ...(search.batch !== undefined && { batch: search.batch }),
      };
      const path = '/api/v1/courts/{court}/filings.xlsx';
      return download(fileAddress(path, { court: court.code }, query), '收案列表.xlsx');
    },
    onMutate: () => announce('正在导出'),
    onSuccess: (name) => tellDone(`已下载 ${name}`),
    onError: (error) => tellWrong(messageOf(error)),
  });
  // A file of something else than what is shown would mislead: it is made of whole lists alone.
  const isWholeList = searched === '' && search.due === undefined && !proposals;
  const onExport = may('filing.export') && isWholeList ? (): void => exporting.mutate() : undefined;
  const onNew = may('batch.file') ? (): void => go({ panel: 'new', filing: undefined }) : undefined;
  const upload = useUpload(
    court.code,
    () => picker.current?.click(),
    (filed) => {
      setSearched('');
      void navigate({ search: { batch: filed.id } });
    },
  );

  const activeRow = rows.rows.find(({ id }) => id === active);
  useKeys('desk', {
    j: () => step(1),
    k: () => step(-1),
    '/': () => searchField.current?.focus({ cursor: 'all' }),
    '?': () => setDialog('keys'),
    ...(active !== undefined && search.filing === undefined && !proposals && { o: () => open(active) }),
    ...(onNew !== undefined && { n: onNew, u: upload.choose }),
    ...(onExport !== undefined && { 'g e': onExport }),
    'g p': () => go({ panel: 'proposals', filing: undefined }),
    ...(onTake !== undefined &&
      activeRow?.waiting?.for === null && {
        c: () => onTake(activeRow),
      }),
    ...(searched !== '' && { Escape: () => find('') }),
    ...Object.fromEntries(
      TABS.map(({ state }, index) => [
        String(index + 1),
        () => {
          setSearched('');
          if (isOpen) back.current = { to: undefined };
          else focus(undefined);
          go({ state, panel: undefined, filing: undefined });
        },
      ]),
    ),
  });

  const word = TABS.find(({ state }) => state === search.state)?.word ?? '';
  const title = searched === '' ? (search.state === undefined ? '全部收案' : word) : `搜索“${searched}”`;
  useEffect(() => {
    document.title = `${title} · ${court.name} · 首责`;
  }, [title, court.name]);
  const batchTotal = batch && countOf(batch.counts, search.state);
  const whole = counts && countOf(counts, search.state);
  const total =
    searched !== '' || search.due !== undefined ? undefined : search.batch === undefined ? whole : batchTotal;
  // The focus goes back to the list when what covered it is gone, not before.
  useEffect(() => {
    if (isOpen || back.current === undefined) return;
    const { to } = back.current;
    back.current = undefined;
    focus(to);
  });

  return (
    <UploadContext value={may('batch.file') ? upload : undefined}>
      <div className={isForm ? `${styles.desk} ${styles.withForm}` : styles.desk}>
        <a href="#list-title" className="skip-link">
          跳到列表
        </a>
        <TopBar
          searchRef={searchField}
          searched={searched}
          onSearch={find}
          onKeyList={() => setDialog('keys')}
          onPassword={() => setDialog('password')}
        />
        <ConnectionBar court={court.code} />
        <div className={styles.rail}>
          <Rail search={search} isSearching={searched !== ''} />
        </div>
        <main className={styles.main}>
          <div className={styles.list}>
            <UploadFaults />
            {proposals ? (
              <Suspense>
                <Proposals onOpen={open} />
              </Suspense>
            ) : (
              <List
                title={title}
                rows={rows}
                total={total}
                isEverything={search.state === undefined && search.batch === undefined && search.due === undefined}
                searched={searched}
                due={search.due}
                batchWord={
                  search.batch === undefined ? undefined : batch ? `批次 ${timeText(batch.filedAt)}` : '只看一个批次'
                }
                active={active}
                opened={search.filing}
                isBeside={isOpen}
                withState={search.state === undefined || searched !== ''}
                withTaker={search.state === 'needs_review' && searched === ''}
                emptyText={emptyText(search, searched)}
                onClearSearch={() => find('')}
                onClearBatch={() => go({ batch: undefined })}
                onDue={(due) => go({ due })}
                onNew={onNew}
                onExport={onExport}
                onOpen={open}
                onActive={setActive}
                onMove={step}
                onTake={onTake}
              />
            )}
          </div>
          {isOpen && (
            <div className={isForm ? styles.form : styles.panel}>
              <FaultBoundary key={search.panel}>
                <Suspense fallback={<p className={styles.opening}>正在打开…</p>}>
                  {search.panel === 'new' && <NewFiling onClose={closeNew} onFiled={open} />}
                  {search.panel === 'correct' && search.filing !== undefined && (
                    <CorrectFiling id={search.filing} onClose={close} />
                  )}
                  {search.panel !== 'new' && search.panel !== 'correct' && search.filing !== undefined && (
                    <FilingPanel
                      id={search.filing}
                      onClose={close}
                      onCorrect={() => go({ panel: 'correct' })}
                      onOpen={open}
                      onMove={step}
                    />
                  )}
                </Suspense>
              </FaultBoundary>
            </div>
          )}
        </main>
        <input
          ref={picker}
          hidden
          type="file"
          aria-label="选择收案表"
          accept=".xlsx,.csv,.json"
          multiple
          onChange={(event) => {
            upload.take([...(event.target.files ?? [])]);
            // The same file may be chosen again after it was corrected.
            event.target.value = '';
          }}
        />
        <DropTarget />
        <Suspense>
          {dialog === 'keys' && <KeyList onClose={() => setDialog(undefined)} />}
          {dialog === 'password' && <PasswordDialog onClose={() => setDialog(undefined)} />}
        </Suspense>
      </div>
    </UploadContext>
  );
}
