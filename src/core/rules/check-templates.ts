import type { Rule } from './compose.js';
import { testsOf } from './condition.js';
import { parameterFact } from './diagram.js';
import { readIn } from './evaluate.js';
import { placeholdersOf } from './explain.js';
import type { Ruleset } from './ruleset.js';
import type { Problem } from './source.js';

/** What a template may name besides facts and parameters. */
const CONTEXT_WORDS = ['本件', '前案案号', '法官'];

/** Facts of these groups are told one by one; those of any other come as one record, known whole or not at all. */
const TOLD_ONE_BY_ONE = ['收案', '陈述'];

/**
 * A template may name what its rule reads and nothing else, so that an explanation never rests on what played no part:
 * facts and parameters of the card's condition, of its exceptions, of the rules that it is an exception to, of its 期间.
 * Of a record that it reads (转换, 回避, 参与, 前案…) it may name any part: 转换日期 where it reads 转换事由.
 */
export function checkTemplates(rule: Rule, ruleset: Ruleset): Problem[] {
  const { card } = rule;
  const { vocabulary } = ruleset;
  const layer = vocabulary.layers.get(card.layer) ?? [];
  const { keys, records } = readBy(rule, ruleset);
  const problems: Problem[] = [];
  for (const each of [card, ...card.exceptions]) {
    const add = (message: string): void => {
      problems.push({ ...each.place, code: 'TEMPLATE', rule: card.id, message });
    };
    if (each.template === '') add('缺少「说明模板」');
    for (const word of placeholdersOf(each.template)) {
      const fact = vocabulary.facts.get(word);
      const parameter = vocabulary.parameters.get(word);
      const groups = vocabulary.derived.get(word)?.groups ?? (fact ? [fact.group] : undefined);
      const isKnown = groups?.every((group) => layer.includes(group)) || parameter || CONTEXT_WORDS.includes(word);
      const isRead =
        keys.has(parameter ? parameterFact(parameter.id) : (fact?.key ?? word)) ||
        (fact !== undefined && records.has(fact.group)) ||
        CONTEXT_WORDS.includes(word);
      if (!isKnown) add(`说明模板里的「{${word}}」在这一层不知道`);
      else if (!isRead) add(`说明模板里的「{${word}}」这条规则没有用到,不能拿它说明理由;请删去,或者写进条件`);
    }
  }
  return problems;
}

function readBy(
  { card }: Rule,
  { rules, vocabulary }: Ruleset,
): { keys: ReadonlySet<string>; records: ReadonlySet<string> } {
  const targets = new Set(card.exceptionTo.map(({ name }) => name));
  const general = (rules.get(card.layer) ?? []).filter(({ card: { id, groups } }) =>
    [id, ...groups].some((name) => targets.has(name)),
  );
  const conditions = [card, ...card.exceptions, ...general.map((each) => each.card)].map(({ condition }) => condition);
  const keys = new Set(conditions.flatMap(readIn));
  for (const { derived } of conditions.flatMap(testsOf)) if (derived !== undefined) keys.add(derived);
  for (const key of card.row?.reads ?? []) keys.add(key);
  const length = card.period?.length;
  if (typeof length === 'object') keys.add(parameterFact(length.parameter));
  const groups = [...keys].flatMap((key) => vocabulary.factsByKey.get(key)?.group ?? []);
  return { keys, records: new Set(groups.filter((group) => !TOLD_ONE_BY_ONE.includes(group))) };
}
