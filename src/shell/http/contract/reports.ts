import { z } from 'zod';
import { day } from './common.js';

/** Both days included. */
export const registerQuery = z.strictObject({ from: day, to: day });

/** Any day of the week, Monday to Sunday. */
export const weekQuery = z.strictObject({ day });
