import type { Role } from '../../core/access/can.js';
import { isLocked } from './lockout.js';
import type { AccountFacts, Posting } from './ports.js';
import { inOrder } from './posting-plan.js';

/** A user as the administrators and the auditors of a court see them: with the postings in that court alone. */
export interface UserView {
  readonly id: string;
  readonly login: string;
  readonly name: string;
  readonly disabled: boolean;
  readonly locked: boolean;
  readonly sso: boolean;
  readonly postings: readonly {
    readonly id: string;
    readonly role: Role;
    readonly judge: string | null;
    readonly from: string;
    readonly until: string | null;
  }[];
  readonly version: number;
}

export const userView = (account: AccountFacts, postings: readonly Posting[], now: string): UserView => ({
  id: account.id,
  login: account.login,
  name: account.name,
  disabled: account.disabledAt !== null,
  locked: isLocked(account, now),
  sso: account.subject !== null,
  postings: [...postings].sort(inOrder).map(({ id, role, judge, from, until }) => ({ id, role, judge, from, until })),
  version: account.version,
});
