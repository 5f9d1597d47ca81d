/** Every number that signing in and passwords go by, and how long what nobody asks for any more is kept. */

/** 等保 asks for an end of idle sessions; a working day is eight hours, so that nobody's session lasts overnight. */
export const SESSION = { idleMinutes: 15, absoluteMinutes: 8 * 60, seenEverySeconds: 60 } as const;

/**
 * Five wrong passwords in a row are more than a slip. The time doubles with every further five, so that a patient
 * guesser has some forty tries on the first day and fifteen a day after that; it stays under a working day, so that
 * nobody is shut out for good by somebody else's tries.
 */
export const LOCKOUT = { failures: 5, firstMinutes: 15, mostMinutes: 8 * 60 } as const;

/** How many unknown login names the service remembers the failures of. */
export const STRANGERS_KEPT = 10_000;

export const PASSWORD = { leastCharacters: 12, leastDifferent: 5 } as const;

/**
 * A failed sign-in is answered no sooner than this: a password takes some 30 ms to check and an account's failure some
 * 10 ms to store, and neither may tell whether there is such an account.
 */
export const FAILURE_FLOOR_MS = 250;

/** Requests a minute: an address may be a whole court behind one gateway; a login name is one person. */
export const SIGN_IN_RATE = { perAddress: 60, perLogin: 10 } as const;

/**
 * Days after which rows are deleted: sessions since they ended or ran out, so that a month of them can be looked into (the audit keeps
 * every sign-in for good); answers to requests with an idempotency key, since nobody repeats a request after a week.
 */
export const KEPT = { sessionDays: 30, answerDays: 7 } as const;
