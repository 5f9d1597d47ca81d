import type { Draft } from './draft.js';

/** A field that is not the same in what was first loaded, in what is stored now and in what is typed here. */
export interface Difference {
  readonly field: keyof Draft;
  readonly base: string;
  readonly theirs: string;
  readonly mine: string;
}

/** A field's value in a form that can be compared and read; the rows' own keys do not count. */
function textOf(draft: Draft, field: keyof Draft): string {
  const value = draft[field];
  if (typeof value === 'string') return value;
  if (field === 'parties') return JSON.stringify(draft.parties.map(({ uid: _, ...party }) => party));
  return JSON.stringify(Object.entries(draft.facts).sort(([a], [b]) => (a < b ? -1 : 1)));
}

const fieldsIn = (draft: Draft): (keyof Draft)[] => Object.keys(draft) as (keyof Draft)[];

/** Every field in which the three are not all the same. */
export function differences(base: Draft, theirs: Draft, mine: Draft): Difference[] {
  return fieldsIn(mine)
    .map((field) => ({
      field,
      base: textOf(base, field),
      theirs: textOf(theirs, field),
      mine: textOf(mine, field),
    }))
    .filter((each) => each.base !== each.theirs || each.base !== each.mine);
}

/** What was typed here on top of what is stored now: fields that were not touched here follow the other's change. */
export function rebased(base: Draft, theirs: Draft, mine: Draft): Draft {
  const untouched = fieldsIn(mine).filter((field) => textOf(base, field) === textOf(mine, field));
  return { ...mine, ...Object.fromEntries(untouched.map((field) => [field, theirs[field]])) };
}
