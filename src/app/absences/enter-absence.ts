import type { Subject } from '../../core/access/can.js';
import type { Absence } from '../../core/documents/docket.js';
import type { PlainDate } from '../../core/kernel/plain-date.js';
import { actorOf, permit } from '../permit.js';
import type { Context, CourtReads, RequestKey } from '../ports.js';
import { Refusal } from '../refusal.js';
import { benchOf } from '../stored-filing.js';

/** 请假 of one judge: the days of it, both included. */
export interface NewAbsence {
  /** Left out: of the judge who enters it. */
  readonly judge?: string;
  readonly from: PlainDate;
  /** Left out: until it is withdrawn. */
  readonly to?: PlainDate;
  readonly reason: Absence['reason'];
}

/** As many as a docket may give one judge. */
const ABSENCES_MAX = 1000;

/**
 * Enters an absence: from its first day to its last the judge takes part in no draw, and a longer one keeps earlier cases from following
 * them. Judges enter their own, the filing division anybody's. Answers with its id.
 *
 * @throws Refusal ABSENCE_INVALID for days that are past, in the wrong order, or already taken by another absence
 */
export async function enterAbsence(
  { subject, service }: Context,
  { judge: given, from, to, reason }: NewAbsence,
  request?: RequestKey,
): Promise<string> {
  const judge = judgeAway(subject, { judge: given });
  return service.store.act({ court: subject.court, user: actorOf(subject), request }, async (tx) => {
    refuseDays(from, to, tx.today);
    await refuseOverlap(tx, judge, from, to);
    const id = service.newId();
    await tx.absences.enter({ id, judge, from, to, reason });
    tx.record({ action: 'absence.enter', subject: id, body: { judge, from, to: to ?? null } });
    return id;
  });
}

/** Whose absence it is, where whoever asks may enter it. */
export function judgeAway(subject: Subject, { judge: given }: { readonly judge?: string | undefined }): string {
  const judge = given ?? onlyJudgeOf(subject.judges);
  permit(subject, 'absence.enter', judge === undefined ? {} : { about: [judge] });
  if (judge === undefined) throw invalid('/judge', 'JUDGE_MISSING', '请写明是哪一名法官请假');
  return judge;
}

const onlyJudgeOf = (judges: readonly string[]): string | undefined => (judges.length === 1 ? judges[0] : undefined);

const invalid = (path: string, code: string, message: string): Refusal =>
  new Refusal('ABSENCE_INVALID', message, [{ path, code, message }]);

export function refuseDays(from: PlainDate, to: PlainDate | undefined, today: PlainDate): void {
  if (from < today) throw invalid('/from', 'PAST', `开始日 ${from} 已经过去；请从今天或者以后的日子起登记`);
  if (to !== undefined && to < from) throw invalid('/to', 'DATE_ORDER', `结束日 ${to} 早于开始日 ${from}；请核对`);
}

export async function refuseOverlap(
  tx: CourtReads,
  judge: string,
  from: PlainDate,
  to: PlainDate | undefined,
): Promise<void> {
  const { docket } = await benchOf(tx);
  const known = docket.judges.find(({ id }) => id === judge);
  if (known === undefined) throw new Refusal('JUDGE_UNKNOWN', `本院法官名册上没有“${judge}”；请核对编号`);
  const { absences = [] } = known;
  if (absences.length >= ABSENCES_MAX) {
    throw invalid('', 'TOO_MANY', `这名法官的请假已经有 ${ABSENCES_MAX} 次，不能再登记；请先撤回不要的`);
  }
  const other = absences.find((each) => each.from <= (to ?? each.from) && from <= (each.to ?? from));
  if (other === undefined) return;
  const days = other.to == null ? `${other.from} 起` : `${other.from} 至 ${other.to}`;
  throw invalid(
    '/from',
    'OVERLAP',
    `和已有的请假（${days}）重叠；请改日期，或者先撤回那一次（随案卷导入的，由系统管理员更正案卷）`,
  );
}
