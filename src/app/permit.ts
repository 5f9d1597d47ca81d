import { type Action, can, type Resource, type Subject } from '../core/access/can.js';
import { OPERATOR } from './accounts/principal.js';
import { Refusal } from './refusal.js';

/** @throws Refusal where the subject may not; what belongs to another court looks as if it were not there */
export function permit(
  subject: Subject,
  action: Action,
  resource: Omit<Resource, 'court'> & { court?: string } = {},
): void {
  const verdict = can(subject, action, { ...resource, court: resource.court ?? subject.court });
  if (verdict.allowed) return;
  if (verdict.code === 'OTHER_COURT') throw new Refusal('NOT_FOUND', '没有找到；请核对后再试');
  throw new Refusal('FORBIDDEN', verdict.text);
}

/** Whose a subject sees of what judges see of their own alone: undefined is everybody's. */
export const judgesSeen = (subject: Subject, action: Action): readonly string[] | undefined =>
  can(subject, action, { court: subject.court, about: [] }).allowed ? undefined : subject.judges;

/** The user's id for what is stored; null for the operator of the machine, who is nobody in particular. */
export const actorOf = ({ user }: Subject): string | null => (user === OPERATOR.user ? null : user);

/** The operator in one court: sets an installation up, and decides on no case. */
export const operatorIn = (court: string): Subject => ({
  user: OPERATOR.user,
  court,
  roles: ['administrator', 'filing_clerk', 'supervisor'],
  judges: [],
});
