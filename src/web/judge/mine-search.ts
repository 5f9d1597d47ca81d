import { getRouteApi } from '@tanstack/react-router';

const VIEWS = ['held', 'objections', 'clocks', 'absences', 'notices'] as const;
export type MineView = 'new' | (typeof VIEWS)[number];

/** What the address of the judge's desk says: which part, and what is open beside it. Opaque ids, no names. */
export interface MineSearch {
  readonly view?: (typeof VIEWS)[number];
  readonly filing?: string;
  /** The flow by which the open filing is objected to. */
  readonly object?: string;
  readonly run?: string;
  /** The month that the calendar shows, `2026-03`; without one the list is shown. */
  readonly month?: string;
}

const isView = (value: unknown): value is (typeof VIEWS)[number] => VIEWS.some((view) => view === value);

/** Reads an address that somebody may have written by hand: what it does not know it leaves out. */
export function readMineSearch(raw: Readonly<Record<string, unknown>>): MineSearch {
  const { view, filing, object, run, month } = raw;
  return {
    ...(isView(view) && { view }),
    ...(typeof filing === 'string' && { filing }),
    ...(typeof object === 'string' && { object }),
    ...(typeof run === 'string' && { run }),
    ...(typeof month === 'string' && /^(?:19|20|21)\d{2}-(?:0[1-9]|1[0-2])$/.test(month) && { month }),
  };
}

/** The address of the judge's desk. */
export const mineAddress = getRouteApi('/mine/$court');
