import { useQuery } from '@tanstack/react-query';
import { draftFileQuery, draftFilesQuery, type RuleText, readRulesQuery } from '../api/rule-queries.js';
import type { DraftView } from '../api/types.js';
import { NotYet } from '../parts/not-yet.js';
import { CardView } from './card-view.js';
import { RowsView } from './rows-view.js';
import type { UnsavedTexts } from './unsaved.js';
import { useDebounced } from './use-debounced.js';

const PAUSE_MS = 400;
/** A head of a table of rules names its CSV. */
const NAMES_TABLE = /^表\s*:/m;

interface ReadingProps {
  readonly draft: DraftView;
  readonly file: RuleText;
  readonly unsaved: UnsavedTexts;
  readonly line: number;
  readonly onGo: (path: string, line: number) => void;
}

/** What is being written as a person reads it: rules as cards, tables row by row. */
export function Reading({ draft, file, unsaved, line, onGo }: ReadingProps) {
  const { path } = file;
  const text = useDebounced(file.text, PAUSE_MS);
  const other = useOther(draft, path, unsaved);
  const [head, table] = path.endsWith('.csv') ? [other?.text, path] : [text, other?.path];
  const isTable = head !== undefined && table !== undefined && NAMES_TABLE.test(head);
  const { data, error, refetch } = useQuery(readRulesQuery({ path, text }, isTable ? other : undefined));
  if (text === '') return <p>这个文件还是空的。</p>;
  if (data === undefined) return <NotYet error={error} title="没有读出来" onAgain={() => void refetch()} />;
  const { cards, rows } = data;
  if (rows.length > 0) return <RowsView rows={rows} line={line} onGo={(to) => onGo(path, to)} />;
  if (path.endsWith('.csv') && !isTable) return <p>这张表里没有读得出来的行。</p>;
  // The rows of a table of rules stand in its CSV, whichever of its two files is open.
  const where = isTable ? table : path;
  return <CardView cards={cards} line={where === path ? line : 0} onGo={(to) => onGo(where, to)} />;
}

/** The file of the same name and the other kind, as it is written now. */
function useOther(draft: DraftView, path: string, unsaved: UnsavedTexts): RuleText | undefined {
  const beside = path.endsWith('.csv') ? path.replace(/\.csv$/, '.yaml') : path.replace(/\.yaml$/, '.csv');
  const files = useQuery(draftFilesQuery(draft.id, draft.revision));
  const own = unsaved.get(beside)?.text;
  const isThere = files.data?.some((each) => each.path === beside && each.change !== 'removed') ?? false;
  const saved = useQuery({ ...draftFileQuery(draft.id, beside), enabled: isThere && own === undefined });
  const text = useDebounced(own ?? saved.data?.text ?? undefined, PAUSE_MS);
  return text === undefined ? undefined : { path: beside, text };
}
