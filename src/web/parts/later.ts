import { type ComponentType, lazy } from 'react';

const loads: (() => Promise<unknown>)[] = [];

/**
 * A component whose code comes after the first paint: when it is first shown, or when `fetchLater` has got it before.
 */
export function later<Props>(load: () => Promise<ComponentType<Props>>) {
  loads.push(load);
  return lazy(async () => ({ default: await load() }));
}

/**
 * Fetches all of it now. Whoever has the desk open all day must be able to open a form when the network is away, or
 * after the service has been renewed and the old files are gone.
 */
export function fetchLater(): void {
  for (const load of loads) load().catch(() => undefined);
}
