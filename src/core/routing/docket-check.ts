import { type Docket, docketSchema } from '../documents/docket.js';
import { type FieldError, fieldErrors, nearest, pointerOf, quoted } from '../documents/field-errors.js';
import { err, ok, type Result } from '../kernel/result.js';
import { type CauseTree, findCause, nearestCauses } from '../law/cause.js';
import { parameterValue } from '../rules/parameters.js';
import type { Lawbook } from './lawbook.js';

/** A docket that has been checked, with its parameters read. */
export interface CheckedDocket {
  readonly docket: Docket;
  readonly overrides: ReadonlyMap<string, bigint | number>;
  /** What looks like a slip but does not stop the routing, in Chinese. */
  readonly remarks: readonly string[];
}

/** Checks a docket: its schema, unknown parameters, judges and divisions named twice. All errors at once. */
export function checkDocket(
  value: unknown,
  { book, causes }: Pick<Lawbook, 'book' | 'causes'>,
): Result<CheckedDocket, readonly FieldError[]> {
  const { vocabulary } = book;
  const parsed = docketSchema.safeParse(value);
  if (!parsed.success) return err(fieldErrors(parsed.error, value, docketSchema));
  const docket = parsed.data;
  const errors: FieldError[] = [];
  const overrides = new Map<string, bigint | number>();
  for (const [id, given] of Object.entries(docket.parameters ?? {})) {
    const path = pointerOf(['parameters', id]);
    const parameter = vocabulary.parametersById.get(id);
    if (!parameter) {
      const near = nearest(id, vocabulary.parametersById.keys());
      const hint = near ? `，是不是“${near}”？` : `；可以设置的有:${[...vocabulary.parametersById.keys()].join('、')}`;
      errors.push({ path, code: 'PARAMETER_UNKNOWN', message: `没有“${id}”这个参数${hint}` });
      continue;
    }
    const read = typeof given === 'boolean' ? undefined : parameterValue(parameter, String(given));
    if (read === undefined) {
      const message = `“${parameter.word}”应当是不带单位的数（${parameter.unit}），不是“${String(given)}”`;
      errors.push({ path, code: 'PARAMETER_VALUE', message });
    } else overrides.set(id, read);
  }
  const judges = new Set<string>();
  for (const [index, judge] of docket.judges.entries()) {
    if (judges.has(judge.id)) {
      errors.push({
        path: pointerOf(['judges', index, 'id']),
        code: 'ID_REPEATED',
        message: `法官编号“${judge.id}”出现了两次`,
      });
    }
    judges.add(judge.id);
    for (const [at, absence] of (judge.absences ?? []).entries()) {
      if (absence.to === undefined || absence.to === null || absence.to >= absence.from) continue;
      const path = pointerOf(['judges', index, 'absences', at, 'to']);
      errors.push({ path, code: 'DATE_ORDER', message: `缺席的结束日 ${absence.to} 早于开始日 ${absence.from}` });
    }
  }
  return errors.length > 0 ? err(errors) : ok({ docket, overrides, remarks: remarksOn(docket, causes) });
}

const REMARKS_MAX = 20;

/** A misspelt cause silently empties a judge's share; an unknown division is a slip. */
function remarksOn(docket: Docket, causes: CauseTree): string[] {
  const remarks: string[] = [];
  let found = 0;
  // Only what is shown is put into words: each misspelt cause is compared with a thousand names.
  const remark = (words: () => string): void => {
    if (++found <= REMARKS_MAX) remarks.push(words());
  };
  const divisions = new Set(docket.divisions.map(({ id }) => id));
  for (const judge of docket.judges) {
    for (const cause of judge.causes ?? []) {
      if (findCause(causes, cause)) continue;
      remark(() => {
        const near = nearestCauses(causes, cause);
        const hint = near.length > 0 ? `，是不是“${near.join('”“')}”？` : '';
        return `法官 ${judge.id} 的案由分工里没有“${quoted(cause)}”这个案由${hint}他(她)因此分不到这类案件`;
      });
    }
    if (!divisions.has(judge.division))
      remark(() => `法官 ${judge.id} 所在的部门“${quoted(judge.division)}”不在部门表里`);
  }
  return found > REMARKS_MAX ? [...remarks, `……另有 ${found - REMARKS_MAX} 处`] : remarks;
}
