import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Problem } from '../../core/rules/source.js';
import { formatProblem } from './library.js';

export const REPORT_FORMATS = ['text', 'json', 'sarif'] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];

/** What a check of a rules folder found. */
export interface Reported {
  readonly problems: readonly Problem[];
  /** Nobody's mistake, and worth knowing: what could not be verified, what was published late. */
  readonly remarks: readonly Problem[];
  /** Rulings that the rules contradict as their files say. */
  readonly pending: readonly Problem[];
  /** What was looked at: 「223 条规则,…」. */
  readonly counted: string;
}

/** A report as text (one line a problem), as JSON, or as SARIF 2.1.0, which editors and code hosts show at the line. */
export function formatReport(report: Reported, format: ReportFormat, folder: string): string {
  if (format === 'text') return report.problems.map((problem) => `${formatProblem(problem)}\n`).join('');
  const { problems, remarks, pending, counted } = report;
  const value = format === 'json' ? { problems, remarks, pending, counted } : sarif(report, folder);
  return `${JSON.stringify(value, null, 2)}\n`;
}

const REMARKS: Readonly<Record<string, string>> = {
  CITATION_UNVERIFIED: '处引文在规则施行时的文本未核实',
  PARAMETER_RETROACTIVE: '行参数公布在施行之后',
};

/** How many remarks of each kind there are: 「另有 71 处引文…」. */
export function remarkCounts(remarks: readonly Problem[]): string[] {
  const counts = new Map<string, number>();
  for (const { code } of remarks) counts.set(code, (counts.get(code) ?? 0) + 1);
  return [...counts].map(
    ([code, count]) => `另有 ${count} ${REMARKS[code] ?? '处'}(${code}),用 --format json 逐处列出`,
  );
}

function sarif({ problems, remarks, pending }: Reported, folder: string): unknown {
  const levelled = [
    ...problems.map((problem) => ({ level: 'error', problem })),
    ...pending.map((problem) => ({ level: 'warning', problem })),
    ...remarks.map((problem) => ({ level: 'note', problem })),
  ];
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'shouze',
            rules: [...new Set(levelled.map(({ problem }) => problem.code))].map((id) => ({ id })),
          },
        },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { RULES: { uri: `${pathToFileURL(resolve(folder))}/` } },
        results: levelled.map(({ level, problem: { code, message, file, line, column, rule } }) => ({
          ruleId: code,
          level,
          message: { text: message },
          locations: [
            {
              physicalLocation: {
                artifactLocation: { uri: encodeURI(file), uriBaseId: 'RULES' },
                region: { startLine: line, startColumn: column },
              },
              ...(rule !== undefined && { logicalLocations: [{ name: rule }] }),
            },
          ],
        })),
      },
    ],
  };
}
