import { tableVocabulary } from '../files/table-vocabulary.js';
import { writeTemplate } from '../files/template.js';
import { failInput } from './failure.js';
import { loadLawbook } from './library.js';

/** Writes the template for filings. */
export async function runTemplate(path: string, options: { rules: string }): Promise<void> {
  const lawbook = loadLawbook(options.rules);
  const written = await writeTemplate(path, tableVocabulary(lawbook.book.vocabulary));
  if (!written.ok) failInput(written.error);
  process.stderr.write(`已生成模板:${path};填好后运行 shouze route ${path} --docket DOCKET.json\n`);
}
