import { z } from 'zod';
import { ACTION_NAMES } from '../../../core/access/can.js';
import { day, roleSchema, version } from './common.js';

export const signInBody = z.strictObject({ login: z.string().min(1).max(100), password: z.string().min(1).max(200) });

/** Who is signed in, with today's roles; `may` names what the pages may offer (the service checks again, each time). */
export const sessionView = z.strictObject({
  user: z.strictObject({ id: z.uuid(), login: z.string(), name: z.string() }),
  courts: z.array(
    z.strictObject({
      code: z.string(),
      name: z.string(),
      roles: z.array(roleSchema),
      judges: z.array(z.string()),
      may: z.array(z.enum(ACTION_NAMES as [string, ...string[]])),
    }),
  ),
  /** Goes back in the header `x-csrf-token` with every request that changes something. */
  csrfToken: z.string(),
  /** When the session ends whatever happens, and after how many minutes without a request it ends. */
  expiresAt: z.string(),
  idleMinutes: z.int(),
});

/** Ways to sign in that this installation offers. */
export const signInWaysView = z.strictObject({ password: z.boolean(), sso: z.boolean(), trial: z.boolean() });

export const passwordBody = z.strictObject({ current: z.string().max(200), next: z.string().min(12).max(200) });

export const postingView = z.strictObject({
  id: z.uuid(),
  role: roleSchema,
  judge: z.string().nullable(),
  from: day,
  until: day.nullable(),
});

export const userView = z.strictObject({
  id: z.uuid(),
  login: z.string(),
  name: z.string(),
  disabled: z.boolean(),
  locked: z.boolean(),
  sso: z.boolean(),
  postings: z.array(postingView),
  version,
});

/** A court has some hundreds of users at most: they come all at once. */
export const usersView = z.strictObject({ items: z.array(userView) });

export const newUserBody = z.strictObject({
  login: z.string().regex(/^[\w.@-]{2,100}$/),
  name: z.string().trim().min(1).max(100),
  postings: z
    .array(
      z.strictObject({
        role: roleSchema,
        judge: z.string().max(200).exactOptional(),
        from: day,
        until: day.exactOptional(),
      }),
    )
    .max(20),
});

/** The password is shown once, to the administrator who made the account or reset it. */
export const newUserView = z.strictObject({ user: userView, password: z.string() });

export const userChangeBody = z.strictObject({
  version,
  name: z.string().trim().min(1).max(100).exactOptional(),
  disabled: z.boolean().exactOptional(),
  unlock: z.literal(true).exactOptional(),
  subject: z.string().trim().min(1).max(200).nullable().exactOptional(),
  resetPassword: z.literal(true).exactOptional(),
  postings: newUserBody.shape.postings.exactOptional(),
});

/** With the new password where it was reset, shown once. */
export const changedUserView = z.strictObject({ user: userView, password: z.string().nullable() });
