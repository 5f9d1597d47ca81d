import type { FieldError } from '../core/documents/field-errors.js';
import { mergeErrors, quoted } from '../core/documents/field-errors.js';
import type { PlainDate } from '../core/kernel/plain-date.js';
import { idOf, type RawFiling } from '../core/routing/batch.js';
import { checkFiling } from '../core/routing/intake.js';
import { actorOf, permit } from './permit.js';
import type { Context, NewFiling, RequestKey, StoredFiling } from './ports.js';
import { settleInvalid } from './settle.js';
import { benchOf } from './stored-filing.js';

export interface FiledBatch {
  readonly id: string;
  /** False where the very same batch was filed before: then nothing was done. */
  readonly isNew: boolean;
}

/**
 * Receives filings: from here on none of them is lost. Each is checked by itself; faulty ones come back as such at once, the others are
 * routed one after the other (see route-received.ts). The same batch again, or a filing that is there already word for word, changes nothing.
 */
export async function fileBatch(
  { subject, service }: Context,
  input: {
    readonly filings: readonly RawFiling[];
    readonly docketedOn?: PlainDate;
    readonly remarks?: readonly string[];
  },
  request?: RequestKey,
): Promise<FiledBatch> {
  permit(subject, 'batch.file');
  const { court } = subject;
  const user = actorOf(subject);
  const { filings, docketedOn, remarks = [] } = input;
  const digest = service.store.contentDigest({
    filings: filings.map(({ value }) => value),
    docketedOn: docketedOn ?? null,
  });
  return service.store.act({ court, user, request }, async (tx) => {
    const before = await tx.batchOf(digest);
    if (before !== undefined) return { id: before, isNew: false };
    await benchOf(tx);
    const taken = await tx.taken(filings.map(({ value }, index) => idOf(value, index)));
    const seen = new Set<string>();
    const accepted: NewFiling[] = [];
    let known = 0;
    for (const [index, raw] of filings.entries()) {
      const reference = idOf(raw.value, index);
      const checked = checkFiling(raw.value, { court, lawbook: tx.lawbook, seen });
      seen.add(reference);
      const errors: FieldError[] = mergeErrors(raw.errors ?? [], checked.ok ? [] : checked.error);
      const other = taken.get(reference);
      if (checked.ok && errors.length === 0 && other !== undefined) {
        if (other.digest === service.store.contentDigest(checked.value)) {
          known++;
          continue;
        }
        errors.push({ path: '/id', code: 'ID_REPEATED', message: repeated(reference) });
      }
      const filing = checked.ok && errors.length === 0 ? checked.value : undefined;
      accepted.push({ id: service.newId(), position: index, reference, filing, raw: raw.value, errors });
    }
    const id = service.newId();
    const said = known > 0 ? [...remarks, `${known} 件与已经登记的完全相同，没有重复登记`] : remarks;
    await tx.saveBatch({ id, seed: service.newSeed(), digest, docketedOn, remarks: said }, accepted);
    tx.record({ action: 'batch.file', subject: id, body: { digest, size: accepted.length, known } });
    for (const each of accepted) {
      if (each.filing === undefined) await settleInvalid(tx, unrouted(each, id, docketedOn), each.errors, 'filed');
    }
    await tx.putAside(
      accepted.filter(({ filing }) => filing !== undefined).map(({ reference }) => reference),
      id,
    );
    return { id, isNew: true };
  });
}

const repeated = (reference: string): string =>
  `登记号“${quoted(reference)}”已经登记过，内容不同；要改原来那件，请在它上面办理更正；要登记新的一件，请换一个号`;

const unrouted = (filing: NewFiling, batch: string, docketedOn: PlainDate | undefined): StoredFiling => ({
  ...filing,
  batch,
  docketedOn,
  seed: '',
  state: 'received',
  decision: 0,
  waitingFor: undefined,
  version: 1,
});
