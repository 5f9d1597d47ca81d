import { type Flow, type FlowAction, type Ground, MOVES } from '../../core/flows/flow.js';
import { type ProposedCase, proposeEvidence } from '../../core/routing/propose-evidence.js';
import { labelOf } from '../../core/rules/vocabulary.js';
import { type CitedCase, citedCases } from '../objections/cited-case.js';
import { permit } from '../permit.js';
import type { Context, CourtReads } from '../ports.js';
import { Refusal } from '../refusal.js';
import { dossierOf } from '../settle.js';
import { benchOf, validFiling } from '../stored-filing.js';
import { clockEndOf } from './run-clock.js';
import { flowOf, matterOf, type StoredMatter } from './stored-matter.js';

/** An earlier case with what it has to do with the filing, and whether it speaks for the ground. Names no party. */
export type EvidenceCase = CitedCase & Pick<ProposedCase, 'links' | 'score' | 'unable' | 'proposed'>;

export interface EvidenceView {
  readonly items: readonly EvidenceCase[];
  /** How many earlier cases were compared; not all of them may be shown. */
  readonly compared: number;
  /** The look-up was cut short: there may be more than were compared. */
  readonly truncated: boolean;
  readonly follows: WhatFollows;
}

/** What becomes of an objection once it is made. */
export interface WhatFollows {
  readonly stateWord: string;
  /** Who has to decide. */
  readonly waitsFor: readonly string[];
  /** By when; null where the court has set no length. */
  readonly decideBy: string | null;
  readonly provisional: boolean;
  /** The ground is heard once, withdrawn or not. */
  readonly once: boolean;
  /** How it may be decided, and what that makes of who takes the matter. */
  readonly outcomes: readonly { readonly word: string; readonly effectWord: string }[];
  /** Nothing happens by itself when it is late: whoever waits is urged. */
  readonly urged: boolean;
}

/** More than anybody ticks off; those that speak for the ground stand in front. */
const SHOWN = 30;

/** What whoever objects to a filing on a ground may rest on, by the docket as it is today. */
export async function seeEvidence(
  { subject, service }: Context,
  id: string,
  { flow: key, ground: groundKey }: { readonly flow: string; readonly ground: string },
): Promise<EvidenceView> {
  return service.store.read(subject.court, async (tx) => {
    permit(subject, 'filing.read', { owner: (await tx.ownerOf(id))?.judge });
    const stored = await tx.filing(id);
    if (stored === undefined) throw new Refusal('NOT_FOUND', '没有这件收案；请回到列表核对');
    const filing = validFiling(stored);
    const matter = await matterOf(tx, filing, []);
    const { decision, handover, view, ruleset } = matter;
    const flow = await flowOf(tx, filing, key);
    const ground = flow.grounds.find((each) => each.key === groundKey);
    if (ground === undefined) throw new Refusal('NOT_FOUND', '这一流程没有这个事由；请从列表里选');
    const { dossier } = await dossierOf(tx, filing, { handover, decidedOn: tx.today });
    const proposed = proposeEvidence(dossier, decision, ground, view, ruleset.weights).slice(0, SHOWN);
    const numbers = proposed.map(({ caseNo }) => caseNo);
    const known = await citedCases(tx, await benchOf(tx), dossier, numbers, filing.filing.citedCases ?? []);
    return {
      items: proposed.flatMap(({ links, score, unable, proposed: speaks }, index) => {
        const cited = known[index];
        return cited?.known ? [{ ...cited, links, score, unable, proposed: speaks }] : [];
      }),
      compared: dossier.earlier.length,
      truncated: dossier.truncated.length > 0,
      follows: whatFollows(flow, ground, matter, tx),
    };
  });
}

/** Where the first step that is the holder's leads, and by when whoever waits there has to act. */
function whatFollows(
  flow: Flow,
  ground: Ground,
  matter: StoredMatter,
  tx: Pick<CourtReads, 'lawbook' | 'today'>,
): WhatFollows {
  const { view } = matter;
  const { today } = tx;
  const start = flow.states.find(({ isStart }) => isStart)?.key;
  const first = flow.actions.find(({ from, by }) => from === start && by !== 'clock' && by.includes('recipient'));
  const state = flow.states.find(({ key }) => key === first?.to);
  const clock = flow.clocks.find(({ key }) => key === state?.clock);
  const from = clock && { action: today, assigned: view.assignedOn, received: view.receivedOn }[clock.from];
  const run = {
    ...{ flow: flow.key, number: 1, state: state?.key ?? '', applicant: '', evidence: [], reason: '' },
    openedOn: today,
    ...(clock && from && { clock: { key: clock.key, from, excluded: [], extended: 0, setOn: from, fired: [] } }),
  };
  const end = clockEndOf(flow, run, matter, tx);
  const { vocabulary } = tx.lawbook.book;
  return {
    stateWord: state?.name ?? '',
    waitsFor: (state?.waitsFor ?? []).map((kind) => labelOf(vocabulary, '流程参与人', kind)),
    decideBy: end?.kind === 'due' ? end.due : null,
    provisional: end?.kind === 'due' && end.provisional,
    once: flow.groundOnce,
    outcomes: flow.actions
      .filter(({ from: at, decides, when }) => at === state?.key && decides && isOn(when, ground))
      .map(({ name, effects }) => {
        const kind = effects.find((effect) => MOVES.includes(effect.kind))?.kind ?? 'keep';
        return { word: name, effectWord: labelOf(vocabulary, '流程后果', kind) };
      }),
    urged: clock?.expiry.kind === 'urge',
  };
}

/** Whether an action that asks for a ground asks for this one; what else it asks for shows when it is taken. */
const isOn = (when: FlowAction['when'], { key }: Ground): boolean => when.get('ground')?.includes(key) ?? true;
