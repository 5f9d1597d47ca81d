import { existsSync, readFileSync } from 'node:fs';
import { exportRulings, type RulingsPage } from '../../app/objections/export-rulings.js';
import { operatorIn } from '../../app/permit.js';
import { type Ruling, rulingKey } from '../../core/documents/ruling.js';
import { byCodePoint } from '../../core/kernel/order.js';
import type { Lawbook } from '../../core/routing/lawbook.js';
import { parseRulingFile } from '../../core/rules/ruling-file.js';
import { Problems } from '../../core/rules/source.js';
import { rulingsFile, withRulings } from '../../core/rulings/write-rulings.js';
import { CliFailure, firstOf } from './failure.js';
import { formatProblem, loadLawbook } from './library.js';
import { deliver } from './output.js';
import type { RulingsExportOptions } from './service-options.js';
import { inInstallation, RunningService } from './service-session.js';

const PAGE = 200;

/** Writes the rulings that a file does not hold yet after those that it does. */
export async function runRulingsExport(options: RulingsExportOptions): Promise<void> {
  const { court, out, rules } = options;
  const { book } = loadLawbook(rules);
  const before = readBefore(out, court, book);
  const { province, rulings } = options.server
    ? await rulingsOf(pagesOf(RunningService.of(options), court))
    : await inInstallation(options, ({ service }) =>
        rulingsOf((after) => exportRulings({ subject: operatorIn(court), service }, { limit: PAGE, after })),
      );
  const added = rulings.filter((ruling) => !before.known.has(rulingKey(ruling)));
  const { vocabulary } = book;
  const text =
    before.text === undefined
      ? rulingsFile({ court, province, rulings: added }, vocabulary)
      : withRulings(before.text, added, vocabulary);
  const read = readRulings(out, text, book);
  if (read.length !== before.known.size + added.length)
    throw new CliFailure(`${out}：新的认定接不上原来的内容；请核对“认定”是不是文件的最后一栏`);
  if (text !== before.text) await deliver([text], out);
  const differing = added.filter(({ differs }) => differs).length;
  process.stdout.write(
    `${court}：新增认定 ${added.length} 项，其中与规则不一致 ${differing} 项；原有 ${before.known.size} 项，写到 ${out}\n`,
  );
}

const pagesOf = (service: RunningService, court: string) => (after: string | undefined) => {
  const query = new URLSearchParams({ limit: String(PAGE), ...(after !== undefined && { after }) });
  return service.call<RulingsPage>('GET', `/api/v1/courts/${encodeURIComponent(court)}/rulings?${query}`);
};

/** Every ruling, in the order of the days on which they were made. */
async function rulingsOf(
  page: (after: string | undefined) => Promise<RulingsPage>,
): Promise<{ readonly province: string; readonly rulings: readonly Ruling[] }> {
  const rulings: Ruling[] = [];
  for (let after: string | undefined; ; ) {
    const { province, items, next } = await page(after);
    rulings.push(...items);
    if (next === null) {
      const order = (a: Ruling, b: Ruling): number =>
        byCodePoint(a.on, b.on) || byCodePoint(rulingKey(a), rulingKey(b));
      return { province, rulings: rulings.sort(order) };
    }
    after = next;
  }
}

/** What a file holds; nothing where there is none. @throws CliFailure where it cannot be added to */
function readBefore(
  path: string,
  court: string,
  book: Lawbook['book'],
): { readonly text?: string; readonly known: ReadonlySet<string> } {
  if (!existsSync(path)) return { known: new Set() };
  const text = readFileSync(path, 'utf8');
  return { text, known: new Set(readRulings(path, text, book, court).map(rulingKey)) };
}

function readRulings(path: string, text: string, { vocabulary, causes }: Lawbook['book'], court?: string): Ruling[] {
  const problems = new Problems();
  const file = parseRulingFile({ path, text }, vocabulary, causes, problems);
  if (!file || problems.list.length > 0) {
    const head = `${path} 不是可以接着写的复核认定文件，请先改好，或者换一个文件名：`;
    throw new CliFailure([head, ...firstOf(problems.list.map(formatProblem))].join('\n'));
  }
  if (court !== undefined && file.court !== court)
    throw new CliFailure(`${path} 是“${file.court}”的认定，不能写入“${court}”的；请换一个文件名`);
  return file.rulings.map(({ ruling }) => ruling);
}
