import type { PlainDate } from '../kernel/plain-date.js';
import type { Basis, CardBasis } from '../rules/citation.js';
import { type ArticleText, type CitationFindings, checkCitations } from '../rules/cited-articles.js';
import { DEFAULT_COURT, type RuleBook } from '../rules/rulebook.js';
import type { Problems, RuleFile } from '../rules/source.js';
import type { Vocabulary } from '../rules/vocabulary.js';
import type { AdjustmentRule } from './adjustment.js';
import { checkFlow } from './check-flow.js';
import type { Ladder } from './escalation.js';
import type { Flow } from './flow.js';
import { readFlow } from './read-flow.js';

/** Reads every flow of the rules folder and proves it; a flow with problems is not there. */
export function readFlows(files: readonly RuleFile[], vocabulary: Vocabulary, problems: Problems): Flow[] {
  const flows: Flow[] = [];
  for (const file of files.filter(({ path }) => path.startsWith('flows/') && path.endsWith('.yaml'))) {
    const flow = readFlow(file, vocabulary, problems);
    if (!flow) continue;
    const other = flows.find(({ key, id }) => key === flow.key || id === flow.id);
    if (other) problems.add(flow.place, 'NAME_TWICE', `编号或者代号和 ${other.file} 里的流程一样`, flow.id);
    else {
      checkFlow(flow, vocabulary, problems);
      flows.push(flow);
    }
  }
  return flows;
}

/** What rules say of flows and their clocks. */
interface FlowRules {
  readonly flows: readonly Flow[];
  readonly adjustments: readonly AdjustmentRule[];
  readonly ladders: readonly Ladder[];
}

/** What is wrong with the citations of flows, of what changes clocks, and of ladders. */
export const flowCitations = (
  { flows, adjustments, ladders }: FlowRules,
  articles: readonly ArticleText[],
): CitationFindings => {
  const found = [
    ...[...flows, ...ladders].map((each) => checkCitations(each.basis, each.id, articles, each)),
    ...adjustments.map((each) => checkCitations(each.basis, each.key, articles, each)),
  ];
  return {
    problems: found.flatMap(({ problems }) => problems),
    remarks: found.flatMap(({ remarks }) => remarks),
  };
};

/** The bases that a court supplies to the modules that it has adopted by a day, by name. */
export function adoptedBy(book: RuleBook, court: string, day: PlainDate): ReadonlyMap<string, Basis> {
  const folder = book.courts.get(court) ?? book.courts.get(DEFAULT_COURT);
  const adoptions = (folder?.adoptions ?? []).filter(({ validFrom }) => validFrom <= day);
  return new Map(adoptions.flatMap(({ bases }) => [...bases]));
}

/** Whether a court supplies every basis that has to come from it. */
export const isSupplied = (basis: readonly CardBasis[], adopted: ReadonlyMap<string, Basis>): boolean =>
  basis.every((each) => !('adopted' in each) || adopted.has(each.adopted));

/** Whether a court has by a day adopted what a flow rests on, where it has to. */
export const isAdopted = ({ basis }: Pick<Flow, 'basis'>, book: RuleBook, court: string, day: PlainDate): boolean =>
  isSupplied(basis, adoptedBy(book, court, day));

/** The flows of one court on one day: those in force whose basis the court has adopted, where they need one. */
export function flowsOf(flows: readonly Flow[], book: RuleBook, court: string, day: PlainDate): Flow[] {
  const adopted = adoptedBy(book, court, day);
  return flows.filter(
    ({ validFrom, validTo, basis }) =>
      validFrom <= day && (validTo === null || day < validTo) && isSupplied(basis, adopted),
  );
}

/** On what a flow or a ladder rests in a court: its own bases, and those that the court has supplied. */
export function flowBasis({ basis }: Pick<Flow, 'basis'>, book: RuleBook, court: string, day: PlainDate): Basis[] {
  const adopted = adoptedBy(book, court, day);
  return basis.flatMap((each) => ('adopted' in each ? (adopted.get(each.adopted) ?? []) : each));
}
