import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  ACTION_NAMES,
  ACTIONS,
  type Action,
  can,
  type Resource,
  ROLES,
  type Role,
  type Subject,
} from '../../../src/core/access/can.js';
import { runs } from '../../support/arbitraries.js';

const COURT = '川1527';
const COURTS = [COURT, '川1502'];
const USERS = ['u1', 'u2'];
const JUDGES = ['法官甲', '法官乙', '法官丙'];

/** An action as the table has it, each limit present or absent. */
interface Row {
  readonly roles: readonly Role[];
  readonly owner?: boolean;
  readonly secondPerson?: boolean;
  readonly proposerOnly?: boolean;
  readonly selfOnly?: readonly Role[];
}
const rowOf = (action: Action): Row => ACTIONS[action];
const where = (is: (row: Row) => boolean): Action[] => ACTION_NAMES.filter((action) => is(rowOf(action)));

const actionArb = fc.constantFrom(...ACTION_NAMES);
const judgesArb = fc.subarray(JUDGES);
const subjectArb: fc.Arbitrary<Subject> = fc.record({
  user: fc.constantFrom(...USERS),
  court: fc.constantFrom(...COURTS),
  roles: fc.subarray([...ROLES]),
  judges: judgesArb,
});
const resourceArb: fc.Arbitrary<Resource> = fc.record(
  {
    court: fc.constantFrom(...COURTS),
    owner: fc.constantFrom(...JUDGES),
    concerned: judgesArb,
    barred: judgesArb,
    proposedBy: fc.constantFrom(...USERS),
    about: judgesArb,
  },
  { requiredKeys: ['court'] },
);
const allRoles = (subject: Subject): Subject => ({ ...subject, roles: ROLES });
const holds = ({ judges }: Subject, { owner }: Resource): boolean => owner !== undefined && judges.includes(owner);

describe('who may do what', () => {
  test('nothing in another court, whatever the roles', () => {
    fc.assert(
      fc.property(subjectArb, actionArb, resourceArb, (subject, action, resource) => {
        fc.pre(subject.court !== resource.court);
        expect(can(allRoles(subject), action, resource)).toMatchObject({ allowed: false, code: 'OTHER_COURT' });
      }),
      runs(300),
    );
  });

  test('nothing that no role of theirs permits, save to the judge who holds the case', () => {
    fc.assert(
      fc.property(subjectArb, actionArb, resourceArb, (subject, action, resource) => {
        const { roles, owner = false } = rowOf(action);
        fc.pre(!roles.some((role) => subject.roles.includes(role)) && !(owner && holds(subject, resource)));
        expect(can(subject, action, resource).allowed).toBe(false);
      }),
      runs(500),
    );
  });

  test('nobody without a role and without a judge of the docket', () => {
    fc.assert(
      fc.property(subjectArb, actionArb, resourceArb, (subject, action, resource) => {
        expect(can({ ...subject, roles: [], judges: [] }, action, resource).allowed).toBe(false);
      }),
      runs(200),
    );
  });

  test('nobody decides on what they proposed themselves, with every role there is', () => {
    const second = where(({ secondPerson }) => secondPerson === true);
    expect(second).not.toEqual([]);
    fc.assert(
      fc.property(subjectArb, fc.constantFrom(...second), resourceArb, (subject, action, resource) => {
        const own = { ...resource, court: subject.court, proposedBy: subject.user };
        expect(can(allRoles(subject), action, own)).toMatchObject({ allowed: false, code: 'OWN_PROPOSAL' });
      }),
      runs(200),
    );
  });

  test('what forbids wins: a judge who is barred or concerned does not decide, with every role there is', () => {
    const second = where(({ secondPerson }) => secondPerson === true);
    const named = fc.constantFrom('barred', 'concerned', 'owner');
    const every = fc.constantFrom(...JUDGES);
    fc.assert(
      fc.property(
        subjectArb,
        fc.constantFrom(...second),
        resourceArb,
        named,
        every,
        (subject, action, resource, as, judge) => {
          const touched = { ...resource, court: subject.court, [as]: as === 'owner' ? judge : [judge] };
          const judges = [...subject.judges, judge];
          expect(can({ ...allRoles(subject), judges }, action, touched).allowed).toBe(false);
        },
      ),
      runs(300),
    );
  });

  test('only whoever proposed it takes it back', () => {
    const own = where(({ proposerOnly }) => proposerOnly === true);
    expect(own).not.toEqual([]);
    fc.assert(
      fc.property(subjectArb, fc.constantFrom(...own), resourceArb, (subject, action, resource) => {
        const here = { ...resource, court: subject.court };
        expect(can(allRoles(subject), action, here).allowed).toBe(resource.proposedBy === subject.user);
      }),
      runs(200),
    );
  });

  test('who may for themselves alone does nothing that is about others alone', () => {
    const selfOnly = where((row) => row.selfOnly !== undefined);
    expect(selfOnly).not.toEqual([]);
    fc.assert(
      fc.property(subjectArb, fc.constantFrom(...selfOnly), resourceArb, judgesArb, (subject, action, of, about) => {
        const roles = rowOf(action).selfOnly ?? [];
        const verdict = can({ ...subject, roles }, action, { ...of, court: subject.court, about });
        expect(verdict.allowed).toBe(about.some((judge) => subject.judges.includes(judge)));
        if (!verdict.allowed) expect(verdict.code).toBe('NOT_YOUR_OWN');
      }),
      runs(300),
    );
  });

  test('one more role never takes a right away', () => {
    fc.assert(
      fc.property(subjectArb, actionArb, resourceArb, fc.constantFrom(...ROLES), (subject, action, resource, role) => {
        fc.pre(can(subject, action, resource).allowed);
        expect(can({ ...subject, roles: [...subject.roles, role] }, action, resource).allowed).toBe(true);
      }),
      runs(500),
    );
  });

  test('a refusal says why in Chinese', () => {
    fc.assert(
      fc.property(subjectArb, actionArb, resourceArb, (subject, action, resource) => {
        const verdict = can(subject, action, resource);
        if (!verdict.allowed) expect(verdict.text).toMatch(/^[\p{Script=Han}：；，、]+$/u);
      }),
      runs(200),
    );
  });

  test('who runs the system and who audits it see no case and decide nothing', () => {
    const cases = ACTION_NAMES.filter((action) => /^(filing|handover|batch|bench|events)\./.test(action));
    for (const roles of [['administrator'], ['auditor']] as const) {
      const subject: Subject = { user: 'u1', court: COURT, roles, judges: [] };
      const allowed = cases.filter((action) => can(subject, action, { court: COURT, owner: '法官甲' }).allowed);
      expect(allowed).toEqual([]);
    }
  });

  test('a judge reads the cases that are theirs, and no other', () => {
    const judge: Subject = { user: 'u1', court: COURT, roles: ['judge'], judges: ['法官甲'] };
    expect(can(judge, 'filing.read', { court: COURT, owner: '法官甲' })).toEqual({ allowed: true });
    expect(can(judge, 'filing.read', { court: COURT, owner: '法官乙' })).toMatchObject({ code: 'NOT_YOUR_CASE' });
    expect(can(judge, 'filing.read', { court: COURT })).toMatchObject({ code: 'NOT_YOUR_CASE' });
  });
});
