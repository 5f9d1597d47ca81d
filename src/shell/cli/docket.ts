import { type CheckedDocket, checkDocket } from '../../core/routing/docket-check.js';
import type { Lawbook } from '../../core/routing/lawbook.js';
import { MAX_DOCKET_BYTES, readJsonFile } from '../files/read-json.js';
import { CliFailure, failInput, firstOf } from './failure.js';

/** Reads a docket's file, unchecked: what cannot be read at all is refused before any rule is loaded. */
export async function readDocket(path: string): Promise<unknown> {
  const read = await readJsonFile(path, { maxBytes: MAX_DOCKET_BYTES });
  return read.ok ? read.value : failInput(read.error);
}

/** Checks a docket that was read. @throws CliFailure with each place and cure (the first 20) */
export function checkedDocket(path: string, value: unknown, lawbook: Lawbook): CheckedDocket {
  const checked = checkDocket(value, lawbook);
  if (checked.ok) {
    for (const remark of checked.value.remarks) process.stderr.write(`${path}: ${remark}\n`);
    return checked.value;
  }
  const errors = checked.error.map((error) => `${path} ${error.path || '/'}: ${error.message}`);
  const head = `案卷 ${path} 有 ${errors.length} 处不合格式,请改正后再试:`;
  throw new CliFailure([head, ...firstOf(errors)].join('\n'));
}
