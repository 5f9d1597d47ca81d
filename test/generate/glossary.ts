import { writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import type { Vocabulary } from '../../src/core/rules/vocabulary.js';
import { lawbook } from '../support/court.js';

const ABSENCES: Readonly<Record<string, string>> = {
  unknown: '未知,会改变结果时追问',
  presumed_false: '推定为否',
  triage_table: '繁简识别表推导,表中没有的未知',
  from_cause: '案由推导,案由不能定的未知',
  from_parties: '由当事人推导',
  from_origin: '来源为反诉时为是,否则推定为否',
};

const TYPES: Readonly<Record<string, string>> = {
  boolean: '是否',
  enum: '枚举',
  integer: '整数',
  amount: '金额',
  date: '日期',
  cause: '案由',
};

const cell = (text: string | undefined): string => (text ?? '').replaceAll('|', '\\|');

const table = (head: readonly string[], rows: readonly (readonly (string | undefined)[])[]): string[] => [
  `| ${head.join(' | ')} |`,
  `|${head.map(() => ' --- ').join('|')}|`,
  ...rows.map((row) => `| ${row.map(cell).join(' | ')} |`),
];

/** `docs/glossary.md`: every word that rules may use, with its English key. */
export function renderGlossary(vocabulary: Vocabulary): string {
  const lines = [
    '# 词汇表 / Glossary',
    '',
    '由 `rules/vocabulary/` 生成(`npm run glossary`),不要手改。规则文件只能使用这里的中文词;接口和程序里用英文键。',
    'Generated from `rules/vocabulary/`; do not edit by hand. Rule files use the Chinese words, interfaces the English keys.',
    '',
    '## 事实 / Facts',
    '',
    ...table(
      ['词', '键', '组', '类型', '单位', '没有填写时', '意思'],
      [...vocabulary.facts.values()].map((fact) => [
        fact.word,
        `\`${fact.key}\``,
        fact.group,
        fact.enumeration && fact.type === 'enum' ? `枚举:${fact.enumeration.word}` : TYPES[fact.type],
        fact.unit,
        fact.absence && ABSENCES[fact.absence],
        fact.meaning,
      ]),
    ),
    '',
    '## 结论 / Outcomes',
    '',
    ...table(
      ['词', '键', '层', '命中', '取值'],
      [...vocabulary.outcomes.values()].map((outcome) => [
        outcome.word,
        `\`${outcome.key}\``,
        outcome.layer,
        outcome.single ? '唯一' : '收集',
        outcome.enumeration ? `枚举:${outcome.enumeration.word}` : '是',
      ]),
    ),
    '',
    '每一层能用哪几组事实 / the facts that each layer may read:',
    '',
    ...table(
      ['层', '事实组'],
      [...vocabulary.layers].map(([layer, groups]) => [layer, groups.join('、')]),
    ),
    '',
    '## 参数 / Parameters',
    '',
    ...table(
      ['词', '编号', '类型', '单位'],
      [...vocabulary.parameters.values()].map(({ word, id, type, unit }) => [word, `\`${id}\``, TYPES[type], unit]),
    ),
    '',
    '## 枚举 / Enumerations',
  ];
  for (const { word, key, terms } of vocabulary.enumerations.values()) {
    lines.push('', `### ${word} \`${key}\``, '');
    lines.push(
      ...table(
        ['词', '键', '意思'],
        terms.map((term) => [term.word, `\`${term.key}\``, term.meaning]),
      ),
    );
  }
  return `${lines.join('\n')}\n`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  writeFileSync(new URL('../../docs/glossary.md', import.meta.url), renderGlossary(lawbook.book.vocabulary));
}
