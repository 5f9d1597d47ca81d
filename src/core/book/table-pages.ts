import { caseDayWord } from '../rules/case-days.js';
import { NOT_FOUND } from '../rules/parameters.js';
import type { RuleBook } from '../rules/rulebook.js';
import { EVIDENCE_KINDS } from '../rules/tables.js';
import type { Vocabulary } from '../rules/vocabulary.js';
import type { BookFile, BookIndex } from './book-index.js';
import { readableBasis } from './cited-text.js';
import { showNumber } from './condition-lines.js';
import { type Content, html, type Markup, table } from './markup.js';
import { statusBadge, validity } from './page.js';
import { givenWords } from './readable-card.js';
import { amountText } from './readable-table.js';

const answer = (value: boolean | undefined): string => (value === undefined ? '不定' : value ? '是' : '否');

/** The rows of a parameter table, those of one parameter together. */
function parameterTable(caption: string, rows: RuleBook['parameters'], index: BookIndex): Content {
  const { day, lawbook } = index.input;
  const { vocabulary } = lawbook.book;
  return table(
    caption,
    ['参数', '适用', '值', '施行', '文号', '来源', '核实', '说明'],
    rows.map(({ parameter, area, value, validFrom, validTo, documentNo, source, status, note }) => [
      html`<a href="${index.parameterHref(parameter.id)}">${parameter.word}</a>`,
      area,
      value === undefined
        ? html`<strong class="missing">${NOT_FOUND}</strong>`
        : `${showNumber(value)} ${parameter.unit}`,
      validity(validFrom, validTo, day, parameter.chosenBy === 'received' ? null : caseDayWord(parameter.chosenBy)),
      documentNo,
      source,
      statusBadge(status, vocabulary),
      note,
    ]),
  );
}

/** All parameters, each with every value that the book knows. */
export function parametersPage(index: BookIndex): Content {
  const { book } = index.input.lawbook;
  const within = book.parameters.filter(({ place, area }) => index.fileOf(place.file) && index.concerns(area));
  return [...book.vocabulary.parametersById.values()].map(({ id, word, unit }) => {
    const rows = within.filter(({ parameter }) => parameter.id === id);
    return html`<section id="parameter-${id}" aria-label="${word}"><h2>${word} <small>${unit}</small></h2>${
      rows.length === 0
        ? html`<p>没有有效的值：规则用到它时按“${NOT_FOUND}”处理。</p>`
        : parameterTable(`${word}的值`, rows, index)
    }</section>`;
  });
}

/** The page of a parameter CSV with the examples beside it. */
export function parameterFile({ path }: BookFile, index: BookIndex): Content {
  const { parameters, parameterExamples } = index.input.lawbook.book;
  const beside = parameterExamples.filter(
    ({ place, area }) => place.file === path.replace(/\.csv$/, '.yaml') && index.concerns(area),
  );
  return [
    parameterTable(
      '参数的值',
      parameters.filter(({ place, area }) => place.file === path && index.concerns(area)),
      index,
    ),
    beside.length > 0 &&
      html`<h2>示例</h2>${table(
        '哪一天是多少',
        ['参数', '适用', '日期', '值'],
        beside.map(({ parameter, area, date, expected }) => [
          parameter.word,
          area,
          date,
          expected === 'none' ? '无' : expected === 'not_found' ? NOT_FOUND : showNumber(expected),
        ]),
      )}`,
  ];
}

const TRIAGE_HEAD = ['案由', '标的额', '人数', '事实清楚', '权利义务关系明确', '争议不大'];

/** The 繁简识别 table of a court with its examples. */
export function triageFile({ path }: BookFile, index: BookIndex): Content {
  const court = index.courts.find(({ file }) => path.startsWith(file.replace(/court\.yaml$/, '')));
  if (!court) return '';
  const answers = ({ factsClear, rightsClear, disputeMinor }: (typeof court.triage)[number]['answers']): string[] =>
    [factsClear, rightsClear, disputeMinor].map(answer);
  return [
    table(
      `${court.name}繁简识别表`,
      ['编号', ...TRIAGE_HEAD, '效力'],
      court.triage.map((row) => [
        row.id,
        row.cause,
        amountText(row),
        row.partiesAtMost === undefined ? '不限' : `不超过 ${row.partiesAtMost} 人`,
        ...answers(row.answers),
        row.status,
      ]),
    ),
    html`<h2>示例</h2>`,
    table(
      '示例',
      [...TRIAGE_HEAD, '按哪一行'],
      court.triageExamples.map((example) => [
        example.cause,
        example.amount === undefined ? '不明' : `${showNumber(example.amount)} 元`,
        example.parties,
        ...answers(example.answers),
        example.rows.join('、') || '没有',
      ]),
    ),
  ];
}

/** What causes settle by their nature. */
export function natureFile(index: BookIndex): Content {
  const { natures, natureExamples } = index.input.lawbook.book;
  const head = ['案由', '金钱给付', '人身关系', '财产确权'];
  const cells = ({ monetaryClaim, personalStatus, titleConfirmation }: (typeof natureExamples)[number]['answers']) =>
    [monetaryClaim, personalStatus, titleConfirmation].map(answer);
  return [
    table(
      '案由性质表',
      head,
      [...natures.values()].map(({ cause, answers }) => [cause, ...cells(answers)]),
    ),
    html`<h2>示例</h2>`,
    table(
      '示例',
      [...head, '按哪一行'],
      natureExamples.map(({ cause, answers, rows }) => [cause, ...cells(answers), rows.join('、') || '没有']),
    ),
  ];
}

/** How much each kind of evidence counts. */
export function weightsFile(index: BookIndex): Content {
  const { weights, half } = index.input.lawbook.book.weights;
  return [
    html`<p>分数 = 1000 × 和 ÷（和 + ${half}）。分数只作展示和排序，不决定关联成立与否。</p>`,
    table(
      '证据权重（比特）',
      ['证据', '权重'],
      Object.entries(EVIDENCE_KINDS).map(([word, kind]) => [word, weights[kind]]),
    ),
  ];
}

/** A court: its name, and which modules it adopts on what basis. */
export function courtFile({ path }: BookFile, index: BookIndex): Content {
  const court = index.courts.find(({ file }) => file === path);
  const { vocabulary } = index.input.lawbook.book;
  if (!court) return '';
  return html`<dl class="facts"><dt>代字</dt><dd>${court.code}</dd><dt>省</dt><dd>${court.province}</dd></dl>
<h2>采用的模块</h2>
${court.adoptions.length === 0 && html`<p>没有采用模块：只按国家规则。</p>`}
${court.adoptions.map(
  ({ module, validFrom, bases }) =>
    html`<h3>${module}</h3><p>${validity(validFrom, null, index.input.day)}</p><ul>${[...bases].map(([name, basis]) => {
      const read = readableBasis(basis, vocabulary, index.library);
      return html`<li>${name}：${read.law}${read.article} ${statusBadge(read.status, vocabulary)}</li>`;
    })}</ul>`,
)}`;
}

/** Examples of whole layers that stand in a file of their own. */
export function layerExamples(path: string, index: BookIndex): Content {
  const { book } = index.input.lawbook;
  const own = [...book.examples, ...[...book.courts.values()].flatMap(({ examples }) => examples)];
  const here = own.filter(({ place }) => place.file === path);
  return (
    here.length > 0 &&
    table(
      '整层的示例',
      ['示例', '层', '给出的事实', '全层结论'],
      here.map(({ name, layer, given, whole }) => [
        name,
        layer,
        givenWords(given, book.vocabulary).join('；') || '同基准',
        whole.join('、') || '没有规则适用',
      ]),
    )
  );
}

/** The words that rules may use. */
export const wordsPage = ({ facts, outcomes, layers }: Vocabulary): Markup =>
  html`<h2>事实</h2>${table(
    '规则条件可以用的事实',
    ['事实', '组', '类型', '取值或者单位', '意思'],
    [...facts.values()].map(({ word, group, type, enumeration, unit, meaning }) => [
      word,
      group,
      TYPE_WORDS[type],
      enumeration ? enumeration.terms.map((term) => term.word).join('、') : unit,
      meaning,
    ]),
  )}
<h2>结论</h2>${table(
    '规则能够得出的结论',
    ['结论', '层', '取值', '命中', '这一层能用的事实'],
    [...outcomes.values()].map(({ word, layer, enumeration, single }) => [
      word,
      layer,
      enumeration?.terms.map((term) => term.word).join('、') ?? '是',
      single ? '唯一' : '收集',
      layers.get(layer)?.join('、'),
    ]),
  )}`;

const TYPE_WORDS = {
  boolean: '是否',
  enum: '枚举',
  integer: '整数',
  amount: '金额',
  date: '日期',
  cause: '案由',
} as const;
