import { type SQL, sql } from 'drizzle-orm';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyChain } from '../../../src/core/audit/chain.js';
import { type Db, dbError, rows } from '../../../src/shell/db/db.js';
import { registerRules } from '../../../src/shell/db/rule-versions.js';
import { inCourt } from '../../../src/shell/db/scope.js';
import { readRuleFiles } from '../../../src/shell/files/rule-files.js';
import { docket, filing, identityNumber, judge, lawbook, person, RULES } from '../../support/court.js';
import { COURT, openDesk, type TestDesk } from '../../support/desk.js';
import { ENGINES, type OpenedEngine } from '../../support/engines.js';

/** What the database says to a statement of the application's own role, in that court. */
async function refused(db: Db, court: string, statement: SQL): Promise<string | undefined> {
  try {
    await inCourt(db, court, (tx) => tx.execute(statement));
    return undefined;
  } catch (error) {
    const refusal = dbError(error);
    return refusal && [refusal.code, refusal.constraint].filter(Boolean).join(' ');
  }
}

const DENIED = '42501';
const APPEND_ONLY = '23001';
const OTHER = '川9999';

describe.each(ENGINES)('what the database itself forbids, on $name', (engine) => {
  describe.skipIf(engine.missing)('', () => {
    let opened: OpenedEngine;
    let desk: TestDesk;
    let assigned: string;
    beforeAll(async () => {
      opened = await engine.open();
      const relations = [{ kind: 'spouse', idNumber: identityNumber(777), name: '亲一' }];
      desk = await openDesk(opened.db, docket([], { judges: [judge('M1', { relations }), judge('M2')] }));
      assigned = (await desk.file([filing(), filing({ id: 'F2', receivedOn: '2026-03-32' })])).get('F1') ?? '';
    });
    afterAll(() => opened?.close());

    it('a case has one owner at a time', async () => {
      const second = sql`insert into owners (court, matter, judge, method, since) values (${COURT}, ${assigned}::uuid, 'M2', 'random', now())`;
      expect(await refused(opened.db, COURT, second)).toBe('23505 owners_one_active');
    });

    it('an owner of the past stays as it was', async () => {
      const rewritten = sql`update owners set judge = 'M2' where matter = ${assigned}::uuid`;
      expect(await refused(opened.db, COURT, rewritten)).toBe(DENIED);
    });

    it.each(['audit', 'decisions', 'ledger'])(
      '%s is only ever added to, even by the owner of the tables',
      async (name) => {
        const table = sql.identifier(name);
        expect(await refused(opened.db, COURT, sql`delete from ${table}`)).toBe(DENIED);
        expect(await refused(opened.db, COURT, sql`update ${table} set court = court`)).toBe(DENIED);
        for (const statement of [
          sql`delete from ${table}`,
          sql`update ${table} set court = court`,
          sql`truncate ${table} cascade`,
        ]) {
          const failure = await opened.db.execute(statement).then(
            () => undefined,
            (error: unknown) => dbError(error)?.code,
          );
          expect(failure).toBe(APPEND_ONLY);
        }
      },
    );

    it('a load is the sum of the ledger, and nothing else can change it', async () => {
      expect(await refused(opened.db, COURT, sql`update loads set amount = 0`)).toBe(DENIED);
      expect(await refused(opened.db, COURT, sql`insert into loads values (${COURT}, 'M9', 1)`)).toBe(DENIED);
      const [sums] = await rows<{ same: boolean }>(
        opened.db,
        sql`select bool_and(l.amount = (select sum(amount) from ledger e where e.court = l.court and e.judge = l.judge)) as same from loads l`,
      );
      expect(sums?.same).toBe(true);
    });

    it('whoever proposed a handover cannot be the one who approves it', async () => {
      const who = v7();
      const approved = sql`insert into handovers (court, id, filing, kind, ground, note, proposed_by, proposed_at, outcome, decided_by, decided_at)
        values (${COURT}, ${v7()}::uuid, ${assigned}::uuid, 'reassign', 'health', '-', ${who}::uuid, now(), 'approved', ${who}::uuid, now())`;
      expect(await refused(opened.db, COURT, approved)).toBe('23514 handovers_second_person');
    });

    it('one handover of a case is open at a time', async () => {
      const open = () => sql`insert into handovers (court, id, filing, kind, ground, note, proposed_by, proposed_at)
        values (${COURT}, ${v7()}::uuid, ${assigned}::uuid, 'reassign', 'health', '-', ${v7()}::uuid, now())`;
      expect(await refused(opened.db, COURT, open())).toBeUndefined();
      expect(await refused(opened.db, COURT, open())).toBe('23505 handovers_one_open');
    });

    it('auditor and administrator of one court are two people', async () => {
      const [{ id } = { id: '' }] = await rows<{ id: string }>(
        opened.db,
        sql`select id::text as id from users limit 1`,
      );
      const posted = (role: string) => sql`insert into postings (id, court, "user", role, from_on)
        values (${v7()}::uuid, ${COURT}, ${id}::uuid, ${role}, '2026-01-01')`;
      expect(await refused(opened.db, COURT, posted('auditor'))).toBeUndefined();
      expect(await refused(opened.db, COURT, posted('administrator'))).toBe('23514 postings_separate_duties');
    });

    it('a court sees its own rows alone, and can write no others', async () => {
      const tables = [
        'judges',
        'matters',
        'lookup_keys',
        'batches',
        'filings',
        'filing_parties',
        'decisions',
        'owners',
        'clocks',
        'handovers',
        'ledger',
        'loads',
        'audit',
        'audit_heads',
        'postings',
        'courts',
      ];
      for (const name of tables) {
        const count = (court: string) =>
          inCourt(opened.db, court, (tx) =>
            rows<{ count: number }>(tx, sql`select count(*)::int as count from ${sql.identifier(name)}`),
          );
        expect([name, (await count(OTHER))[0]?.count]).toEqual([name, 0]);
        expect([name, ((await count(COURT))[0]?.count ?? 0) > 0]).toEqual([name, true]);
      }
      const foreign = sql`insert into audit_heads values (${COURT}, 5, 'x') on conflict (court) do update set seq = 5`;
      expect(await refused(opened.db, OTHER, foreign)).toBe(DENIED);
    });

    it('no table of the court is without row-level security', async () => {
      const bare = await rows<{ name: string }>(
        opened.db,
        sql`select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid
          where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attname = 'court' and not (c.relrowsecurity and c.relforcerowsecurity)`,
      );
      expect(bare).toEqual([]);
    });

    it('the court of a transaction ends with it', async () => {
      await inCourt(opened.db, COURT, async () => {});
      const [left] = await rows<{ court: string | null; who: string }>(
        opened.db,
        sql`select current_setting('shouze.court', true) as court, current_user as who`,
      );
      expect([left?.court ?? '', left?.who === 'shouze_app']).toEqual(['', false]);
    });

    it('the application cannot read a password or a session', async () => {
      expect(await refused(opened.db, COURT, sql`select password_hash from users`)).toBe(DENIED);
      expect(await refused(opened.db, COURT, sql`select * from sessions`)).toBe(DENIED);
    });

    it('a rule has one text a day; the same rules again add nothing, a changed one supersedes', async () => {
      const files = readRuleFiles(RULES);
      const count = async (): Promise<[number, number]> => {
        const [row] = await rows<{ all: number; active: number }>(
          opened.db,
          sql`select count(*)::int as all, count(*) filter (where superseded_at is null)::int as active from rule_versions`,
        );
        return [row?.all ?? 0, row?.active ?? 0];
      };
      await registerRules(opened.db, lawbook.book, files, '2026-03-12T00:00:00Z');
      const [all, active] = await count();
      expect(all).toBe(active);
      await registerRules(opened.db, lawbook.book, files, '2026-03-13T00:00:00Z');
      expect(await count()).toEqual([all, active]);
      const changed = files.map((file) =>
        file.path === 'national/pool.yaml' ? { ...file, text: `${file.text}\n` } : file,
      );
      await registerRules(opened.db, lawbook.book, changed, '2026-03-14T00:00:00Z');
      const [more, still] = await count();
      expect([more > all, still]).toEqual([true, active]);
      const [one] = await rows<{ rule: string; digest: string }>(
        opened.db,
        sql`select rule, digest from rule_versions where superseded_at is null limit 1`,
      );
      const twice = opened.db.execute(
        sql`insert into rule_versions (rule, digest, from_on, loaded_at) values (${one?.rule}, 'other', '2030-01-01', now())`,
      );
      await expect(twice.catch((error: unknown) => Promise.reject(dbError(error)))).rejects.toMatchObject({
        code: '23P01',
        constraint: 'rule_versions_one_a_day',
      });
    });

    it('no identity number stands in any column in the clear', async () => {
      const numbers = [101, 102, 777].map((sequence) => identityNumber(sequence));
      const tables = await rows<{ name: string }>(
        opened.db,
        sql`select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'`,
      );
      for (const { name } of tables) {
        const [dump] = await rows<{ text: string | null }>(
          opened.db,
          sql`select string_agg(t::text, E'\n') as text from ${sql.identifier(name)} t`,
        );
        for (const number of numbers) expect([name, (dump?.text ?? '').includes(number)]).toEqual([name, false]);
      }
      const found = await desk.views.search(COURT, { text: identityNumber(101), limit: 50 }, desk.service.today());
      expect(found.items.map(({ reference }) => reference)).toEqual(['F1']);
    });

    it('the chain verifies, and an event that a superuser changed is named by its number', async () => {
      const events = await desk.views.auditEvents(COURT, 1, 1000);
      const head = await desk.views.auditHead(COURT);
      expect(verifyChain(events)).toEqual({ head });
      expect(events.length).toBeGreaterThan(3);
      const tampered = events.map((event) => (event.seq === 2 ? { ...event, action: 'docket.import ' } : event));
      expect(verifyChain(tampered).broken?.seq).toBe(2);
      expect(verifyChain(events.filter(({ seq }) => seq !== 3)).broken?.seq).toBe(3);
    });

    it('a judge who held the case is known to the next import of the docket too', async () => {
      const exported = await desk.views.docket(COURT);
      expect(exported?.cases.map(({ caseNo, judge: holder }) => [caseNo, typeof holder])).toEqual([['F1', 'string']]);
      expect(person('plaintiff', '甲一', 101).idNumber).toBe(exported?.cases[0]?.parties[0]?.idNumber);
    });
  });
});
