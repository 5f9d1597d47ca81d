import { randomBytes } from 'node:crypto';
import type { Decision } from '../../core/documents/decision.js';
import type { PlainDate } from '../../core/kernel/plain-date.js';
import { routeBatch } from '../../core/routing/batch.js';
import type { Lawbook } from '../../core/routing/lawbook.js';
import { jsonRulesEngine } from '../../core/rules/engine.js';
import { Evaluator } from '../../core/rules/evaluate.js';
import type { FilingRead } from '../files/assemble-filings.js';
import { plainText } from '../files/input-error.js';
import { readFilings } from '../files/read-table.js';
import { tableVocabulary } from '../files/table-vocabulary.js';
import { checkedDocket, readDocket } from './docket.js';
import { EXIT, failInput } from './failure.js';
import { lawbookOnce } from './library.js';
import { type Format, writeDecisions } from './output.js';
import { progressBar } from './progress.js';

export interface RouteOptions {
  docket: string;
  rules: string;
  on?: PlainDate;
  seed?: string;
  format?: Format;
  out?: string;
}

const formatOf = (options: RouteOptions): Format => {
  if (options.format) return options.format;
  const ending = /\.(json|csv|xlsx)$/i.exec(options.out ?? '')?.[1]?.toLowerCase();
  return (ending as Format | undefined) ?? 'json';
};

/** Routes a file of filings. Files that cannot be read are refused before the rules are loaded. */
export async function runRoute(path: string, options: RouteOptions): Promise<void> {
  const format = formatOf(options);
  const lawbookNow = lawbookOnce(options.rules);
  const read = await readFilings(path, () => tableVocabulary(lawbookNow().book.vocabulary));
  if (!read.ok) return failInput(read.error);
  const { filings, remarks } = read.value;
  for (const remark of remarks) process.stderr.write(`${path}: ${remark}\n`);
  const rawDocket = await readDocket(options.docket);
  const lawbook = lawbookNow();
  const docket = checkedDocket(options.docket, rawDocket, lawbook);
  remarkOnCourt(docket.docket.court.code, lawbook);
  const decisions = new Array<Decision>(filings.length);
  const bar = progressBar('分案', filings.length);
  let done = 0;
  for await (const { index, decision } of routeBatch({
    filings,
    docket,
    lawbook,
    evaluator: new Evaluator(jsonRulesEngine),
    seed: options.seed ?? randomBytes(32).toString('hex'),
    ...(options.on && { on: options.on }),
  })) {
    decisions[index] = decision;
    bar.step(++done);
  }
  bar.end();
  report(path, filings, decisions, options.on);
  const names = new Map(docket.docket.judges.map((judge) => [judge.id, judge.name]));
  const judge = (id: string): string => (names.has(id) ? `${names.get(id)}(${id})` : id);
  await writeDecisions(decisions, format, options.out, { vocabulary: lawbook.book.vocabulary, judge });
  summarise(decisions);
  process.exitCode = decisions.some(({ status }) => status === 'invalid') ? EXIT.invalid : EXIT.ok;
}

function remarkOnCourt(code: string, lawbook: Lawbook): void {
  if (lawbook.book.courts.has(code)) return;
  process.stderr.write(
    `规则目录里没有“${code}”的法院目录,按默认配置采用首责模块;新建 rules/courts/<代字>-<拼音>/court.yaml 后即按该院的规则\n`,
  );
}

/** Every error of a filing with its place in the file, and days that look wrong, on stderr. */
function report(
  path: string,
  filings: readonly FilingRead[],
  decisions: readonly Decision[],
  on: PlainDate | undefined,
): void {
  for (const [index, decision] of decisions.entries()) {
    const say = (text: string): void => {
      process.stderr.write(`${path} ${plainText(text)}\n`);
    };
    for (const error of decision.errors ?? []) {
      const place = filings[index]?.place(error.path) ?? `第${index + 1}件`;
      say(`${place} ${decision.filing} ${error.path}: ${error.message}`);
    }
    const receivedOn = decision.record?.filing.receivedOn;
    if (on !== undefined && receivedOn !== undefined && receivedOn > on) {
      say(`${decision.filing}: 收案日期 ${receivedOn} 晚于 --on 指定的 ${on},请核对;已照常分案`);
    }
  }
}

function summarise(decisions: readonly Decision[]): void {
  const count = (status: Decision['status']): number => decisions.filter((each) => each.status === status).length;
  process.stderr.write(
    `共 ${decisions.length} 件:已分案 ${count('assigned')},待人工 ${count('needs_review')},有误 ${count('invalid')}\n`,
  );
}
