import { digestOf } from '../kernel/digest.js';

/** One act as the log keeps it. `body` holds digests, numbers and ids, never a party's name or number. */
export interface AuditEvent {
  readonly court: string;
  /** From 1, without gaps. */
  readonly seq: number;
  /** An instant, ISO 8601 in UTC. */
  readonly at: string;
  /** The user's id; null for the service itself. */
  readonly actor: string | null;
  readonly action: string;
  readonly subject: string;
  readonly body: unknown;
  /** The hash of the event before; of the first, 64 zeros. */
  readonly previous: string;
  readonly hash: string;
}

export const GENESIS = '0'.repeat(64);

/** The hash of an event: SHA-256 over the canonical JSON of everything else in it. */
export const hashOf = (event: Omit<AuditEvent, 'hash'>): string => digestOf(event);

/** Appends to a chain: the event that follows its last one. */
export function nextEvent(
  head: { readonly seq: number; readonly hash: string },
  act: Pick<AuditEvent, 'court' | 'at' | 'actor' | 'action' | 'subject' | 'body'>,
): AuditEvent {
  const { court, at, actor, action, subject, body } = act;
  const event = { court, seq: head.seq + 1, at, actor, action, subject, body, previous: head.hash };
  return { ...event, hash: hashOf(event) };
}

/** Where a chain breaks. */
export interface Break {
  readonly seq: number;
  readonly text: string;
}

/** Checks a run of events that follows `head`; returns the first place where it breaks, or the new head. */
export function verifyChain(
  events: readonly AuditEvent[],
  head: { readonly seq: number; readonly hash: string } = { seq: 0, hash: GENESIS },
): { readonly head: { readonly seq: number; readonly hash: string }; readonly broken?: Break } {
  let last = head;
  for (const event of events) {
    const { hash, ...rest } = event;
    const seq = last.seq + 1;
    if (event.seq !== seq)
      return { head: last, broken: { seq, text: `缺少第 ${seq} 条（下一条是第 ${event.seq} 条）` } };
    if (event.previous !== last.hash) return { head: last, broken: { seq, text: `第 ${seq} 条与前一条接不上` } };
    if (hashOf(rest) !== hash) return { head: last, broken: { seq, text: `第 ${seq} 条的内容与它的摘要不符` } };
    last = { seq, hash };
  }
  return { head: last };
}
