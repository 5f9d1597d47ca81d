import type { AbsenceRow } from '../absence-ports.js';
import type { Page } from '../page.js';
import { judgesSeen, permit } from '../permit.js';
import type { Context } from '../ports.js';

/** Absences that were entered here, withdrawn ones too; a judge sees their own. */
export async function seeAbsences(
  { subject, service }: Context,
  { judge, ...query }: { readonly judge?: string; readonly limit: number; readonly after?: string },
): Promise<Page<AbsenceRow>> {
  permit(subject, 'absence.read', judge === undefined ? {} : { about: [judge] });
  const of = judge === undefined ? judgesSeen(subject, 'absence.read') : [judge];
  return service.store.read(subject.court, (tx) => tx.absences.page(of, query));
}
