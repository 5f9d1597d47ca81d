/** One thing taken away, and what noticed it. */
export interface Removal {
  /** What sort of thing: a line of the table. */
  readonly kind: string;
  /** Where, and what. */
  readonly name: string;
  /** The named test that turns red; undefined where none does. */
  readonly noticed: string | undefined;
}

/** Removals that change nothing, each with the reason why no test could tell. */
const NULL_IS_NOT_LATER = '与 null 或者 undefined 比先后、比大小总不成立,这一半只为类型而写';
export const EQUIVALENT: Readonly<Record<string, string>> = {
  'clock.ts merged last.to === null || to === null 只留 to === null': NULL_IS_NOT_LATER,
  'clock.ts countClock interval.to !== null && interval.to <= from 只留 interval.to <= from': NULL_IS_NOT_LATER,
  'carry-out.ts converted limit !== undefined && decidedOn > limit 只留 decidedOn > limit': NULL_IS_NOT_LATER,
  "carry-out.ts unfit typeof most === 'number' && absentDays > most 只留 absentDays > most": NULL_IS_NOT_LATER,
};

/** Prints a table by kind and every survivor. @returns how many survive that nothing explains, or 1 where nothing was tried */
export function report(title: string, removals: readonly Removal[], isListed: boolean): number {
  const cell = (text: string | number): string => String(text).padStart(6);
  console.log(`\n${title}\n  去掉  发现  存活  种类`);
  for (const kind of new Set(removals.map((each) => each.kind))) {
    const own = removals.filter((each) => each.kind === kind);
    const noticed = own.filter((each) => each.noticed !== undefined).length;
    console.log(`${cell(own.length)}${cell(noticed)}${cell(own.length - noticed)}  ${kind}`);
  }
  if (isListed)
    for (const { name, noticed } of removals) if (noticed !== undefined) console.log(`${name} → ${noticed}`);
  const survivors = removals.filter(({ noticed }) => noticed === undefined);
  for (const { name } of survivors)
    console.log(EQUIVALENT[name] ? `等同:${name}(${EQUIVALENT[name]})` : `存活:${name}`);
  const unexplained = survivors.filter(({ name }) => !EQUIVALENT[name]).length;
  console.log(
    `共去掉 ${removals.length} 处,发现 ${removals.length - survivors.length} 处,没有说明的存活 ${unexplained} 处`,
  );
  return removals.length === 0 ? 1 : unexplained;
}

/** Tries one mutant after the other. */
export async function each<M>(mutants: readonly M[], without: (mutant: M) => Promise<Removal>): Promise<Removal[]> {
  const removals: Removal[] = [];
  for (const mutant of mutants) removals.push(await without(mutant));
  return removals;
}
