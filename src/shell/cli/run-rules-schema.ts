import { ruleFileSchema } from '../../core/rules/schema.js';
import { loadLawbook } from './library.js';
import { deliver } from './output.js';

/** Writes the JSON Schema of the rule files of a folder, from its vocabulary. */
export async function runRulesSchema(folder: string, out: string | undefined): Promise<void> {
  const { book } = loadLawbook(folder);
  await deliver([`${JSON.stringify(ruleFileSchema(book.vocabulary), null, 2)}\n`], out);
}
