import { type ProposedCase, proposeEvidence } from '../../core/routing/propose-evidence.js';
import { type CitedCase, citedCases } from '../objections/cited-case.js';
import { permit } from '../permit.js';
import type { Context } from '../ports.js';
import { Refusal } from '../refusal.js';
import { dossierOf } from '../settle.js';
import { benchOf, validFiling } from '../stored-filing.js';
import { flowOf, matterOf } from './stored-matter.js';

/** An earlier case with what it has to do with the filing, and whether it speaks for the ground. Names no party. */
export type EvidenceCase = CitedCase & Pick<ProposedCase, 'links' | 'score' | 'unable' | 'proposed'>;

export interface EvidenceView {
  readonly items: readonly EvidenceCase[];
  /** How many earlier cases were compared; not all of them may be shown. */
  readonly compared: number;
  /** The look-up was cut short: there may be more than were compared. */
  readonly truncated: boolean;
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
    const { decision, handover, view, ruleset } = await matterOf(tx, service, filing, []);
    const flow = await flowOf(tx, service, filing, key);
    const ground = flow.grounds.find((each) => each.key === groundKey);
    if (ground === undefined) throw new Refusal('NOT_FOUND', '这一流程没有这个事由；请从列表里选');
    const { dossier } = await dossierOf(tx, service, filing, { handover, decidedOn: tx.today });
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
    };
  });
}
