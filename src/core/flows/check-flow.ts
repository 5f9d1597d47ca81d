import { STAGE_OF_TARGET, stageOfProcedure } from '../documents/conversion.js';
import type { Problems } from '../rules/source.js';
import type { Vocabulary } from '../rules/vocabulary.js';
import {
  CONCERNED,
  type EffectKind,
  type Flow,
  type FlowAction,
  GROUND_FACT,
  GUARD_FACTS,
  isByPeople,
  MOVES,
} from './flow.js';

/**
 * Proves of a flow, from its file alone, what nobody should have to try out: that every state can be reached and left, that whatever
 * waits has a clock and somebody who must act, that no two actions answer the same event, that nobody decides in a matter of their
 * own, and that a matter cannot change hands without end. Each failure is a problem in its place.
 */
export function checkFlow(flow: Flow, vocabulary: Vocabulary, problems: Problems): void {
  const fail = (place: Flow['place'], code: string, message: string): void =>
    problems.add(place, code, message, flow.id);
  const start = flow.states.filter(({ isStart }) => isStart);
  if (start.length !== 1) fail(flow.place, 'FLOW_START', `起点状态应当正好一个,现在有 ${start.length} 个`);
  const reached = new Set(start.map(({ key }) => key));
  for (let size = -1; size !== reached.size; ) {
    size = reached.size;
    for (const { from, to } of flow.actions) if (reached.has(from)) reached.add(to);
  }
  const ends = new Set(flow.states.filter(({ isFinal }) => isFinal).map(({ key }) => key));
  const leads = new Set(ends);
  for (let size = -1; size !== leads.size; ) {
    size = leads.size;
    for (const { from, to } of flow.actions) if (leads.has(to)) leads.add(from);
  }
  for (const state of flow.states) {
    const { name, key, place } = state;
    const exits = flow.actions.filter(({ from }) => from === key);
    if (!reached.has(key)) fail(place, 'FLOW_UNREACHABLE', `从起点走不到状态「${name}」`);
    if (state.isFinal && exits.length > 0) fail(place, 'FLOW_END', `状态「${name}」写了结果,就不能再有动作从它出发`);
    if (state.isFinal || state.isStart) continue;
    if (!leads.has(key)) fail(place, 'FLOW_TRAP', `状态「${name}」走不到任何结果,进去就出不来`);
    if (state.clock === undefined) fail(place, 'FLOW_NO_CLOCK', `状态「${name}」在等人办,却没有期限;请写「期限」`);
    if (state.waitsFor.length === 0) fail(place, 'FLOW_NOBODY', `状态「${name}」没有写等谁办;请写「等谁」`);
    for (const who of state.waitsFor) {
      // What is settled by a decision is settled by those who bring it about.
      if (exits.some((exit) => exit.by === 'routing' || (isByPeople(exit) && exit.by.includes(who)))) continue;
      const word = vocabulary.enumerations.get('流程参与人')?.byKey.get(who)?.word ?? who;
      fail(place, 'FLOW_NOBODY', `状态「${name}」等${word}办,可是没有一个动作${word}能做`);
    }
  }
  for (const action of flow.actions) checkAction(flow, action, ends, fail);
  checkGrounds(flow, fail);
  checkExclusive(flow, vocabulary, fail);
  checkClocks(flow, fail);
  checkBounded(flow, fail);
  for (const action of flow.actions) checkConversion(flow, action, vocabulary, fail);
}

type Fail = (place: Flow['place'], code: string, message: string) => void;

function checkAction(flow: Flow, action: FlowAction, ends: ReadonlySet<string>, fail: Fail): void {
  const { name, by, decides, effects, place, to } = action;
  const moves = effects.filter(({ kind }) => MOVES.includes(kind));
  const people = isByPeople(action) ? action.by : [];
  const concerned = people.filter((who) => CONCERNED.includes(who));
  if (decides && (people.length === 0 || concerned.length > 0)) {
    fail(
      place,
      'FLOW_OWN_MATTER',
      `「${name}」是决定,不能由时钟、分案或者与本件有利害的人(收案人、被主张人、申请人、被申请人、当事人)作出`,
    );
  }
  if (by === 'routing' && moves.length > 0) {
    fail(place, 'FLOW_EFFECTS', `「${name}」由分案办理,不能再改变承办人`);
  }
  if (moves.length > 0 && !decides && concerned.length > 0) {
    fail(
      place,
      'FLOW_OWN_MATTER',
      `「${name}」会改变承办人,不能由与本件有利害的人单独作出;请写「决定: 是」并改由复核的人作出`,
    );
  }
  if (moves.length > 1) fail(place, 'FLOW_EFFECTS', `「${name}」写了两项改变承办人的后果,只能有一项`);
  if (decides && !ends.has(to) && moves.length > 0) {
    fail(place, 'FLOW_EFFECTS', `「${name}」改变了承办人,流程却还没有完;请让它到一个写了结果的状态`);
  }
  for (const { kind, to: targets, target } of effects) {
    if ((kind === 'notify') !== targets.length > 0 || (kind === 'convert') !== (target !== undefined)) {
      fail(
        place,
        'FLOW_EFFECTS',
        `「${name}」的后果写得不对:「通知」要写通知谁,「转换程序」要写转为什么,其他后果后面不写`,
      );
    }
    const claim = flow.grounds.some(
      (ground) => groundsOf(flow, action).has(ground.key) && ground.claimedOwner !== 'required',
    );
    if (kind === 'transfer' && (claim || flow.grounds.length === 0)) {
      fail(place, 'FLOW_EFFECTS', `「${name}」移交给被主张人,可是有的事由不必写明被主张人;请用「当: { 事由: … }」限定`);
    }
  }
}

/** What a file says of its grounds has to be something that can happen, or nobody could tell whether it holds. */
function checkGrounds(flow: Flow, fail: Fail): void {
  if (flow.groundOnce && flow.grounds.length === 0) {
    fail(flow.place, 'FLOW_GROUND', '没有列明事由,就说不上「每事由一次」;请列明事由,或者写「每事由一次: 否」');
  }
  const starts = new Set(flow.states.filter(({ isStart }) => isStart).map(({ key }) => key));
  if (!flow.actions.some(({ by, from }) => by === 'routing' && starts.has(from))) return;
  for (const { name, claimedOwner, evidence, place } of flow.grounds) {
    if (claimedOwner === 'refused' && evidence === 'refused') continue;
    fail(place, 'FLOW_GROUND', `流程由分案开始,没有人能为事由「${name}」写明被主张人或者证据;请都写「不填」`);
  }
}

const groundsOf = (flow: Flow, { when }: Pick<FlowAction, 'when'>): ReadonlySet<string> =>
  new Set(when.get(GROUND_FACT) ?? flow.grounds.map(({ key }) => key));

/** Two actions of one name out of one state must never both be open: every combination of what they read is tried. */
function checkExclusive(flow: Flow, vocabulary: Vocabulary, fail: Fail): void {
  const enumerationOf = (fact: string): readonly string[] => {
    if (fact === GROUND_FACT) return flow.grounds.map(({ key }) => key);
    const known = Object.values(GUARD_FACTS).find(({ key }) => key === fact);
    return [...(vocabulary.enumerations.get(known?.enumeration ?? '')?.byKey.keys() ?? [])];
  };
  for (const [index, one] of flow.actions.entries()) {
    for (const other of flow.actions.slice(index + 1)) {
      if (one.from !== other.from || one.key !== other.key) continue;
      const shared = [...new Set([...one.when.keys(), ...other.when.keys()])];
      // Guards are conjunctions of "one of": they meet exactly where they meet in every fact.
      const meets = shared.every((fact) => {
        const all = enumerationOf(fact);
        const [left, right] = [one.when.get(fact) ?? all, other.when.get(fact) ?? all];
        return left.some((value) => right.includes(value));
      });
      if (meets) {
        const message = `「${one.name}」写了两次,有的情形两条都合得上(另一条在第 ${one.place.line} 行);请用「当」把它们分开`;
        fail(other.place, 'FLOW_OVERLAP', message);
      }
    }
  }
  // A decision that is open for some grounds and not for others would leave those without an answer, unless another one changes something.
  const decisions = new Map<string, FlowAction[]>();
  for (const action of flow.actions.filter(({ decides }) => decides)) {
    const name = `${action.from}\n${action.key}`;
    decisions.set(name, [...(decisions.get(name) ?? []), action]);
  }
  for (const actions of decisions.values()) {
    const [first] = actions;
    const others = flow.actions.filter(
      ({ decides, from, key, effects }) =>
        decides && from === first?.from && key !== first.key && effects.some(({ kind }) => MOVES.includes(kind)),
    );
    const answered = new Set([...actions, ...others].flatMap((action) => [...groundsOf(flow, action)]));
    const missing = flow.grounds.filter(({ key }) => !answered.has(key));
    if (first && missing.length > 0) {
      fail(first.place, 'FLOW_GAP', `事由「${missing.map(({ name }) => name).join('、')}」没有对应的「${first.name}」`);
    }
  }
}

function checkClocks(flow: Flow, fail: Fail): void {
  const used = new Set(flow.states.map(({ clock }) => clock));
  for (const { name, key, expiry, place } of flow.clocks) {
    if (!used.has(key)) fail(place, 'FLOW_CLOCK_UNUSED', `期限「${name}」没有一个状态用到`);
    if (expiry.kind === 'urge') continue;
    for (const state of flow.states.filter(({ clock }) => clock === key)) {
      const at = flow.actions.filter(
        (action) => action.from === state.key && action.by === 'clock' && action.name === expiry.action,
      );
      if (at.length === 0) {
        fail(
          place,
          'FLOW_EXPIRY',
          `期限「${name}」届满要做「${expiry.action}」,状态「${state.name}」却没有由时钟办理的这个动作`,
        );
      }
    }
  }
}

/**
 * A conversion must be open only where it leads further on the way from small claims to a panel, whatever else the guards leave open,
 * and for grounds that the rules know: so it never goes back, and comes to an end.
 */
function checkConversion(
  flow: Flow,
  { name, when, effects, place }: FlowAction,
  vocabulary: Vocabulary,
  fail: Fail,
): void {
  const target = effects.find(({ kind }) => kind === 'convert')?.target;
  if (target === undefined) return;
  const open = (word: string): { key: string; word: string }[] => {
    const { key: fact, enumeration } = GUARD_FACTS[word] ?? { key: word, enumeration: word };
    return (vocabulary.enumerations.get(enumeration)?.terms ?? []).filter(({ key }) =>
      [flow.applies, when].every((guard) => guard.get(fact)?.includes(key) ?? true),
    );
  };
  const back = open('程序').flatMap((procedure) =>
    open('审判组织').flatMap((panel) => {
      const stage = stageOfProcedure(procedure.key, panel.key);
      return stage !== undefined && stage < STAGE_OF_TARGET[target] ? [] : [`${procedure.word}、${panel.word}`];
    }),
  );
  if (back.length > 0) {
    const to = vocabulary.enumerations.get('转换去向')?.byKey.get(target)?.word ?? target;
    const message = `「${name}」转为${to},可是${back[0]}的案件也能做;程序只能从小额诉讼到简易、普通、合议,不能往回,也不能原地转,请用「当」或者「适用」限定`;
    fail(place, 'FLOW_BACKWARDS', message);
  }
  const known = vocabulary.enumerations.get('转换事由')?.byKey;
  const strange = flow.grounds.filter(({ key }) => groundsOf(flow, { when }).has(key) && !known?.has(key));
  if (flow.grounds.length === 0 || strange.length > 0) {
    const words = strange.map((ground) => ground.name).join('、');
    fail(place, 'FLOW_CONVERSION_GROUND', `「${name}」转换程序,事由${words}的代号应当是词汇表「转换事由」里的`);
  }
}

/**
 * Moves that come to an end by themselves: nobody who has left comes back, a search that is asked again answers the same, and a
 * conversion leads only further.
 */
const SELF_BOUNDED: readonly EffectKind[] = ['relieve', 'divert', 'continue', 'convert'];

/** How often a flow can move one matter: for each ground once, or by itself no further. Anything else could go on for ever. */
function checkBounded(flow: Flow, fail: Fail): void {
  for (const action of flow.actions) {
    for (const { kind } of action.effects) {
      if (!MOVES.includes(kind) || SELF_BOUNDED.includes(kind)) continue;
      if (!flow.groundOnce || flow.grounds.length === 0) {
        fail(
          action.place,
          'FLOW_ENDLESS',
          `「${action.name}」会改变承办人,却可以一次次重来;请写「每事由一次: 是」并列明事由`,
        );
      }
    }
  }
  if (hasCycleWith(flow, (action) => action.effects.some(({ kind }) => MOVES.includes(kind)))) {
    fail(flow.place, 'FLOW_ENDLESS', '有一圈动作会一再改变承办人;请拆开');
  }
}

/** Whether some walk through the states comes back over an action of that kind. */
function hasCycleWith(flow: Flow, marked: (action: FlowAction) => boolean): boolean {
  const reaches = (from: string, goal: string): boolean => {
    const seen = new Set<string>();
    const stack = [from];
    for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
      if (at === goal) return true;
      if (seen.has(at)) continue;
      seen.add(at);
      for (const action of flow.actions) if (action.from === at) stack.push(action.to);
    }
    return false;
  };
  return flow.actions.some((action) => marked(action) && reaches(action.to, action.from));
}
