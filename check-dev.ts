import { buildLawbook, parseArticles } from './src/core/routing/lawbook.js';
import { Problems } from './src/core/rules/source.js';
import { checkRules } from './src/core/rules/check.js';
import { jsonRulesEngine } from './src/core/rules/engine.js';
import { readArticles, readRuleFiles } from './src/shell/files/rule-files.js';
import { plainDate } from './src/core/kernel/plain-date.js';
const t0 = performance.now();
const problems = new Problems();
const files = readRuleFiles('rules');
const t1 = performance.now();
const book = buildLawbook(files, problems);
const t2 = performance.now();
let list = [...problems.list];
if (book && list.length === 0) {
  const report = await checkRules({ book: book.book, articles: parseArticles(readArticles('rules')), date: plainDate('2026-03-09'), engine: jsonRulesEngine });
  list = [...report.problems];
  console.log('cards', report.cards, 'examples', report.examples.length, 'failed', report.examples.filter(e=>!e.passed).length);
}
const filter = process.argv[2];
for (const p of list) if (!filter || p.file.includes(filter)) console.log(`${p.file}:${p.line}:${p.column} [${p.code}] ${p.rule ?? ''} ${p.message}`);
console.log('ms read', Math.round(t1-t0), 'build', Math.round(t2-t1), 'check', Math.round(performance.now()-t2));
