import { ALWAYS, type Condition, parseCondition, type Scope, testsOf } from '../condition.js';
import { Fields } from '../fields.js';
import { type Place, type Problems, type RuleFile, readSource } from '../source.js';
import type { Vocabulary } from '../vocabulary.js';

/** What is so in every case, by law or by the meaning of the words: keeps impossible cases out of proofs, and filings that break it from being decided by rules. */
export interface Constraint {
  readonly name: string;
  /** Holds in every case that can be. */
  readonly condition: Condition;
  /** The facts that it reads. */
  readonly facts: ReadonlySet<string>;
  readonly place: Place;
}

export const CONSTRAINTS_FILE = 'vocabulary/constraints.yaml';

/** Reads 约束: each with 名称, 则 and where needed 当 (「当」成立时「则」一定成立). */
export function readConstraints(
  file: RuleFile | undefined,
  vocabulary: Vocabulary,
  causes: Scope['causes'],
  problems: Problems,
): readonly Constraint[] {
  const root = file && readSource(file, problems);
  if (root === undefined) return [];
  if (root.kind !== 'map') {
    problems.add(root.place, 'FIELD_SHAPE', '约束文件应当是「约束: 列表」');
    return [];
  }
  const groups = [...new Set([...vocabulary.facts.values()].map(({ group }) => group))];
  const scope: Scope = { vocabulary, causes, groups, layer: '约束' };
  const constraints: Constraint[] = [];
  const fields = new Fields(root, problems);
  for (const node of fields.list('约束') ?? []) {
    const map = fields.mapOf(node, '约束');
    if (!map) continue;
    const inner = new Fields(map, problems);
    const name = inner.text('名称');
    const read = (key: string): Condition | undefined => {
      const each = inner.get(key);
      return each && parseCondition(each, scope, problems, name ?? '约束');
    };
    const [when, then] = [read('当'), read('则')];
    inner.need('则');
    inner.optionalText('说明');
    inner.done();
    if (name === undefined || then === undefined) continue;
    const condition: Condition = { kind: 'any', members: [{ kind: 'not', member: when ?? ALWAYS }, then] };
    const facts = new Set(testsOf(condition).map(({ fact }) => fact));
    constraints.push({ name, condition, facts, place: map.place });
  }
  fields.done();
  return constraints;
}
