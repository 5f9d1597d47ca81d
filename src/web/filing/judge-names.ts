import type { FilingView } from '../api/types.js';

type Judges = FilingView['judges'];
type Named = Pick<Judges[number], 'id' | 'name'>;

/** A judge as pages name one: 赵葵坊（民事审判庭）. */
export function judgeText(judges: Judges, id: string | null | undefined): string {
  if (id === null || id === undefined) return '未定';
  const judge = judges.find((each) => each.id === id);
  return judge === undefined ? id : `${judge.name}（${judge.division}）`;
}

/** Ids shorter than this, or without a letter, may be any number of the text. */
const TELLING_ID = /^(?=.*[A-Za-z])[\w-]{3,}$/;

/** A reason with judges' names for their ids, where an id cannot be mistaken for something else. */
export function withNames(text: string, judges: readonly Named[]): string {
  let named = text;
  for (const { id, name } of judges) {
    if (TELLING_ID.test(id) && named.includes(id)) {
      named = named.replace(new RegExp(`(?<![\\w-])${id}(?![\\w-])`, 'g'), name);
    }
  }
  return named;
}
