import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { changePassword } from '../../src/app/accounts/change-password.js';
import { changeUser, type UserChange } from '../../src/app/accounts/change-user.js';
import { createUser } from '../../src/app/accounts/create-user.js';
import { currentSession } from '../../src/app/accounts/current-session.js';
import { listUsers } from '../../src/app/accounts/list-users.js';
import { passwordWeakness } from '../../src/app/accounts/password-policy.js';
import type { Posting } from '../../src/app/accounts/ports.js';
import { auditsOwnWork, planPostings, type WantedPosting } from '../../src/app/accounts/posting-plan.js';
import { OPERATOR, type Principal } from '../../src/app/accounts/principal.js';
import { signIn } from '../../src/app/accounts/sign-in.js';
import { signInBySubject } from '../../src/app/accounts/sign-in-by-subject.js';
import { signOut } from '../../src/app/accounts/sign-out.js';
import { holdsOn, subjectOn } from '../../src/app/accounts/subject.js';
import { Refusal } from '../../src/app/refusal.js';
import { ROLES, type Role } from '../../src/core/access/can.js';
import { addDays, plainDate } from '../../src/core/kernel/plain-date.js';
import { COURT, GOOD, memoryPorts, OTHER, refusalOf } from '../support/accounts.js';
import { runs } from '../support/arbitraries.js';

const TODAY = plainDate('2026-03-09');
const address = '10.0.0.7';
const clerk: WantedPosting = { role: 'filing_clerk', from: '2026-01-01' };
const manager: WantedPosting = { role: 'administrator', from: '2026-01-01' };

/** A court with an administrator and a clerk, both with passwords of their own. */
async function court() {
  const { ports, store, clock } = memoryPorts();
  const admin = await createUser(ports, OPERATOR, COURT, { login: 'admin', name: '管理', postings: [manager] });
  const made = await createUser(ports, OPERATOR, COURT, { login: 'Wang.Li', name: '王立', postings: [clerk] });
  const enter = (password: string, login = 'wang.li') => signIn(ports, { login, password, address });
  const adminNow = async (): Promise<Principal> => (await enter(admin.password, 'admin')).current.principal;
  const change = async (what: Omit<UserChange, 'version'>, by?: Principal) => {
    const version = store.state.accounts.get(made.user.id)?.version ?? 0;
    return changeUser(ports, by ?? (await adminNow()), { court: COURT, user: made.user.id }, { version, ...what });
  };
  return { ports, store, clock, admin, user: made.user, password: made.password, enter, adminNow, change };
}
const actions = (acts: readonly { action: string; court: string | null }[]) =>
  acts.map(({ action, court: where }) => `${action}@${where}`);

describe('a session', () => {
  const steps = fc.array(fc.record({ minutes: fc.double({ min: 0.1, max: 16, noNaN: true }), passive: fc.boolean() }), {
    minLength: 1,
    maxLength: 60,
  });

  test('ends after 15 minutes without a request or 8 hours, and no more than a minute sooner', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (all) => {
        const { ports, clock, enter, password } = await court();
        const { token } = await enter(password);
        let [age, idle, ended] = [0, 0, false];
        for (const { minutes, passive } of all) {
          clock.pass(minutes);
          age += minutes;
          idle += minutes;
          const holds = (await currentSession(ports, token, { passive })) !== undefined;
          if (ended || age >= 8 * 60 || idle >= 15) expect(holds).toBe(false);
          else if (idle < 14) expect(holds).toBe(true);
          ended ||= !holds;
          if (holds && !passive) idle = 0;
        }
      }),
      runs(60),
    );
  });

  test('exactly at the limit it is over', async () => {
    const { ports, clock, enter, password } = await court();
    const { token } = await enter(password);
    clock.pass(14.99);
    expect(await currentSession(ports, token)).toBeDefined();
    clock.pass(15);
    expect(await currentSession(ports, token)).toBeUndefined();
  });

  test('is another one at each sign-in, and nothing once it is signed out', async () => {
    const { ports, enter, password } = await court();
    const [first, second] = [await enter(password), await enter(password)];
    expect(first.token).not.toBe(second.token);
    await signOut(ports, { token: first.token, address });
    await signOut(ports, { token: first.token, address });
    expect(await currentSession(ports, first.token)).toBeUndefined();
    expect(await currentSession(ports, second.token)).toBeDefined();
    expect(await currentSession(ports, 'made up')).toBeUndefined();
  });

  test('is stored without its token', async () => {
    const { store, enter, password } = await court();
    const { token } = await enter(password);
    expect(JSON.stringify([...store.state.sessions.entries()])).not.toContain(token);
  });
});

describe('failed sign-ins', () => {
  const tries = fc.array(fc.record({ minutes: fc.integer({ min: 0, max: 40 }), right: fc.boolean() }), {
    minLength: 1,
    maxLength: 40,
  });

  /** Until when an account is locked, read from the requirement and not from the program. */
  function model() {
    let [failures, lockedUntil] = [0, 0];
    return (now: number, right: boolean): string | undefined => {
      if (now < lockedUntil) return 'ACCOUNT_LOCKED';
      if (right) {
        failures = 0;
        return undefined;
      }
      failures += 1;
      if (failures % 5 !== 0) return 'SIGN_IN_FAILED';
      lockedUntil = now + Math.min(480, 15 * 2 ** (failures / 5 - 1));
      return 'ACCOUNT_LOCKED';
    };
  }

  test('lock the account for 15 minutes after five, then for twice as long, whatever the password', async () => {
    await fc.assert(
      fc.asyncProperty(tries, async (all) => {
        const { clock, enter, password } = await court();
        const expected = model();
        let now = 0;
        for (const { minutes, right } of all) {
          clock.pass(minutes);
          now += minutes;
          const code = await refusalOf(enter(right ? password : 'wrong password'));
          expect(code).toBe(expected(now, right));
        }
      }),
      runs(60),
    );
  });

  test('get the same answers with a name that nobody has, locks and all', async () => {
    const minutes = fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(minutes, async (all) => {
        const { clock, enter } = await court();
        const answer = async (login: string) => {
          const refusal: unknown = await enter('wrong password', login).catch((error: unknown) => error);
          return refusal instanceof Refusal ? [refusal.code, refusal.message, refusal.errors] : refusal;
        };
        for (const each of all) {
          clock.pass(each);
          expect(await answer('nobody')).toEqual(await answer('wang.li'));
        }
      }),
      runs(40),
    );
  });

  test('check one password and wait for the same moment, whether there is such an account or not', async () => {
    const { ports } = await court();
    for (const login of ['nobody', 'wang.li']) {
      let [checked, waited] = [0, false];
      const counting = {
        ...ports,
        passwords: {
          ...ports.passwords,
          verify: async () => {
            checked += 1;
            return false;
          },
        },
        failureFloor: async () => {
          await new Promise(setImmediate);
          waited = true;
        },
      };
      await refusalOf(signIn(counting, { login, password: GOOD, address }));
      expect([login, checked, waited]).toEqual([login, 1, true]);
    }
  });

  test('leave some forty tries a day to whoever keeps trying', async () => {
    const { clock, enter, store } = await court();
    for (let minute = 0; minute < 24 * 60; minute++) {
      await refusalOf(enter('wrong password'));
      clock.pass(1);
    }
    const looked = store.state.acts.filter(({ body }) => (body as { reason?: string }).reason === 'password');
    expect(looked.length).toBeLessThanOrEqual(40);
  });

  test('that come all at once do not get past the lock', async () => {
    const { enter, password } = await court();
    const guesses = Array.from({ length: 9 }, () => refusalOf(enter('wrong password')));
    expect((await Promise.all([...guesses, refusalOf(enter(password))])).at(-1)).toBe('ACCOUNT_LOCKED');
  });

  test('with a password that was reset while it was checked stay outside', async () => {
    const { ports, enter, password, change } = await court();
    const verify = ports.passwords.verify;
    let slowly: Promise<unknown> | undefined;
    ports.passwords.verify = async (hash, given) => {
      ports.passwords.verify = verify;
      const matches = await verify(hash, given);
      slowly = change({ resetPassword: true });
      await slowly;
      return matches;
    };
    expect(await refusalOf(enter(password))).toBe('SIGN_IN_FAILED');
    expect(slowly).toBeDefined();
  });

  test('are all in the log, without names and passwords', async () => {
    const { store, clock, enter, password } = await court();
    store.state.acts = [];
    for (let i = 0; i < 5; i++) await refusalOf(enter('my secret guess'));
    await refusalOf(enter(password));
    await refusalOf(enter('my secret guess', 'my secret login'));
    clock.pass(15);
    await enter(password);
    expect(actions(store.state.acts)).toEqual([
      ...Array<string>(5).fill(`session.fail@${COURT}`),
      `user.lock@${COURT}`,
      `session.fail@${COURT}`,
      'session.fail@null',
      `session.start@${COURT}`,
    ]);
    expect(JSON.stringify(store.state.acts)).not.toMatch(/secret|Wang|王立|made-up/);
  });
});

describe('what is taken from somebody is gone with the next request', () => {
  const losses: fc.Arbitrary<Omit<UserChange, 'version'>> = fc.constantFrom(
    { disabled: true },
    { resetPassword: true as const },
    { subject: 'someone-else' },
    { postings: [] as WantedPosting[] },
    { postings: [{ role: 'supervisor' as const, from: TODAY }] },
    { postings: [{ ...clerk, until: addDays(TODAY, -1) }] },
  );

  test('the session or the role', async () => {
    await fc.assert(
      fc.asyncProperty(losses, async (loss) => {
        const { ports, enter, password, change } = await court();
        const { token, current } = await enter(password);
        expect(current.principal.courts.get(COURT)?.roles).toEqual(['filing_clerk']);
        await change(loss);
        const after = await currentSession(ports, token);
        if (loss.postings === undefined) expect(after).toBeUndefined();
        else expect(after?.principal.courts.get(COURT)?.roles ?? []).not.toContain('filing_clerk');
      }),
      runs(20),
    );
  });

  test('a disabled user does not get in again, and learns why only with the right password', async () => {
    const { enter, password, change } = await court();
    await change({ disabled: true });
    await expect(enter(password)).rejects.toThrow('账号已停用');
    await expect(enter('wrong password')).rejects.toThrow('登录名或者密码不对');
    await change({ disabled: false });
    expect((await enter(password)).current.principal.login).toBe('Wang.Li');
  });

  test('whoever was disabled behind the service’s back is out too', async () => {
    const { ports, store, clock, user, enter, password } = await court();
    const { token } = await enter(password);
    await store.update(user.id, { disabledAt: clock.now() });
    expect(await currentSession(ports, token)).toBeUndefined();
  });

  test('an administrator unlocks', async () => {
    const { enter, password, change } = await court();
    for (let i = 0; i < 5; i++) await refusalOf(enter('wrong password'));
    expect(await refusalOf(enter(password))).toBe('ACCOUNT_LOCKED');
    expect((await change({ unlock: true })).user.locked).toBe(false);
    expect(await refusalOf(enter(password))).toBeUndefined();
  });

  test('a role of tomorrow is no role of today', async () => {
    const { change, enter, password, clock, ports } = await court();
    await change({ postings: [{ role: 'supervisor', from: addDays(TODAY, 1) }] });
    expect([...(await enter(password)).current.principal.courts]).toEqual([]);
    clock.pass(16 * 60);
    const { token } = await enter(password);
    expect((await currentSession(ports, token))?.principal.courts.get(COURT)?.roles).toEqual(['supervisor']);
  });
});

describe('changing a password', () => {
  test('ends all other sessions of the user, and no one else’s', async () => {
    const { ports, admin, enter, password } = await court();
    const [own, other] = [await enter(password), await enter(password)];
    const bystander = await enter(admin.password, 'admin');
    await changePassword(ports, { session: own.current, current: password, next: GOOD, address });
    expect(await currentSession(ports, own.token)).toBeDefined();
    expect(await currentSession(ports, other.token)).toBeUndefined();
    expect(await currentSession(ports, bystander.token)).toBeDefined();
    expect(await refusalOf(enter(password))).toBe('SIGN_IN_FAILED');
    expect(await refusalOf(enter(GOOD))).toBeUndefined();
  });

  test('needs the present one, and wrong ones lock as they do at the door', async () => {
    const { ports, enter, password } = await court();
    const { current: session } = await enter(password);
    const attempt = (current: string) => refusalOf(changePassword(ports, { session, current, next: GOOD, address }));
    for (let i = 0; i < 4; i++) expect(await attempt('wrong password')).toBe('PASSWORD_WRONG');
    expect(await attempt('wrong password')).toBe('ACCOUNT_LOCKED');
    expect(await attempt(password)).toBe('ACCOUNT_LOCKED');
    expect(await refusalOf(enter(GOOD))).toBe('ACCOUNT_LOCKED');
  });

  test.each([
    ['十一个字符的密码在这里', '太短'],
    ['wang.li-2026-spring', '登录名'],
    ['WANG.LI-2026-spring', '登录名'],
    ['passwordPASSWORD', '最常见'],
    ['１ｑ２ｗ３ｅ４ｒ５ｔ６ｙ', '最常见'],
    ['ababababababab', '重复太多'],
  ])('%s is refused: %s', (password, why) => {
    expect(passwordWeakness(password, 'Wang.Li')).toContain(why);
  });

  test('a sentence of one’s own will do', () => {
    expect(passwordWeakness(GOOD, 'wang.li')).toBeUndefined();
    expect(passwordWeakness('correct horse battery', 'wang.li')).toBeUndefined();
  });
});

describe('postings', () => {
  const days = fc.integer({ min: -20, max: 20 });
  const terms = fc
    .record({
      role: fc.constantFrom<Role>('filing_clerk', 'supervisor', 'judge'),
      from: days,
      length: fc.option(fc.integer({ min: 0, max: 15 })),
    })
    .map(({ role, from, length }) => ({
      role,
      judge: role === 'judge' ? 'M1' : null,
      from: addDays(TODAY, from),
      until: length === null ? null : addDays(TODAY, from + length),
    }));
  const before = fc
    .array(terms, { maxLength: 5 })
    .map((all) => all.map((each, index): Posting => ({ id: `p${index}`, court: COURT, ...each })));
  const wanted = fc.tuple(before, fc.array(terms, { maxLength: 4 }), fc.nat(15)).map(([held, fresh, mask]) => ({
    held,
    wanted: [...held.filter((_, index) => (mask >> index) % 2 === 1), ...fresh].map(({ role, judge, from, until }) => ({
      role,
      judge,
      from,
      until,
    })),
  }));
  const plan = (held: readonly Posting[], all: Parameters<typeof planPostings>[2]) => {
    let count = 0;
    return planPostings(COURT, held, all, { today: TODAY, id: () => `new${++count}` });
  };
  const rolesOn = (postings: readonly Posting[], offset: number) => {
    const subject = subjectOn('u', COURT, postings, addDays(TODAY, offset));
    return subject?.roles ?? [];
  };

  test('what is asked for holds from today on, and the past stays as it was', () => {
    fc.assert(
      fc.property(wanted, ({ held, wanted: all }) => {
        const { after, moves } = plan(held, all);
        const asked = all.map((each, index): Posting => ({ id: `w${index}`, court: COURT, ...each }));
        for (let offset = 0; offset <= 20; offset++) expect(rolesOn(after, offset)).toEqual(rolesOn(asked, offset));
        const kept = after.filter(({ id }) => !moves.insert.some((posting) => posting.id === id));
        for (let offset = -20; offset < 0; offset++) expect(rolesOn(kept, offset)).toEqual(rolesOn(held, offset));
      }),
      runs(300),
    );
  });

  test('a posting that is prolonged or cut short stays the same posting', () => {
    const held: Posting = {
      id: 'p',
      court: COURT,
      role: 'reviewer',
      judge: null,
      from: addDays(TODAY, -9),
      until: null,
    };
    for (const days of [0, 5]) {
      const until = addDays(TODAY, days);
      const { id: _, court: __, ...asked } = { ...held, until };
      expect(plan([held], [asked])).toEqual({
        moves: { insert: [], until: [{ id: 'p', until }], remove: [] },
        after: [{ ...held, until }],
      });
    }
  });

  test('asking again for what stands changes nothing', () => {
    fc.assert(
      fc.property(wanted, ({ held, wanted: all }) => {
        const { after } = plan(held, all);
        expect(plan(after, after).moves).toEqual({ insert: [], until: [], remove: [] });
      }),
      runs(200),
    );
  });

  test('the moves lead to what the plan says', () => {
    fc.assert(
      fc.property(wanted, ({ held, wanted: all }) => {
        const { after, moves } = plan(held, all);
        const ends = new Map(moves.until.map(({ id, until }) => [id, until]));
        const moved = held
          .filter(({ id }) => !moves.remove.includes(id))
          .map((posting) => (ends.has(posting.id) ? { ...posting, until: ends.get(posting.id) } : posting));
        const byId = (postings: readonly { id: string }[]) => [...postings].sort((a, b) => (a.id < b.id ? -1 : 1));
        expect(byId([...moved, ...moves.insert])).toEqual(byId(after));
      }),
      runs(200),
    );
  });

  test('somebody audits their own work exactly when there is such a day', () => {
    const role = fc.constantFrom<Role>('auditor', 'administrator');
    const postings = fc.array(
      fc.tuple(terms, role).map(([each, as]) => ({ ...each, role: as, judge: null })),
      {
        maxLength: 3,
      },
    );
    fc.assert(
      fc.property(postings, (all) => {
        const offsets = Array.from({ length: 80 }, (_, index) => index - 25);
        const holds = (as: Role, offset: number) =>
          all.some((each) => each.role === as && holdsOn({ id: '', court: COURT, ...each }, addDays(TODAY, offset)));
        const shared = offsets.some((offset) => holds('auditor', offset) && holds('administrator', offset));
        expect(auditsOwnWork(all)).toBe(shared);
      }),
      runs(200),
    );
  });

  test.each<[WantedPosting, string]>([
    [{ role: 'judge', from: '2026-01-01' }, '/postings/0/judge'],
    [{ role: 'reviewer', judge: 'M1', from: '2026-01-01' }, '/postings/0/judge'],
    [{ role: 'reviewer', from: '2026-02-30' }, '/postings/0/from'],
    [{ role: 'reviewer', from: '2026-02-02', until: '2026-02-01' }, '/postings/0/until'],
  ])('%j is refused at %s', async (posting, path) => {
    const { change } = await court();
    await expect(change({ postings: [posting] })).rejects.toMatchObject({ code: 'USER_INVALID', errors: [{ path }] });
  });

  test('a judge is of the docket; auditor and administrator are two people; nobody is left with none', async () => {
    const { ports, change, adminNow } = await court();
    expect(await refusalOf(change({ postings: [{ role: 'judge', judge: 'M9', from: TODAY }] }))).toBe('JUDGE_UNKNOWN');
    const both = ROLES.filter((role) => role === 'auditor' || role === 'administrator');
    const postings = both.map((role) => ({ role, from: TODAY }));
    expect(await refusalOf(change({ postings }))).toBe('USER_INVALID');
    const none = createUser(ports, await adminNow(), COURT, { login: 'new', name: '新', postings: [] });
    expect(await refusalOf(none)).toBe('USER_INVALID');
    expect(await ports.store.byLogin('new')).toBeUndefined();
  });
});

describe('an administrator', () => {
  test('sees and changes the users of their own court alone', async () => {
    const { ports, user, enter, adminNow, change } = await court();
    const far = await createUser(ports, OPERATOR, OTHER, { login: 'far', name: '远', postings: [manager] });
    const outsider = (await enter(far.password, 'far')).current.principal;
    expect((await listUsers(ports, await adminNow(), COURT)).map(({ login }) => login)).toEqual(['Wang.Li', 'admin']);
    expect((await listUsers(ports, outsider, OTHER)).map(({ login }) => login)).toEqual(['far']);
    expect(await refusalOf(listUsers(ports, outsider, COURT))).toBe('NOT_FOUND');
    expect(await refusalOf(change({ disabled: true }, outsider))).toBe('NOT_FOUND');
    const reaching = changeUser(ports, outsider, { court: OTHER, user: user.id }, { version: 1, disabled: true });
    expect(await refusalOf(reaching)).toBe('NOT_FOUND');
  });

  test('does not take over an account that reaches into another court', async () => {
    const { ports, store, user, adminNow, change, enter, password } = await court();
    await store.movePostings(OTHER, user.id, {
      insert: [{ id: 'elsewhere', court: OTHER, role: 'supervisor', judge: null, from: TODAY, until: null }],
      until: [],
      remove: [],
    });
    const takes: Omit<UserChange, 'version'>[] = [{ resetPassword: true }, { subject: 'mine' }, { disabled: true }];
    for (const take of takes) expect(await refusalOf(change(take))).toBe('FORBIDDEN');
    const { user: after } = await change({ postings: [{ role: 'reviewer', from: TODAY }] });
    expect(after.postings.map(({ role }) => role)).toEqual(['filing_clerk', 'reviewer']);
    expect(await refusalOf(listUsers(ports, await adminNow(), OTHER))).toBe('NOT_FOUND');
    store.state.acts = [];
    await enter(password);
    await change({ name: '王立立' }, OPERATOR);
    expect(actions(store.state.acts)).toEqual([
      `session.start@${OTHER}`,
      `session.start@${COURT}`,
      `user.change@${OTHER}`,
      `user.change@${COURT}`,
    ]);
  });

  test('gives nothing to themselves', async () => {
    const { ports, admin, adminNow } = await court();
    const by = await adminNow();
    const changes: UserChange[] = [
      { version: 1, postings: [{ role: 'supervisor', from: TODAY }] },
      { version: 1, disabled: true },
      { version: 1, subject: 'x' },
      { version: 1, resetPassword: true },
    ];
    for (const change of changes)
      expect(await refusalOf(changeUser(ports, by, { court: COURT, user: admin.user.id }, change))).toBe('FORBIDDEN');
    const rename = changeUser(ports, by, { court: COURT, user: admin.user.id }, { version: 1, name: '管理员' });
    expect((await rename).user).toMatchObject({ name: '管理员', version: 2 });
  });

  test('changes what they have seen, or nothing', async () => {
    const { ports, user, adminNow, store } = await court();
    const by = await adminNow();
    const target = { court: COURT, user: user.id };
    const both = [
      changeUser(ports, by, target, { version: 1, name: '甲' }),
      changeUser(ports, by, target, { version: 1, name: '乙', resetPassword: true }),
    ];
    expect(await Promise.all(both.map(refusalOf))).toEqual([undefined, 'VERSION_CONFLICT']);
    expect(store.state.accounts.get(user.id)).toMatchObject({ name: '甲', version: 2 });
  });

  test('makes users whose password is shown once and kept nowhere', async () => {
    const { ports, store, enter, adminNow } = await court();
    const by = await adminNow();
    const made = await createUser(ports, by, COURT, { login: 'li.si', name: '李四', postings: [clerk] });
    expect((await enter(made.password, 'LI.SI')).current.principal.name).toBe('李四');
    expect(JSON.stringify([await listUsers(ports, by, COURT), store.state.acts])).not.toContain(made.password);
    const again = createUser(ports, by, COURT, { login: 'Li.Si', name: '李四', postings: [clerk] });
    expect(await refusalOf(again)).toBe('LOGIN_TAKEN');
  });

  test('clerks and auditors change no user', async () => {
    const { ports, enter, password, user } = await court();
    const { principal } = (await enter(password)).current;
    expect(await refusalOf(listUsers(ports, principal, COURT))).toBe('FORBIDDEN');
    const target = { court: COURT, user: user.id };
    expect(await refusalOf(changeUser(ports, principal, target, { version: 1, name: '我' }))).toBe('FORBIDDEN');
  });
});

describe('the court’s own sign-on', () => {
  test('lets in whom an account names, and makes no account', async () => {
    const { ports, store, change } = await court();
    const by = (subject: string) => signInBySubject(ports, { subject, address });
    expect(await refusalOf(by('sub-1'))).toBe('SIGN_IN_FAILED');
    expect(store.state.accounts.size).toBe(2);
    expect((await change({ subject: 'sub-1' })).user.sso).toBe(true);
    const { token, current } = await by('sub-1');
    expect(current.principal.login).toBe('Wang.Li');
    await change({ disabled: true });
    expect(await currentSession(ports, token)).toBeUndefined();
    expect(await refusalOf(by('sub-1'))).toBe('SIGN_IN_FAILED');
  });

  test('lets nobody in whose subject was taken away at that moment', async () => {
    const { ports, store, change, user } = await court();
    await change({ subject: 'sub-1' });
    const account = await store.bySubject('sub-1');
    await store.update(user.id, { subject: null });
    Object.assign(store, { bySubject: async () => account });
    expect(await refusalOf(signInBySubject(ports, { subject: 'sub-1', address }))).toBe('SIGN_IN_FAILED');
  });

  test('is not locked by wrong passwords', async () => {
    const { ports, enter, change } = await court();
    await change({ subject: 'sub-1' });
    for (let i = 0; i < 5; i++) await refusalOf(enter('wrong password'));
    expect(await refusalOf(signInBySubject(ports, { subject: 'sub-1', address }))).toBeUndefined();
  });
});
