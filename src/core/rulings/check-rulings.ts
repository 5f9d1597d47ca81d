import type { Ruling, RulingOught } from '../documents/ruling.js';
import type { PlainDate } from '../kernel/plain-date.js';
import type { Lawbook } from '../routing/lawbook.js';
import type { Evaluator } from '../rules/evaluate.js';
import type { ExampleResult } from '../rules/examples.js';
import type { Ruleset } from '../rules/ruleset.js';
import type { PlacedRuling, RulingFile } from '../rules/ruling-file.js';
import type { Place, Problem } from '../rules/source.js';
import { labelOf, type Vocabulary } from '../rules/vocabulary.js';
import { agrees, type Conclusion, concludeOn, rulesetOf } from './conclusion.js';

export interface RulingReport {
  /** A ruling with which the rules agreed and do not any more, or the other way round, that its file does not say. */
  readonly problems: readonly Problem[];
  /** Rulings that the rules contradict as their file says: for policy staff to look at. */
  readonly pending: readonly Problem[];
  readonly examples: readonly ExampleResult[];
}

/** Puts every ruling of the rules folder to the rules of its court on a day. */
export async function checkRulings(
  lawbook: Pick<Lawbook, 'book' | 'causes'>,
  day: PlainDate,
  evaluator: Evaluator,
): Promise<RulingReport> {
  const problems: Problem[] = [];
  const pending: Problem[] = [];
  const examples: ExampleResult[] = [];
  for (const file of lawbook.book.rulings) {
    for (const placed of file.rulings) {
      const { ruling, place } = placed;
      const ruleset = rulesetOf(lawbook, { code: file.court, province: file.province }, day, ruling);
      const conclusion = await concludeOn(ruling, lawbook, ruleset, evaluator);
      const { problem, isPending } = verdictOn(placed, file, conclusion, ruleset);
      if (problem) (isPending ? pending : problems).push(problem);
      const message = problem?.message ?? '';
      examples.push({ card: '复核认定', name: nameOf(ruling), place, passed: !problem || isPending, message });
    }
  }
  return { problems, pending, examples };
}

function verdictOn(
  { ruling, place, differsPlace }: PlacedRuling,
  file: RulingFile,
  conclusion: Conclusion,
  { vocabulary }: Ruleset,
): { readonly problem?: Problem; readonly isPending: boolean } {
  const { ought, differs } = ruling;
  const [, owner] = conclusion.rules;
  const problem = (at: Place, code: string, message: string): Problem => {
    const { file: path, line, column } = at;
    return { file: path, line, column, code, message, ...(at === owner?.card.place && { rule: owner.card.id }) };
  };
  if (!conclusion.agreed) {
    const message = `${nameOf(ruling)}:规则读到了这里没有写的事实,或者两个求值器的结果不一致;请补写「收案」里缺少的事实`;
    return { problem: problem(place, 'RULING_FACTS', message), isPending: false };
  }
  const isKept = agrees(ought, conclusion);
  if (isKept && !differs) return { isPending: false };
  if (isKept) {
    const message = `${nameOf(ruling)}:规则现在的结论与认定一致了,请把「与规则不一致」改为「否」,以后再不一致时就会发现`;
    return { problem: problem(differsPlace, 'RULING_AGREES', message), isPending: false };
  }
  const found = concludedText(conclusion, vocabulary);
  const where = `${file.file}:${place.line}`;
  const message = `与复核认定不一致:${nameOf(ruling)}(${where})认定${oughtText(ought, vocabulary)},规则得出${found}`;
  // The card that concludes otherwise; where none speaks, what is missing can only be shown by the ruling.
  const at = conclusion.owner ? (owner?.card.place ?? place) : place;
  if (differs) return { problem: problem(place, 'RULING_PENDING', `待处理:${message}`), isPending: true };
  return { problem: problem(at, 'RULING_CONTRADICTED', message), isPending: false };
}

/** 首审异议第1次(2026-03-16,不属于首审) 3f9c… */
const nameOf = ({ decision, flow, run, on, ground }: Ruling): string =>
  `${flow}第${run}次(${[on, ...(ground === undefined ? [] : [ground])].join(',')})${decision}`;

function oughtText(ought: RulingOught, vocabulary: Vocabulary): string {
  switch (ought.kind) {
    case 'draw':
      return '应当随机分案';
    case 'not':
      return `不应当由第${ought.cases.join('、')}件前案的承办人办理`;
    case 'owner': {
      const method = labelOf(vocabulary, '承办方式', ought.method);
      if (ought.cases.length === 0) return `应当${method},所依据的前案规则看不到`;
      return `应当由第${ought.cases.join('、')}件前案的承办人办理(${method})`;
    }
  }
}

function concludedText({ owner, waits, rules, unable }: Conclusion, vocabulary: Vocabulary): string {
  const by = rules.map(({ card: { id, place } }) => `${id}(${place.file}:${place.line})`).join('、');
  if (waits) return `待人工(${by || '关联要先由人核对'})`;
  if (owner) return `由第${owner.case}件前案的承办人办理(${labelOf(vocabulary, '承办方式', owner.method)}),依据 ${by}`;
  if (rules.length === 0) return '没有先前承办人负责';
  return `先前承办人不能承办(${unable.join('、')}),依据 ${by}`;
}
