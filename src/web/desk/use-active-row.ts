import { useCallback, useEffect, useRef, useState } from 'react';
import { rowButtonId } from './row-button.js';
import type { Rows } from './use-rows.js';

/** The row that keys act on, and how they move it. */
export interface ActiveRow {
  readonly active: string | undefined;
  readonly setActive: (id: string) => void;
  /** The row before or after; the page before or after at the end of this one. Gives the id of a row of this page. */
  readonly move: (step: 1 | -1, from?: string) => string | undefined;
  readonly focus: (id: string | undefined) => void;
}

function focusRow(id: string | undefined): void {
  const target =
    (id === undefined ? null : document.getElementById(rowButtonId(id))) ?? document.getElementById('list-title');
  target?.focus();
  target?.scrollIntoView({ block: 'nearest' });
}

/** Keeps one row active while rows come, go and turn over; another list begins at its first row. */
export function useActiveRow(
  { rows, next, previous, isStale }: Pick<Rows<{ readonly id: string }>, 'rows' | 'next' | 'previous' | 'isStale'>,
  list: string,
): ActiveRow {
  const [chosen, setChosen] = useState<{ readonly list: string; readonly id: string | undefined }>();
  const place = useRef({ list, at: 0 });
  if (place.current.list !== list) place.current = { list, at: 0 };
  const wanted = chosen?.list === list ? chosen.id : undefined;
  const setWanted = useCallback((id: string | undefined): void => setChosen({ list, id }), [list]);
  const turning = useRef<'first' | 'last' | undefined>(undefined);
  const found = rows.findIndex(({ id }) => id === wanted);
  // A row that has left the list hands over to the one that took its place.
  const at = found >= 0 ? found : Math.min(place.current.at, rows.length - 1);
  const active = rows[at]?.id;
  place.current.at = Math.max(0, at);

  useEffect(() => {
    if (turning.current === undefined || isStale || rows.length === 0) return;
    const row = turning.current === 'first' ? rows[0] : rows.at(-1);
    turning.current = undefined;
    setWanted(row?.id);
    window.requestAnimationFrame(() => focusRow(row?.id));
  }, [rows, isStale, setWanted]);

  return {
    active,
    setActive: setWanted,
    focus: focusRow,
    move: (step, from) => {
      const start = from === undefined ? at : rows.findIndex(({ id }) => id === from);
      const row = rows[start + step];
      if (row !== undefined) {
        setWanted(row.id);
        return row.id;
      }
      const turn = step === 1 ? next : previous;
      if (turn !== undefined && rows.length > 0) {
        turning.current = step === 1 ? 'first' : 'last';
        turn();
      }
      return undefined;
    },
  };
}
