import type { Docket } from '../core/documents/docket.js';
import { maskedNumber, withoutNumbersIn } from '../core/law/number-masking.js';
import { actorOf, permit } from './permit.js';
import type { Context } from './ports.js';
import { Refusal } from './refusal.js';
import { maskedParty, type Views } from './views.js';

/**
 * The court's docket as the interchange contract has it, filings included once they are assigned. Identity numbers come masked, unless
 * whole ones are asked for, which is recorded before they are given.
 */
export async function exportDocket(
  { subject, service }: Context,
  views: Views,
  { withNumbers }: { readonly withNumbers: boolean },
): Promise<Docket> {
  permit(subject, withNumbers ? 'docket.import' : 'docket.export');
  const docket = await views.docket(subject.court);
  if (docket === undefined) throw new Refusal('NOT_FOUND', `还没有导入过“${subject.court}”的案卷；请核对法院代字`);
  await service.store.act({ court: subject.court, user: actorOf(subject) }, async (tx) => {
    tx.record({ action: 'docket.export', subject: subject.court, body: { cases: docket.cases.length, withNumbers } });
  });
  return withNumbers ? docket : masked(docket);
}

const masked = (docket: Docket): Docket => ({
  ...docket,
  cases: docket.cases.map((each) => withoutNumbersIn({ ...each, parties: each.parties.map(maskedParty) })),
  judges: withoutNumbersIn(docket.judges).map((judge) =>
    judge.relations === undefined
      ? judge
      : {
          ...judge,
          relations: judge.relations.map((relation) =>
            relation.idNumber === undefined ? relation : { ...relation, idNumber: maskedNumber(relation.idNumber) },
          ),
        },
  ),
});
