import type { Vocabulary } from '../rules/vocabulary.js';
import type { Flow, FlowAction, FlowClock } from './flow.js';
import { CLOCK, ROUTING } from './play.js';

/** A flow as a Mermaid state diagram: who may go where, within what, and which clock each waiting state has. */
export function flowChart(flow: Flow, vocabulary: Vocabulary): string {
  const word = (enumeration: string, key: string): string =>
    vocabulary.enumerations.get(enumeration)?.byKey.get(key)?.word ?? key;
  const lengthOf = ({ length, unit, expiry }: FlowClock): string => {
    const long =
      typeof length === 'number' ? String(length) : (vocabulary.parametersById.get(length.parameter)?.word ?? '');
    const then = expiry.kind === 'urge' ? '督促' : expiry.action;
    return typeof length === 'number' ? `${long}${word('期间单位', unit)}，届满${then}` : `${long}，届满${then}`;
  };
  const labelOf = ({ name, by, within, when }: FlowAction): string => {
    const who =
      by === 'clock' ? CLOCK : by === 'routing' ? ROUTING : by.map((each) => word('流程参与人', each)).join('或');
    const grounds = (when.get('ground') ?? []).map((key) => flow.grounds.find((each) => each.key === key)?.name ?? key);
    const limits = [...grounds, ...(within === undefined ? [] : [`${word('期限种类', within)}期限内`])];
    return `${who}${name}${limits.length > 0 ? `（${limits.join('，')}）` : ''}`;
  };
  const lines = ['stateDiagram-v2'];
  for (const { name, key, clock: clockKey, isStart, outcome } of flow.states) {
    const clock = flow.clocks.find((each) => each.key === clockKey);
    lines.push(`  state "${clock ? `${name}（${lengthOf(clock)}）` : name}" as ${key}`);
    if (isStart) lines.push(`  [*] --> ${key}`);
    if (outcome !== undefined) lines.push(`  ${key} --> [*]`);
  }
  for (const action of flow.actions) lines.push(`  ${action.from} --> ${action.to}: ${labelOf(action)}`);
  return lines.join('\n');
}
