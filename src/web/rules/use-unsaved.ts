import { useCallback, useEffect, useRef, useState } from 'react';
import { useSession } from '../app/session-boundary.js';
import { keepUnsaved, readUnsaved, type Unsaved, type UnsavedTexts } from './unsaved.js';

export interface UnsavedWork {
  readonly texts: UnsavedTexts;
  /** What the browser had kept from an earlier visit. */
  readonly restored: UnsavedTexts;
  /** False where the browser keeps nothing: then the page has to stay open. */
  readonly isKept: boolean;
  readonly put: (path: string, unsaved: Unsaved) => void;
  readonly drop: (path: string) => void;
  /** A text was saved: what was typed since stays, over that save. */
  readonly saved: (path: string, text: string, as: Pick<Unsaved, 'revision' | 'base'>) => void;
}

const KEEP_AFTER_MS = 300;

/** What somebody has typed in a draft and not saved; the browser keeps it until it is. */
export function useUnsaved(draft: string): UnsavedWork {
  const { user } = useSession();
  const [texts, setTexts] = useState(() => readUnsaved(window.localStorage, user.id, draft));
  const [restored] = useState(texts);
  const [isKept, setKept] = useState(true);
  const latest = useRef(texts);
  const keep = useCallback(() => {
    setKept(keepUnsaved(window.localStorage, user.id, draft, latest.current));
  }, [user.id, draft]);
  useEffect(() => {
    latest.current = texts;
    const timer = window.setTimeout(keep, KEEP_AFTER_MS);
    return () => window.clearTimeout(timer);
  }, [texts, keep]);
  useEffect(() => {
    // A page that is left within the pause loses nothing either.
    const last = (): void => void keepUnsaved(window.localStorage, user.id, draft, latest.current);
    window.addEventListener('pagehide', last);
    return () => {
      window.removeEventListener('pagehide', last);
      last();
    };
  }, [user.id, draft]);
  const put = useCallback((path: string, unsaved: Unsaved): void => {
    setTexts((before) => new Map(before).set(path, unsaved));
  }, []);
  const drop = useCallback((path: string): void => {
    setTexts((before) => without(before, path));
  }, []);
  const saved = useCallback((path: string, text: string, as: Pick<Unsaved, 'revision' | 'base'>): void => {
    setTexts((before) => {
      const now = before.get(path);
      if (now === undefined || now.text === text) return without(before, path);
      return new Map(before).set(path, { ...as, text: now.text });
    });
  }, []);
  return { texts, restored, isKept, put, drop, saved };
}

function without(texts: UnsavedTexts, path: string): UnsavedTexts {
  const rest = new Map(texts);
  rest.delete(path);
  return rest;
}
