import { type Action, can, type Resource, type Subject } from '../core/access/can.js';
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
