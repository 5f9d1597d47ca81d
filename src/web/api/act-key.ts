import { useRef } from 'react';

/** A random UUID; `crypto.randomUUID` is missing where a court's network serves the desk without TLS. */
function randomUuid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/**
 * The idempotency key of an act: the same as long as the same thing is tried again, another once something else is
 * meant or the act has been done.
 */
export function useActKey(): { readonly keyFor: (what: unknown) => string; readonly done: () => void } {
  const last = useRef<{ readonly what: string; readonly key: string } | undefined>(undefined);
  const keyFor = (what: unknown): string => {
    const text = JSON.stringify(what);
    if (last.current?.what !== text) last.current = { what: text, key: randomUuid() };
    return last.current.key;
  };
  return {
    keyFor,
    done: () => {
      last.current = undefined;
    },
  };
}
