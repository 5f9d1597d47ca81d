import { checkDocket } from '../core/routing/docket-check.js';
import { actorOf, permit } from './permit.js';
import type { Context, RequestKey } from './ports.js';
import { Refusal } from './refusal.js';

/** As an export writes it unless it is asked for whole ones. */
const MASKED_NUMBER = /"idNumber":"[^"]*\*/;

export interface Imported {
  readonly judges: number;
  readonly added: number;
  readonly changed: number;
  readonly same: number;
  readonly remarks: readonly string[];
}

/**
 * Takes a docket over: court, divisions, judges and parameters as it says; its cases are added or, under the same number, changed; cases
 * that it does not name stay, and so do filings. The same docket again changes nothing.
 */
export async function importDocket(
  { subject, service }: Context,
  value: unknown,
  request?: RequestKey,
): Promise<Imported> {
  permit(subject, 'docket.import');
  const checked = checkDocket(value, await service.editions.now());
  if (!checked.ok) {
    throw new Refusal('DOCKET_INVALID', `案卷有 ${checked.error.length} 处不合格式，请改正后再导入`, checked.error);
  }
  const { docket, remarks } = checked.value;
  const text = JSON.stringify(docket);
  if (text.includes('\\u0000')) {
    throw new Refusal(
      'DOCKET_INVALID',
      '案卷的文字里有看不见的空字符（NUL），数据库存不下；请在导出案卷的系统里去掉后再导入',
    );
  }
  if (MASKED_NUMBER.test(text)) {
    throw new Refusal(
      'DOCKET_INVALID',
      '案卷里有隐去了中间几位的证件号码，导入会盖掉库里完整的号码；请用写有完整号码的案卷（导出时加 --with-numbers）',
    );
  }
  if (docket.court.code !== subject.court) {
    throw new Refusal('DOCKET_INVALID', `案卷是“${docket.court.code}”的，不是“${subject.court}”的；请核对选的法院`);
  }
  return service.store.act({ court: subject.court, user: actorOf(subject), request }, async (tx) => {
    const { cases, ...bench } = docket;
    await tx.saveBench(bench);
    const counts = await tx.saveDocketCases(cases);
    await tx.openLedger(docket.judges);
    const digest = service.store.contentDigest(docket);
    tx.record({ action: 'docket.import', subject: subject.court, body: { digest, ...counts } });
    return { judges: docket.judges.length, ...counts, remarks };
  });
}
