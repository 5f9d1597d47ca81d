import { createContext, useContext } from 'react';
import type { CourtView } from '../api/types.js';

const NOWHERE: CourtView = { code: '', name: '', roles: [], judges: [], may: [] };

export const CourtContext = createContext<CourtView>(NOWHERE);

/** The court whose desk is open, with what the signed-in person may do there. */
export const useCourt = (): CourtView => useContext(CourtContext);

/** Whether the signed-in person may do something in this court; the service checks again each time. */
export function useMay(): (action: CourtView['may'][number]) => boolean {
  const { may } = useCourt();
  return (action) => may.includes(action);
}
