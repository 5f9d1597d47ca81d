/**
 * Writes `rules/calendars/<year>.yaml` from the `chinese-days` package: `npx tsx test/generate/calendar.ts`.
 * Only years that the package's data names: it answers for every other year by the day of the week. A file whose 版本
 * says another source was entered by hand from a notice, and is left alone.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dayOfWeek, plainDate } from '../../src/core/kernel/plain-date.js';

type Days = Readonly<Record<string, string>>;

const require = createRequire(import.meta.url);
const json = (name: string): unknown => JSON.parse(readFileSync(require.resolve(`chinese-days/${name}`), 'utf8'));
const { version } = json('package.json') as { version: string };
const { holidays, workdays } = json('dist/chinese-days.json') as { holidays: Days; workdays: Days };

/** `New Year's Day,元旦,1` → 元旦 */
const holidayName = (text: string): string => text.split(',')[1] ?? text;

const section = (title: string, days: Days, of: (day: string) => boolean): string[] => [
  `${title}:`,
  ...Object.keys(days)
    .filter(of)
    .sort()
    .map((day) => `  - ${day} # ${holidayName(days[day] ?? '')}`),
];

const years = [...new Set(Object.keys(holidays).map((day) => day.slice(0, 4)))].sort();
for (const year of years) {
  const file = new URL(`../../rules/calendars/${year}.yaml`, import.meta.url);
  const source = `chinese-days@${version}`;
  if (existsSync(file) && !/^版本: chinese-days@/m.test(readFileSync(file, 'utf8'))) continue;
  const weekend = (day: string): boolean => dayOfWeek(plainDate(day)) > 5;
  const lines = [
    `年份: ${year}`,
    `版本: ${source}`,
    '来源: npm chinese-days（MIT），转录历年国务院办公厅关于部分节假日安排的通知',
    '# 周六、周日本来休息，只写例外',
    ...section('休假日', holidays, (day) => day.startsWith(year) && !weekend(day)),
    ...section('调休上班', workdays, (day) => day.startsWith(year) && weekend(day)),
  ];
  writeFileSync(file, `${lines.join('\n')}\n`);
}
process.stdout.write(`${years.length} calendars, ${years[0]}..${years.at(-1)}\n`);
