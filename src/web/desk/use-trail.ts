import { useState } from 'react';

/** One page of a list as it was asked for. */
export interface Place {
  readonly after: string | undefined;
  /** Place of the first row in the whole list, from 1. */
  readonly from: number;
}

/** Where in a list one is, and the way on and back. */
export interface Trail {
  readonly place: Place;
  readonly on: (next: string, rows: number) => void;
  readonly back: (() => void) | undefined;
}

const START: Place = { after: undefined, from: 1 };

/** The pages of a list that were passed. Another list begins at its first page; the trail of the former one means nothing in it. */
export function useTrail(list: string): Trail {
  const [trail, setTrail] = useState<{ readonly list: string; readonly places: readonly Place[] }>({
    list,
    places: [START],
  });
  const places = trail.list === list ? trail.places : [START];
  const place = places.at(-1) ?? START;
  const go = (to: readonly Place[]): void => setTrail({ list, places: to });
  return {
    place,
    on: (next, rows) => go([...places, { after: next, from: place.from + rows }]),
    back: places.length > 1 ? () => go(places.slice(0, -1)) : undefined,
  };
}
