import type { CheckedDocket } from '../../core/routing/docket-check.js';
import { checkDocket } from '../../core/routing/docket-check.js';
import type { Lawbook } from '../../core/routing/lawbook.js';
import { MAX_DOCKET_BYTES, readJsonFile } from '../files/read-json.js';
import { CliFailure, failInput } from './failure.js';

const SHOWN_MAX = 20;

/** Reads and checks a docket. @throws CliFailure with file, place and cure */
export async function loadDocket(path: string, lawbook: Lawbook): Promise<CheckedDocket> {
  const read = await readJsonFile(path, { maxBytes: MAX_DOCKET_BYTES });
  if (!read.ok) return failInput(read.error);
  const checked = checkDocket(read.value, lawbook.book.vocabulary);
  if (checked.ok) return checked.value;
  const shown = checked.error
    .slice(0, SHOWN_MAX)
    .map(({ path: pointer, message }) => `${path} ${pointer || '/'}: ${message}`);
  const more = checked.error.length > SHOWN_MAX ? [`……另有 ${checked.error.length - SHOWN_MAX} 处`] : [];
  throw new CliFailure(
    [`案卷 ${path} 有 ${checked.error.length} 处不合格式,请改正后再试:`, ...shown, ...more].join('\n'),
  );
}
