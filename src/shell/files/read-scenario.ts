import { LineCounter, parseDocument } from 'yaml';
import { fieldErrors } from '../../core/documents/field-errors.js';
import { type Scenario, scenarioSchema, stepName } from '../../core/documents/scenario.js';
import { err, ok, type Result } from '../../core/kernel/result.js';
import { decodeUtf8 } from './decode-text.js';
import { type InputError, inputErrorOf, systemError } from './input-error.js';
import { readBytes } from './read-bytes.js';

/** A scenario may be this large. */
const MAX_SCENARIO_BYTES = 16 * 1024 * 1024;

/** Reads a scenario: YAML 1.2 without aliases, tags or repeated keys, checked against the contract's schema. */
export async function readScenario(path: string): Promise<Result<Scenario, readonly InputError[]>> {
  let text: string;
  try {
    text = decodeUtf8(await readBytes(path, MAX_SCENARIO_BYTES));
  } catch (failure) {
    return err([systemError(failure, path)]);
  }
  try {
    return parsed(path, text);
  } catch (failure) {
    // The parser recurses on nesting.
    if (failure instanceof RangeError)
      return err([{ file: path, code: 'TOO_DEEP', message: '嵌套太深,请核对文件是否选错' }]);
    return err([inputErrorOf(failure, path)]);
  }
}

function parsed(file: string, text: string): Result<Scenario, readonly InputError[]> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true, prettyErrors: false, stringKeys: true });
  const faults = [...document.errors, ...document.warnings].map(({ pos, code, message }): InputError => {
    const { line, col } = lines.linePos(pos[0]);
    return { file, line, column: col, code, message: `不是合法的 YAML:${message.split('\n')[0]}` };
  });
  if (faults.length > 0) return err(faults);
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: 0 });
  } catch {
    return err([{ file, code: 'ALIAS', message: '脚本里不能用 & 和 * 引用,请把内容写出来' }]);
  }
  const checked = scenarioSchema.safeParse(value);
  if (!checked.success) {
    const errors = fieldErrors(checked.error, value, scenarioSchema);
    return err(errors.map(({ path, code, message }) => ({ file, field: path || '/', code, message })));
  }
  const unclear = checked.data.steps.flatMap((step, index) => (stepName(step) === undefined ? [index] : []));
  if (unclear.length > 0) {
    const message = '每一步除了 on 只写一件事(file、object、decide、tick……)';
    return err(unclear.map((index) => ({ file, field: `/steps/${index}`, code: 'STEP_UNCLEAR', message })));
  }
  return ok(checked.data);
}
