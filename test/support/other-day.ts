/** The whole program on another day: what it starts with, and what a page is given. */
import type { BrowserContext } from 'playwright-core';
import { goAhead } from './shifted-clock.mjs';

const SHIFTED = new URL('./shifted-clock.mjs', import.meta.url).href;

/** How much later than now it is at an instant of another day. */
export const aheadTo = (instant: string): number => Date.parse(instant) - Date.now();

export const environmentAhead = (ms: number): Readonly<Record<string, string>> => ({
  NODE_OPTIONS: `--import=${SHIFTED}`,
  CLOCK_AHEAD_MS: String(ms),
});

/** A page's own clock is the clerk's: the days that forms begin with. */
export const pagesAhead = (context: BrowserContext, ms: number): Promise<unknown> =>
  context.addInitScript(`(${goAhead.toString()})(${ms})`);
