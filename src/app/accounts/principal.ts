import { type Action, can, type Subject } from '../../core/access/can.js';
import { Refusal } from '../refusal.js';

/** Who a request is made by, with the roles of today. */
export interface Principal {
  readonly user: string;
  readonly login: string;
  readonly name: string;
  /** By court code; a court where the person has no role today is not in it. */
  readonly courts: ReadonlyMap<string, Subject>;
  /** Whoever runs commands on the service's own machine. */
  readonly operator?: true;
}

/** What the operator may do, in every court: set up an installation, and nothing that decides on a case. */
export const OPERATOR_ACTIONS: readonly Action[] = [
  'docket.import',
  'docket.export',
  'ruling.read',
  'release.read',
  'batch.file',
  'clock.read',
  'user.read',
  'user.manage',
];

export const OPERATOR: Principal = {
  user: 'operator',
  login: 'operator',
  name: '本机管理命令',
  courts: new Map(),
  operator: true,
};

/** The user's id for what is stored; null for the operator, who is nobody in particular. */
export const actorOf = ({ operator, user }: Principal): string | null => (operator ? null : user);

const noSuchCourt = () => new Refusal('NOT_FOUND', '没有这个法院，或者您在这个法院没有职务，请核对');

/** Who a principal is in a court. @throws Refusal NOT_FOUND where they have no role in it, as if there were no such court */
export function subjectIn({ courts }: Principal, court: string): Subject {
  const subject = courts.get(court);
  if (subject === undefined) throw noSuchCourt();
  return subject;
}

/** Why a principal may not do something in a court; undefined where they may. */
function objection({ operator, courts }: Principal, action: Action, court: string): Refusal | undefined {
  if (operator) {
    if (OPERATOR_ACTIONS.includes(action)) return undefined;
    return new Refusal('FORBIDDEN', '本机管理命令不能办这件事，请登录后用自己的账号办理');
  }
  const subject = courts.get(court);
  if (subject === undefined) return noSuchCourt();
  const verdict = can(subject, action, { court });
  return verdict.allowed ? undefined : new Refusal('FORBIDDEN', verdict.text);
}

/**
 * Refuses what a principal may not do in a court.
 *
 * @throws Refusal NOT_FOUND where they have no role in it, as if there were no such court; FORBIDDEN otherwise
 */
export function demand(principal: Principal, action: Action, court: string): void {
  const refusal = objection(principal, action, court);
  if (refusal !== undefined) throw refusal;
}

/** Whether `demand` would let it pass. */
export const mayDo = (principal: Principal, action: Action, court: string): boolean =>
  objection(principal, action, court) === undefined;
