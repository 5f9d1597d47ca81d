import { type PlainDate, parsePlainDate } from '../kernel/plain-date.js';
import type { Card } from './card.js';
import { type CaseDay, CHOSEN_BY, caseDayWord, readCaseDay } from './case-days.js';
import { Fields } from './fields.js';
import { unknownWord } from './nearest.js';
import { type Place, type Problem, type Problems, type RuleFile, readSource } from './source.js';

/** What somebody wrote down, beside the rules, of the days on which one is in force. */
export interface ValidityExample {
  readonly rule: string;
  readonly from: PlainDate;
  /** First day on which it is no longer in force. */
  readonly to?: PlainDate;
  readonly by: CaseDay;
  readonly place: Place;
}

/** `national/examples/validity.yaml`, `modules/shouze/examples/validity.yaml`: they decide nothing themselves. */
export const isValidityFile = ({ path }: Pick<RuleFile, 'path'>): boolean => path.endsWith('/examples/validity.yaml');

/** Reads 名称 and 效力, a list of 「施行, 失效, 版本选择依据, 规则」. */
export function parseValidityExamples(file: RuleFile, problems: Problems): ValidityExample[] {
  const root = readSource(file, problems);
  if (root === undefined) return [];
  if (root.kind !== 'map') {
    problems.add(root.place, 'FIELD_SHAPE', '这个文件应当写「名称」和「效力」');
    return [];
  }
  const fields = new Fields(root, problems);
  fields.text('名称');
  fields.optionalText('说明');
  const examples: ValidityExample[] = [];
  for (const node of fields.list('效力') ?? []) {
    const map = fields.mapOf(node, '效力');
    if (!map) continue;
    const inner = new Fields(map, problems);
    const day = (key: string, text: string | undefined): PlainDate | undefined =>
      text === undefined
        ? undefined
        : (parsePlainDate(text) ?? inner.fail(inner.placeOf(key), 'TYPE', `「${text}」不是日期,请写成 2026-01-01`));
    const from = day('施行', inner.text('施行'));
    const to = day('失效', inner.optionalText('失效'));
    const by = readCaseDay(inner, inner.optionalText(CHOSEN_BY));
    inner.need('规则');
    for (const { text, place } of inner.textList('规则')) {
      if (from) examples.push({ rule: text, from, by, place, ...(to && { to }) });
    }
    inner.done();
  }
  fields.done();
  return examples;
}

/** Days that a rule does not have, rules that are not there; and, where a folder has such a file, rules that it leaves out. */
export function checkValidity(examples: readonly ValidityExample[], cards: readonly Card[]): Problem[] {
  const problems: Problem[] = [];
  const byId = new Map(cards.map((card) => [card.id, card]));
  const told = new Map<string, Place>();
  const show = (from: PlainDate, to: PlainDate | undefined, by: CaseDay): string =>
    `${from} 起施行${to ? `、${to} 失效` : ''}${by === 'received' ? '' : `(按${caseDayWord(by)})`}`;
  for (const { rule, from, to, by, place } of examples) {
    const card = byId.get(rule);
    const add = (message: string): void => {
      problems.push({ ...place, code: 'EXAMPLE_FAILED', message });
    };
    if (!card) add(unknownWord('规则', rule, byId.keys()));
    else if (told.has(rule)) add(`「${rule}」写了两次`);
    else if (card.validFrom !== from || card.validTo !== to || card.chosenBy !== by)
      add(
        `「${rule}」应当 ${show(from, to, by)},规则(${card.file}:${card.place.line})写的是 ${show(card.validFrom, card.validTo, card.chosenBy)}`,
      );
    told.set(rule, place);
  }
  const folders = new Set(examples.map(({ place }) => folderOf(place.file)));
  for (const { id, file, place } of cards) {
    if (told.has(id) || !folders.has(folderOf(file))) continue;
    const message = `「${id}」从哪一天起施行,没有写在 ${folderOf(file)}/examples/validity.yaml 里`;
    problems.push({ ...place, code: 'EXAMPLES', rule: id, message });
  }
  return problems;
}

/** national, links, modules/shouze, courts/1599-sample. */
const folderOf = (path: string): string =>
  /^(?:national|links|(?:modules|provinces|courts)\/[^/]+)/.exec(path)?.[0] ?? '';
