import { checkLawbook } from '../../core/checking/check-lawbook.js';
import type { PlainDate } from '../../core/kernel/plain-date.js';
import { parseArticles } from '../../core/routing/lawbook.js';
import { jsonRulesEngine } from '../../core/rules/engine.js';
import { Problems } from '../../core/rules/source.js';
import { readArticles, readEarlierArticles } from '../files/rule-files.js';
import { EXIT } from './failure.js';
import { buildFrom, formatProblem } from './library.js';
import { deliver } from './output.js';
import { formatReport, type Reported, type ReportFormat, remarkCounts } from './rules-report.js';

interface CheckOutput {
  readonly format: ReportFormat;
  readonly out?: string | undefined;
}

/** Reads and checks a folder: cards, flows, clocks, ladders, rulings. */
async function checkFolder(folder: string, on: PlainDate): Promise<Reported> {
  const unread = new Problems();
  const lawbook = buildFrom(folder, unread);
  if (unread.list.length > 0 || !lawbook)
    return { problems: unread.list, remarks: [], pending: [], counted: '规则文件' };
  const articles = parseArticles(readArticles(folder), readEarlierArticles(folder));
  const report = await checkLawbook(lawbook, { articles, on, engine: jsonRulesEngine });
  const { flows, adjustments, ladders } = lawbook;
  const { cards, examples, rulings, proofs } = report.counts;
  const counts = [
    `${cards} 条规则`,
    `${examples} 个示例`,
    `${proofs} 项证明`,
    `${flows.length} 个流程`,
    `${adjustments.length} 项期限变更`,
    `${ladders.length} 个催办办法`,
    ...(rulings > 0 ? [`${rulings} 项复核认定`] : []),
  ];
  return {
    problems: report.problems,
    remarks: report.remarks,
    pending: report.pending,
    counted: counts.join(','),
  };
}

/** Reports every problem of the rule files; rulings that the rules are known to contradict are told and do not fail it. */
export async function runRulesCheck(folder: string, on: PlainDate, { format, out }: CheckOutput): Promise<void> {
  const report = await checkFolder(folder, on);
  const { problems, remarks, pending, counted } = report;
  await deliver([formatReport(report, format, folder)], out);
  for (const ruling of pending) process.stderr.write(`${formatProblem(ruling)}\n`);
  process.stderr.write(problems.length === 0 ? `没有问题:${counted}\n` : `${counted}中有 ${problems.length} 处问题\n`);
  if (pending.length > 0) process.stderr.write(`另有 ${pending.length} 项复核认定与规则不一致,待处理\n`);
  for (const line of remarkCounts(remarks)) process.stderr.write(`${line}\n`);
  process.exitCode = problems.length === 0 ? EXIT.ok : EXIT.invalid;
}
