import { resolveParameter } from '../rules/parameters.js';
import type { RuleBook } from '../rules/rulebook.js';
import { shortProvince } from '../rules/ruleset.js';
import type { Place, Problems } from '../rules/source.js';
import { daysOf, type Ladder, type LadderLevel, ladderFor, levelsAt } from './escalation.js';
import { type Flow, type FlowClock, LEVELS } from './flow.js';

/** What has to be known of the rules to prove their ladders. */
interface Rules {
  readonly flows: readonly Flow[];
  readonly ladders: readonly Ladder[];
  readonly book: Pick<RuleBook, 'vocabulary' | 'parameters' | 'courts'>;
}

/**
 * Proves of the ladders, from the files alone: that levels come one after the other, from the mildest, whatever numbers a court puts in;
 * that every clock which only urges has somebody who is urged; that no clock is urged after it has acted by itself; and that no two
 * ladders are for the same clock. Each failure is a problem in its place.
 */
export function checkLadders({ flows, ladders, book }: Rules, problems: Problems): void {
  for (const ladder of ladders) {
    const fail = (place: Place, code: string, message: string): void => problems.add(place, code, message, ladder.id);
    checkLevels(ladder, book, fail);
    checkScopes(ladder, ladders, flows, fail);
  }
  for (const flow of flows) {
    for (const clock of flow.clocks) checkCovered(flow, clock, ladders, problems);
  }
}

type Fail = (place: Place, code: string, message: string) => void;

function checkLevels(ladder: Ladder, book: Rules['book'], fail: Fail): void {
  const { levels } = ladder;
  const nameOf = ({ level }: LadderLevel): string =>
    book.vocabulary.enumerations.get('催办级别')?.byKey.get(level)?.word ?? level;
  for (const [index, next] of levels.entries()) {
    const before = levels[index - 1];
    if (!before) continue;
    if (LEVELS.indexOf(next.level) <= LEVELS.indexOf(before.level)) {
      fail(next.place, 'ESCALATION_ORDER', `「${nameOf(next)}」写在「${nameOf(before)}」后面;级别要由轻到重,每级一次`);
      continue;
    }
    if (before.side === 'after' && next.side === 'before') {
      fail(next.place, 'ESCALATION_ORDER', `「${nameOf(before)}」在届满后,更重的「${nameOf(next)}」不能在届满前`);
      continue;
    }
    if (before.side !== next.side) continue;
    for (const { where, lengthOf } of settingsOf([before, next], book)) {
      const [first, second] = [daysOf(before, lengthOf), daysOf(next, lengthOf)];
      if (first === 0 || second === 0 || isSurelyLater(before, first, next, second)) continue;
      const message = `${where}「${nameOf(next)}」(${second})不比「${nameOf(before)}」(${first})晚;请改天数,以工作日计的要多过以日计的`;
      fail(next.place, 'ESCALATION_ORDER', message);
      break;
    }
  }
}

/** Whether of two levels on the same side the second comes on a later day, whichever days are worked: so many working days are at least so many days. */
function isSurelyLater(before: LadderLevel, first: number, next: LadderLevel, second: number): boolean {
  const [near, far] = before.side === 'after' ? [before, next] : [next, before];
  const [less, more] = before.side === 'after' ? [first, second] : [second, first];
  return less < more && (near.unit === far.unit || far.unit === 'working_day');
}

/** Every set of numbers that the levels have anywhere at any time. */
function* settingsOf(
  levels: readonly LadderLevel[],
  { vocabulary, parameters, courts }: Rules['book'],
): Generator<{ readonly where: string; readonly lengthOf: (id: string) => number | undefined }> {
  const ids = levels.flatMap(({ days }) => (typeof days === 'number' ? [] : [days.parameter]));
  const rows = parameters.filter(({ parameter }) => ids.includes(parameter.id));
  const provinces = new Map([...courts.values()].map(({ code, province }) => [code, province]));
  if (rows.length === 0) yield { where: '', lengthOf: () => undefined };
  const days = [...new Set(rows.flatMap(({ validFrom, validTo }) => (validTo ? [validFrom, validTo] : [validFrom])))];
  for (const area of new Set(rows.map((row) => row.area))) {
    const areas = [area, ...(provinces.has(area) ? [shortProvince(provinces.get(area) ?? '')] : []), '全国'];
    for (const day of days) {
      const lengthOf = (id: string): number | undefined => {
        const word = vocabulary.parametersById.get(id);
        const value = word && resolveParameter(word, rows, areas, day).value;
        return typeof value === 'number' ? value : undefined;
      };
      yield { where: `${area}自 ${day} 起,`, lengthOf };
    }
  }
}

function checkScopes(
  { scopes, place, levels }: Ladder,
  all: readonly Ladder[],
  flows: readonly Flow[],
  fail: Fail,
): void {
  const same = (other: Ladder): boolean =>
    scopes.length === 0
      ? other.scopes.length === 0
      : other.scopes.some((one) => scopes.some((each) => each.flow === one.flow && each.clock === one.clock));
  const [first] = all.filter(same);
  if (first && first.place.file !== place.file) {
    fail(place, 'ESCALATION_TWICE', `和 ${first.file} 适用于同样的期限;每个期限只能有一个催办办法`);
  }
  for (const scope of scopes) {
    const flow = flows.find(({ key }) => key === scope.flow);
    const clock = flow?.clocks.find(({ key }) => key === scope.clock);
    if (!flow || !clock) continue;
    if (clock.expiry.kind === 'action' && levels.some(({ side }) => side === 'after')) {
      const message = `期限「${clock.name}」届满自动「${clock.expiry.action}」,届满后没有什么可催;请去掉届满后的级别`;
      fail(scope.place, 'ESCALATION_EXPIRY', message);
    }
  }
}

/** A clock that only urges has to urge somebody, whichever state it waits in. */
function checkCovered(flow: Flow, clock: FlowClock, ladders: readonly Ladder[], problems: Problems): void {
  if (clock.expiry.kind !== 'urge') return;
  const ladder = ladderFor(ladders, flow, clock.key, flow.validFrom);
  for (const state of flow.states.filter((each) => each.clock === clock.key)) {
    if (ladder && levelsAt(ladder, clock, state).some(({ side }) => side === 'after')) continue;
    const message = `期限「${clock.name}」届满写的是督促,状态「${state.name}」逾期却没有人收到催办;请在 escalation 里写明`;
    problems.add(clock.place, 'ESCALATION_GAP', message, flow.id);
  }
}
