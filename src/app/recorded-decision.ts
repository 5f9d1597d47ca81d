import type { Decision } from '../core/documents/decision.js';
import { numbersIn } from '../core/law/number-masking.js';
import { permit } from './permit.js';
import type { Context, FilingState } from './ports.js';
import { Refusal } from './refusal.js';

/** In these the filing may still be drawn, by the seed that stands in every decision on it. */
const UNDECIDED: ReadonlySet<FilingState> = new Set(['received', 'needs_review']);

/**
 * A decision as it was stored, whole, with the record and the seed that its replay needs: its digest fits what is given. Nothing in it is
 * masked, or it would not; one in which somebody wrote an identity number into a text is not given at all.
 *
 * @throws Refusal FORBIDDEN, NOT_FOUND, STATE_CONFLICT
 */
export async function recordedDecision({ subject, service }: Context, id: string, number: number): Promise<Decision> {
  permit(subject, 'decision.replay');
  return service.store.read(subject.court, async (tx) => {
    const filing = await tx.filing(id);
    if (filing === undefined) throw new Refusal('NOT_FOUND', '没有这件收案；请核对编号');
    const decision = await tx.decisionOf(id, number);
    if (decision === undefined) throw new Refusal('NOT_FOUND', '本件没有第几号这个决定；请核对决定的序号');
    if (UNDECIDED.has(filing.state)) {
      throw new Refusal(
        'STATE_CONFLICT',
        '本件还没有分完：决定里的种子可以预先算出它会抽到谁，现在不能给出；请等分完之后再取',
      );
    }
    if (holdsNumber(decision)) {
      throw new Refusal(
        'FORBIDDEN',
        '这份决定的文字（例如登记号）里写有证件号码，隐去之后就不能重算，所以不能给出；请由数据库管理员从库里取',
      );
    }
    return decision;
  });
}

function holdsNumber(value: unknown): boolean {
  if (typeof value === 'string') return numbersIn(value).length > 0;
  return typeof value === 'object' && value !== null && Object.values(value).some(holdsNumber);
}
