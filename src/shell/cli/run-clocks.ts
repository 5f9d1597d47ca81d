import { type ExplainedClock, explainStoredClock, type WhichClock } from '../../app/clocks/explain-clock.js';
import { type ClockLine, type ClocksQuery, listClocks } from '../../app/clocks/list-clocks.js';
import type { Page } from '../../app/page.js';
import { operatorIn } from '../../app/permit.js';
import type { Context } from '../../app/ports.js';
import { clockPage, clockTable } from './clock-page.js';
import { CliFailure, EXIT } from './failure.js';
import { print } from './output.js';
import type { ClockExplainOptions, ClockListOptions } from './service-options.js';
import { inInstallation, RunningService } from './service-session.js';

const PAGE = 200;
/** More than anybody reads; past it the list says that it was cut. */
const LINES_MAX = 10_000;
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** What can be asked about clocks, of the database or of the running service. */
interface Clocks {
  page(query: ClocksQuery): Promise<Page<ClockLine>>;
  explain(which: WhichClock): Promise<ExplainedClock>;
}

type Where = Pick<ClockListOptions, 'court' | 'data' | 'rules' | 'server'>;

async function withClocks<T>(options: Where, work: (clocks: Clocks) => Promise<T>): Promise<T> {
  const { court } = options;
  if (options.server !== undefined) return work(ofService(RunningService.of(options), court));
  return inInstallation(options, ({ service }) => {
    const context: Context = { subject: operatorIn(court), service };
    return work({
      page: (query) => listClocks(context, query),
      explain: (which) => explainStoredClock(context, which),
    });
  });
}

function ofService(service: RunningService, court: string): Clocks {
  const path = `/api/v1/courts/${encodeURIComponent(court)}/clocks`;
  const asked = (query: object): string =>
    new URLSearchParams(
      Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]),
    ).toString();
  return {
    page: (query) => service.call('GET', `${path}?${asked(query)}`),
    explain: (which) => service.call('GET', `${path}/explain?${asked(which)}`),
  };
}

/** Every line that was asked for, page by page. */
async function linesOf(
  clocks: Clocks,
  query: Omit<ClocksQuery, 'limit' | 'after'>,
): Promise<{ readonly lines: readonly ClockLine[]; readonly isWhole: boolean }> {
  const lines: ClockLine[] = [];
  let after: string | undefined;
  do {
    const { items, next } = await clocks.page({ ...query, limit: PAGE, ...(after !== undefined && { after }) });
    lines.push(...items);
    after = next ?? undefined;
  } while (after !== undefined && lines.length < LINES_MAX);
  return { lines, isWhole: after === undefined };
}

export async function runClocks(options: ClockListOptions): Promise<readonly ClockLine[]> {
  const { judge, kind, on, within, format } = options;
  const query = {
    ...(judge !== undefined && { judge }),
    ...(kind !== undefined && { kind }),
    ...(on !== undefined && { on }),
    ...(within !== undefined && { within }),
  };
  const { lines, isWhole } = await withClocks(options, (clocks) => linesOf(clocks, query));
  await print(format === 'json' ? [`${JSON.stringify(lines, undefined, 2)}\n`] : clockTable(lines));
  if (!isWhole) process.stderr.write(`只列出前 ${lines.length} 个；请用 --within、--judge 或者 --kind 缩小范围\n`);
  return lines;
}

export async function runClocksDue(options: ClockListOptions): Promise<void> {
  const lines = await runClocks({ ...options, within: 0 });
  if (lines.some(({ daysLeft }) => daysLeft !== null && daysLeft < 0)) process.exitCode = EXIT.invalid;
}

export async function runClockExplain(filing: string, kind: string, options: ClockExplainOptions): Promise<void> {
  const { flow, format } = options;
  const view = await withClocks(options, async (clocks) => {
    const id = ID.test(filing) ? filing : await idOf(clocks, filing, kind);
    return clocks.explain({ filing: id, kind, ...(flow !== undefined && { flow }) });
  });
  await print([format === 'json' ? `${JSON.stringify(view, undefined, 2)}\n` : clockPage(view)]);
}

async function idOf(clocks: Clocks, reference: string, kind: string): Promise<string> {
  const { lines } = await linesOf(clocks, { kind });
  const found = lines.find((line) => line.reference === reference);
  if (found) return found.filing;
  throw new CliFailure(
    `没有找到登记号为“${reference}”、种类为“${kind}”、正在计算的期限；请用 shouze clocks list 查看，已经届满的请写收案编号`,
  );
}
