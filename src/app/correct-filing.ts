import type { Filing } from '../core/documents/filing.js';
import { checkFiling } from '../core/routing/intake.js';
import { withNumbersAsBefore } from './numbers-as-before.js';
import { actorOf, permit } from './permit.js';
import type { Context, CourtTx, Occasion, RequestKey, StoredFiling } from './ports.js';
import { Refusal, type RefusalCode } from './refusal.js';
import { settle } from './settle.js';
import { lockedFiling, validFiling } from './stored-filing.js';

/** Puts a corrected filing in place of a faulty or waiting one and routes it at once. One that is assigned stays as it is. */
export async function correctFiling(
  { subject, service }: Context,
  id: string,
  { version, value }: { readonly version: number; readonly value: unknown },
  request?: RequestKey,
): Promise<void> {
  permit(subject, 'filing.correct');
  await service.store.act({ court: subject.court, user: actorOf(subject), request }, async (tx) => {
    const filing = await lockedFiling(tx, id, version, ['invalid', 'needs_review']);
    const restored = withNumbersAsBefore(value, filing.filing ?? filing.raw);
    await putAndSettle(tx, service, filing, restored, 'corrected', 'BODY_INVALID');
  });
}

/**
 * Answers questions that the decision asked: facts by name, others by pointer. The filing is routed anew at once, by the same seed: a
 * draw that has been made is never made again.
 */
export async function answerQuestions(
  { subject, service }: Context,
  id: string,
  { version, answers }: { readonly version: number; readonly answers: Readonly<Record<string, unknown>> },
  request?: RequestKey,
): Promise<void> {
  permit(subject, 'filing.answer');
  await service.store.act({ court: subject.court, user: actorOf(subject), request }, async (tx) => {
    const filing = validFiling(await lockedFiling(tx, id, version, ['needs_review']));
    const decision = await tx.decisionOf(id, filing.decision);
    const asked = new Set((decision?.questions ?? []).map(({ fact }) => fact));
    const value = structuredClone(filing.filing) as unknown as Json;
    for (const [fact, answer] of Object.entries(answers)) {
      if (!asked.has(fact)) {
        const message = '本件现在没有问这一项；请刷新后按现在的问题回答，要改其他内容请办理更正';
        throw new Refusal('ANSWER_INVALID', message, [{ path: `/answers/${fact}`, code: 'NOT_ASKED', message }]);
      }
      put(value, fact.startsWith('/') ? fact.slice(1).split('/') : ['facts', fact], answer);
    }
    await putAndSettle(tx, service, filing, value, 'answered', 'ANSWER_INVALID');
  });
}

type Json = Record<string, unknown>;

function put(target: Json, [key = '', ...rest]: readonly string[], answer: unknown): void {
  if (rest.length === 0) {
    target[key] = answer;
    return;
  }
  const inner = target[key] ?? {};
  target[key] = inner;
  put(inner as Json, rest, answer);
}

async function putAndSettle(
  tx: CourtTx,
  service: Context['service'],
  filing: StoredFiling,
  value: unknown,
  occasion: Occasion,
  refusal: RefusalCode,
): Promise<void> {
  const { court } = await courtOf(tx);
  const checked = checkFiling(value, { court, lawbook: tx.lawbook, seen: new Set() });
  if (!checked.ok)
    throw new Refusal(refusal, `还有 ${checked.error.length} 处要改，请按提示改正后再提交`, checked.error);
  await refuseTaken(tx, filing, checked.value);
  await tx.replaceFiling(filing.id, checked.value.id, checked.value);
  const corrected = { ...filing, reference: checked.value.id, filing: checked.value };
  await settle(tx, service, corrected, { occasion, decidedOn: tx.today });
}

async function courtOf(tx: CourtTx): Promise<{ readonly court: string }> {
  const bench = await tx.bench();
  return { court: bench?.docket.court.code ?? '' };
}

async function refuseTaken(tx: CourtTx, { id }: StoredFiling, filing: Filing): Promise<void> {
  const other = (await tx.taken([filing.id])).get(filing.id);
  if (other === undefined || other.id === id) return;
  const message = '这个登记号已经登记过另一件收案；请换一个号';
  throw new Refusal('BODY_INVALID', message, [{ path: '/id', code: 'ID_REPEATED', message }]);
}
