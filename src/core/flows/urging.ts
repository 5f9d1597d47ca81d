import type { Notice } from '../documents/notice.js';
import { dayInWords, list, numbered, oneLine, table } from '../documents/notice-text.js';
import { PROVISIONAL, plainCitation } from '../documents/wording.js';
import { daysBetween, type PlainDate } from '../kernel/plain-date.js';
import type { Basis } from '../rules/citation.js';
import { cite } from '../rules/reason.js';
import { labelOf, type Vocabulary } from '../rules/vocabulary.js';
import type { Ladder } from './escalation.js';
import { type Flow, isByPeople, type Level } from './flow.js';
import type { FlowRun } from './flow-run.js';

/** Whom a paper is for: a judge of the roster, a user, or an office; by name as the paper has it. */
export interface UrgedPerson {
  readonly kind: 'judge' | 'user' | 'office';
  readonly id: string;
  readonly name: string;
}

/** A paper by which somebody is urged, with all that it says, so that it comes out the same again. */
export interface Urging {
  readonly level: Level;
  /** 川1599催办〔2026〕第3号: the court's own numbering, by level and year. */
  readonly reference: string;
  readonly flow: string;
  readonly run: number;
  readonly state: string;
  readonly clock: string;
  readonly lastDay: PlainDate;
  /** Days after the last day; 0 up to it. */
  readonly daysLate: number;
  readonly to: readonly UrgedPerson[];
  readonly copies: readonly UrgedPerson[];
  readonly madeOn: PlainDate;
  readonly notice: Notice;
}

export interface UrgingInput {
  readonly court: { readonly code: string; readonly name: string };
  readonly level: Level;
  /** Counts the papers of the level in the year. */
  readonly number: number;
  readonly madeOn: PlainDate;
  readonly flow: Flow;
  readonly run: FlowRun;
  readonly lastDay: PlainDate;
  readonly provisional: boolean;
  /** Nobody's name but the handler's: what a paper says of a filing everybody in the house may read. */
  readonly filing: { readonly reference: string; readonly cause: string; readonly handler: string | undefined };
  readonly to: readonly UrgedPerson[];
  readonly copies: readonly UrgedPerson[];
  readonly ladder: Ladder;
  readonly basis: readonly Basis[];
  /** Papers that were sent in this clock before. */
  readonly earlier: readonly Pick<Urging, 'reference' | 'madeOn'>[];
  readonly vocabulary: Vocabulary;
}

/** Writes the paper. */
export function urgingOf(input: UrgingInput): Urging {
  const { court, level, number, madeOn, flow, run, lastDay, to, copies, vocabulary } = input;
  const title = labelOf(vocabulary, '催办级别', level);
  const reference = `${court.code}${title.replace(/单$/u, '')}〔${madeOn.slice(0, 4)}〕第${number}号`;
  const daysLate = Math.max(0, daysBetween(lastDay, madeOn));
  const name = oneLine(court.name);
  const notice: Notice = {
    title,
    court: name,
    reference,
    addressees: [`${to.map((each) => oneLine(each.name)).join('、')}：`],
    opening: openingOf(input, daysLate),
    sections: numbered([
      ['办理事项', [table([], mattersOf(input, daysLate))]],
      ['办理要求', [list(demandsOf(input))]],
      ['依据', [list(cite(input.basis).map((each) => `${plainCitation(each)}。`))]],
    ]),
    closing: [name, dayInWords(madeOn)],
    remark: `本单由系统按规则${oneLine(input.ladder.id)}自动制作，编号按级别、年度在本院连续编排，不是文号`,
    ...(copies.length > 0 && { copies: copies.map((each) => oneLine(each.name)) }),
    issuedOn: madeOn,
  };
  const { state, clock } = run;
  const about = { flow: flow.key, run: run.number, state, clock: clock?.key ?? '' };
  return { level, reference, ...about, lastDay, daysLate, to, copies, madeOn, notice };
}

function openingOf({ flow, level, lastDay, earlier }: UrgingInput, daysLate: number): string {
  const day = dayInWords(lastDay);
  if (daysLate === 0) return `下列“${flow.name}”事项的办理期限于${day}届满，请按期办理。`;
  const before = earlier.map(({ reference, madeOn }) => `${dayInWords(madeOn)}以${reference}`);
  const urged = before.length === 0 ? '' : `，本院已于${before.join('、')}告知，至今仍未办结`;
  const act = level === 'supervision' ? '现予督办' : '现予催办';
  return `下列“${flow.name}”事项的办理期限已于${day}届满，至今逾期${daysLate}日${urged}，${act}。`;
}

function mattersOf({ filing, flow, run, lastDay, provisional, madeOn }: UrgingInput, daysLate: number): string[][] {
  const state = flow.states.find(({ key }) => key === run.state)?.name ?? run.state;
  const clock = flow.clocks.find(({ key }) => key === run.clock?.key)?.name ?? '';
  const ground = flow.grounds.find(({ key }) => key === run.ground)?.name;
  const rows = [
    ['登记号', filing.reference],
    ['案由', filing.cause],
    ['承办人', filing.handler ?? '尚未确定'],
    ['流程', `${flow.name}（本件第${run.number}次）`],
    ['现在的步骤', state],
    ['提出日期', dayInWords(run.openedOn)],
    ['期限', `${clock}，自${dayInWords(run.clock?.setOn ?? run.openedOn)}进入这一步起计时`],
    ['届满日', dayInWords(lastDay) + (provisional ? `（暂定：${PROVISIONAL}）` : '')],
    daysLate > 0 ? ['逾期', `${daysLate}日`] : ['距届满', `${daysBetween(madeOn, lastDay)}日`],
  ];
  if (ground !== undefined) rows.splice(4, 0, ['事由', ground]);
  return rows;
}

function demandsOf({ flow, run, ladder, lastDay, madeOn, vocabulary }: UrgingInput): string[] {
  const state = flow.states.find(({ key }) => key === run.state);
  const awaited = flow.actions
    .filter(isByPeople)
    .filter(({ from, by }) => from === run.state && by.some((who) => state?.waitsFor.includes(who)));
  const names = [...new Set(awaited.map(({ name }) => `“${name}”`))];
  const steps = names.length === 0 ? '' : `，在系统里作出${names.join('、')}`;
  const isLate = madeOn > lastDay;
  const office = ladder.answerTo.map((who) => labelOf(vocabulary, '流程参与人', who)).join('、');
  return [
    `${isLate ? '请收到本单后立即办理' : `请在${dayInWords(lastDay)}以前办理`}${steps}。`,
    isLate
      ? `不能立即办结的，请把原因和预计办结的日期书面报${office}。`
      : `确有困难不能按期办结的，请在届满以前把原因报${office}。`,
  ];
}
