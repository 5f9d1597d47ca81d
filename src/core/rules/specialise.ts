import { ALWAYS, type Condition, compare, NEVER, type Value } from './condition.js';

export const all = (members: readonly Condition[]): Condition => ({ kind: 'all', members });
export const any = (members: readonly Condition[]): Condition => ({ kind: 'any', members });
export const not = (member: Condition): Condition => ({ kind: 'not', member });

/** Flattens nested groups and folds constants; the truth value stays the same for every input. */
export function simplify(condition: Condition): Condition {
  switch (condition.kind) {
    case 'test':
      return condition;
    case 'not': {
      const member = simplify(condition.member);
      if (member.kind === 'not') return member.member;
      if (member.kind !== 'test' && member.members.length === 0) return member.kind === 'all' ? NEVER : ALWAYS;
      return { kind: 'not', member };
    }
    default: {
      const members: Condition[] = [];
      for (const each of condition.members) {
        const member = simplify(each);
        if (member.kind === condition.kind) members.push(...member.members);
        else if ((member.kind === 'all' || member.kind === 'any') && member.members.length === 0) return member;
        else members.push(member);
      }
      const [only] = members;
      return members.length === 1 && only ? only : { kind: condition.kind, members };
    }
  }
}

/** What is left of a condition once some facts are known. */
export function specialise(condition: Condition, known: ReadonlyMap<string, Value>): Condition {
  const fold = (each: Condition): Condition => {
    if (each.kind === 'test') {
      const actual = known.get(each.fact);
      if (actual === undefined || each.operand.kind !== 'literal') return each;
      return compare(actual, each.comparison, each.operand.value) ? ALWAYS : NEVER;
    }
    return each.kind === 'not' ? not(fold(each.member)) : { kind: each.kind, members: each.members.map(fold) };
  };
  return simplify(fold(condition));
}
