import { useQuery } from '@tanstack/react-query';
import { benchQuery, myCasesQuery, myObjectionsQuery } from '../api/queries.js';
import { useCourt } from '../desk/court.js';
import { pageOf } from '../desk/use-rows.js';
import { useTrail } from '../desk/use-trail.js';
import { Section } from '../filing/section.js';
import { Absences } from './absences.js';
import { CaseCard } from './case-card.js';
import { Clocks } from './clocks.js';
import styles from './mine-desk.module.css';
import type { MineSearch, MineView } from './mine-search.js';
import { Notifications, UnreadBanner } from './notifications.js';
import { ObjectionLine } from './objection-line.js';
import { Pages } from './pages.js';

interface MineMainProps {
  readonly view: MineView;
  readonly word: string;
  readonly search: MineSearch;
  /** On a narrow page what is open stands over the list. */
  readonly isCovered: boolean;
  readonly onFiling: (filing: string) => void;
  readonly onObject: (filing: string, flow: string) => void;
  readonly onRun: (run: string) => void;
  readonly onMonth: (month: string | undefined) => void;
}

const ABOUT: Readonly<Record<MineView, string>> = {
  new: '刚到您名下、还可以提异议的案件',
  held: '您承办的其他案件，最近到的在前',
  objections: '您提出的、主张由您办理的、申请您回避的',
  clocks: '您承办的案件和与您有关的流程的期限',
  absences: '登记以后，那些天不参加分案',
  notices: '与您有关的异议、会商、回避和催办',
};

const EMPTY = {
  new: '没有新收的案件。新的案件分到您名下，会自动出现在这里。',
  held: '没有在办的案件。',
  open: '没有正在办理的。',
  ended: '还没有办结的。',
} as const;

type CasesProps = Omit<MineMainProps, 'view' | 'word' | 'isCovered' | 'onMonth'> & { readonly part: 'new' | 'held' };

function Cases({ part, search, onFiling, onObject, onRun }: CasesProps) {
  const { code } = useCourt();
  const { data: bench = [] } = useQuery(benchQuery(code));
  const trail = useTrail(part);
  const rows = pageOf(trail, useQuery(myCasesQuery(code, part, trail.place.after)));
  return (
    <Pages rows={rows} empty={EMPTY[part]}>
      {(one) => (
        <CaseCard
          one={one}
          isNew={part === 'new'}
          bench={bench}
          isOpened={one.id === search.filing}
          onOpen={onFiling}
          onObject={onObject}
          onRun={onRun}
        />
      )}
    </Pages>
  );
}

function Objections({
  state,
  search,
  onRun,
}: Pick<MineMainProps, 'search' | 'onRun'> & { readonly state: 'open' | 'ended' }) {
  const { code } = useCourt();
  const trail = useTrail(state);
  const rows = pageOf(trail, useQuery(myObjectionsQuery(code, state, trail.place.after)));
  return (
    <Pages rows={rows} empty={EMPTY[state]}>
      {(row) => <ObjectionLine row={row} withReference isOpened={row.id === search.run} onOpen={() => onRun(row.id)} />}
    </Pages>
  );
}

/** The part of the judge's desk that is looked at. */
export function MineMain({ view, word, search, isCovered, onFiling, onObject, onRun, onMonth }: MineMainProps) {
  const name = isCovered ? `${styles.list} ${styles.covered}` : styles.list;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by key
    <section className={name} tabIndex={0} aria-labelledby="list-title">
      <header>
        <h2 id="list-title" tabIndex={-1}>
          {word}
        </h2>
        <p>{ABOUT[view]}</p>
      </header>
      {view === 'notices' ? (
        <Notifications onFiling={onFiling} onRun={onRun} />
      ) : (
        <UnreadBanner onFiling={onFiling} onRun={onRun} />
      )}
      {(view === 'new' || view === 'held') && (
        <Cases key={view} part={view} search={search} onFiling={onFiling} onObject={onObject} onRun={onRun} />
      )}
      {view === 'objections' && (
        <>
          <Section title="正在办理">
            <Objections state="open" search={search} onRun={onRun} />
          </Section>
          <Section title="已办结">
            <Objections state="ended" search={search} onRun={onRun} />
          </Section>
        </>
      )}
      {view === 'clocks' && <Clocks month={search.month} onMonth={onMonth} onOpen={onFiling} />}
      {view === 'absences' && <Absences />}
    </section>
  );
}
