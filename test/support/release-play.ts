/** Plays acts on releases on a desk and in the reference model, and compares all that can be seen of both. */
import { sql } from 'drizzle-orm';
import { expect } from 'vitest';
import { fileBatch } from '../../src/app/file-batch.js';
import type { Context } from '../../src/app/ports.js';
import { checkSavedDraft } from '../../src/app/releases/check-draft.js';
import { createDraft, discardDraft } from '../../src/app/releases/create-draft.js';
import {
  approveRelease,
  cancelRelease,
  rejectRelease,
  scheduleRelease,
  withdrawRelease,
} from '../../src/app/releases/decide-release.js';
import { proposeRelease } from '../../src/app/releases/propose-release.js';
import { rebaseDraft } from '../../src/app/releases/rebase-draft.js';
import { reviewRelease } from '../../src/app/releases/review-release.js';
import { rollBack } from '../../src/app/releases/roll-back.js';
import { saveFile } from '../../src/app/releases/save-file.js';
import { seeDraft, seeDraftHistory, seeDraftRevision } from '../../src/app/releases/see-drafts.js';
import { exportRelease, seeRelease, seeReleases } from '../../src/app/releases/see-releases.js';
import { routeNext } from '../../src/app/route-received.js';
import type { Role } from '../../src/core/access/can.js';
import { addDays, plainDate } from '../../src/core/kernel/plain-date.js';
import { rows } from '../../src/shell/db/db.js';
import { StoredEditions } from '../../src/shell/db/stored-editions.js';
import { filing } from './court.js';
import { COURT, DayClock, openDesk, type TestDesk } from './desk.js';
import type { OpenedEngine } from './engines.js';
import { type Act, type ModelPerson, ReleaseModel, type Texts } from './release-model.js';
import {
  asApprover,
  EMERGENCY,
  ORDINARY,
  PARAMETERS,
  RULE_FILES,
  reworded,
  textOfRule,
  withFirstRelease,
  withFolder,
} from './rules-desk.js';

const START = '2026-03-12';
const DAYS_AHEAD = 8;
const DEADLINES = 'national/deadlines.yaml';
const EXTRA = 'reference/extra.csv';
/** Files that the acts change; all others stay as they are shipped. */
export const PATHS = [PARAMETERS, DEADLINES, EXTRA] as const;
const SHIPPED: Texts = { [PARAMETERS]: textOfRule(PARAMETERS), [DEADLINES]: textOfRule(DEADLINES) };
const BROKEN = textOfRule(DEADLINES).replace('层:', '层次:');

const STAFF: readonly (readonly Role[])[] = [
  ['rule_author'],
  ['rule_author', 'rule_approver'],
  ['rule_approver'],
  ['rule_approver'],
  ['supervisor'],
];
export const PEOPLE = STAFF.length;

/** A text of one of the files: sound ones by their number, the last one of 期限 is one that cannot be read. */
export function textOf(path: string, variant: number): string | null {
  if (path === PARAMETERS) return reworded(`第${variant}稿`);
  if (path === DEADLINES) return variant === 3 ? BROKEN : `# 第${variant}稿\n${textOfRule(DEADLINES)}`;
  return variant === 3 ? null : `第${variant}稿\n`;
}

/** A desk with its rules, its people, and the model of all of it. */
export class ReleasePlay {
  model = new ReleaseModel(START, SHIPPED, (files) => files[DEADLINES] !== BROKEN);
  readonly people: readonly ModelPerson[];
  readonly #desk: TestDesk;
  readonly #clock: DayClock;
  readonly #staff: readonly Context[];
  readonly #clerk: Context;
  #filed = 0;

  private constructor(desk: TestDesk, clock: DayClock, staff: readonly Context[], clerk: Context) {
    this.#desk = desk;
    this.#clock = clock;
    this.#staff = staff;
    this.#clerk = clerk;
    this.people = staff.map(({ subject: { user, roles } }) => ({
      id: user,
      writes: roles.includes('rule_author'),
      approves: roles.includes('rule_approver'),
    }));
  }

  /** Over an empty database. */
  static async open({ db }: OpenedEngine): Promise<ReleasePlay> {
    const clock = new DayClock(START);
    await withFirstRelease(db, START);
    const stored = new StoredEditions((message) => {
      throw new Error(message);
    });
    const desk = await openDesk(db, undefined, undefined, undefined, clock, stored);
    const staff: Context[] = [];
    for (const roles of STAFF) staff.push(await desk.person(roles));
    return new ReleasePlay(desk, clock, staff, await desk.person(['filing_clerk']));
  }

  pass(days: number): void {
    const day = addDays(this.#clock.today(), days);
    this.#clock.moveTo(day);
    this.model.today = day;
  }

  person(who: number): ModelPerson {
    const person = this.people[who];
    if (person === undefined) throw new Error('nobody');
    return person;
  }

  /** What somebody is about to do, with the versions that they have seen: doing it is left to the caller. */
  async prepared(who: number, act: Act): Promise<() => Promise<string | undefined>> {
    const by = this.#staff[who];
    const [reader] = this.#staff;
    if (!by || !reader) throw new Error('nobody');
    const nothing = async (done: Promise<unknown>): Promise<undefined> => void (await done);
    // As many steps behind as the model's.
    const seenDraft = async (id: string, touched: number) =>
      (await seeDraft(reader, id)).version - (this.model.draft(id).touched - touched);
    const seenRelease = async (number: number, touched: number) =>
      (await seeRelease(reader, number)).version - (this.model.release(number).touched - touched);
    const reason = '理由';
    switch (act.kind) {
      case 'create':
        return () => createDraft(by, { title: '草稿', note: '' });
      case 'save':
        return () => nothing(saveFile(by, act.draft, act));
      case 'check':
        return () => nothing(checkSavedDraft(by, act.draft));
      case 'discard': {
        const version = await seenDraft(act.draft, act.touched);
        return () => nothing(discardDraft(by, act.draft, version));
      }
      case 'rebase': {
        const version = await seenDraft(act.draft, act.touched);
        const files = Object.entries(act.merged).map(([path, text]) => ({ path, text }));
        return () => nothing(rebaseDraft(by, act.draft, { version, files }));
      }
      case 'propose': {
        const terms = act.urgent ? EMERGENCY : ORDINARY;
        return () => nothing(proposeRelease(by, act.draft, { revision: act.revision, ...terms }));
      }
      case 'rollBack':
        return () => nothing(rollBack(by, act.number, act.urgent ? EMERGENCY : ORDINARY));
      case 'folder': {
        const files = [
          ...RULE_FILES.filter(({ path }) => !(path in act.files)),
          ...Object.entries(act.files).map(([path, text]) => ({ path, text: text ?? '' })),
        ];
        return () => nothing(withFolder(this.#desk.db, files, this.#clock.today()));
      }
      default: {
        const { number } = act;
        const version = await seenRelease(number, act.touched);
        const approver = asApprover(by);
        const on = 'on' in act && act.on !== undefined ? plainDate(act.on) : undefined;
        switch (act.kind) {
          case 'approve':
            return () => nothing(approveRelease(approver, number, { version, reason, effectiveOn: on }));
          case 'schedule':
            return () => nothing(scheduleRelease(approver, number, { version, effectiveOn: plainDate(act.on) }));
          case 'reject':
            return () => nothing(rejectRelease(approver, number, { version, reason }));
          case 'withdraw':
            return () => nothing(withdrawRelease(by, number, { version, reason }));
          case 'cancel':
            return () => nothing(cancelRelease(by, number, { version, reason }));
          default:
            return () => nothing(reviewRelease(approver, number, { version, outcome: 'confirmed', reason }));
        }
      }
    }
  }

  /** Everything stored of releases and drafts, and how many acts were recorded, as one word: a refused act leaves it as it is. */
  async fingerprint(): Promise<string> {
    const tables = [
      'rule_releases',
      'rule_release_steps',
      'rule_drafts',
      'rule_draft_files',
      'rule_bundles',
      'rule_blobs',
    ];
    const parts = [...tables, 'audit'].map(
      (
        table,
      ) => sql`select md5(coalesce(string_agg(md5(${sql.identifier(table)}::text), '' order by md5(${sql.identifier(table)}::text)), ''))
        as part from ${sql.identifier(table)}`,
    );
    const found = await rows<{ part: string }>(this.#desk.db, sql.join(parts, sql` union all `));
    return found.map(({ part }) => part).join(' ');
  }

  /** Everything that can be seen of releases and drafts is as the model has it, and the line of releases holds together. */
  async compare(): Promise<void> {
    const { model } = this;
    const [reader] = this.#staff;
    if (!reader) throw new Error('nobody');
    const { items } = await seeReleases(reader, { limit: 200 });
    expect(
      items.map(({ number, standing, base, draft, proposedBy, approvedBy, review }) => ({
        number,
        standing,
        base,
        draft,
        proposer: proposedBy?.id ?? null,
        approver: approvedBy?.id,
        reviewer: review?.by?.id,
      })),
    ).toEqual(
      model.releases
        .map(({ base, draft, proposer, approver, reviewer }, index) => {
          return { number: index + 1, standing: model.standing(index + 1), base, draft, proposer, approver, reviewer };
        })
        .reverse(),
    );
    expect(items.filter(({ standing }) => standing === 'in_force')).toHaveLength(1);
    await reader.service.store.read(COURT, async ({ releases }) => {
      for (const [id, { by, base, state, saves, sound }] of model.drafts) {
        const stored = await releases.draft(id);
        const checked =
          stored?.checkedRevision === null ? undefined : `${stored?.checkedRevision} ${stored?.checkedBase}`;
        const last = (await releases.filesOf(id)).map(({ path, revision }) => [path, revision]);
        const told = { ...stored, checked, authors: await releases.authorsOf(id), last };
        const authors = [...new Set([by, ...saves.map((save) => save.by)])].sort();
        const paths = [...new Set(saves.map(({ path }) => path))].sort();
        const lastOf = paths.map((path) => [path, model.lastSave(id, path)]);
        expect(told).toMatchObject({ state, base, revision: saves.length, checked: sound, authors, last: lastOf });
      }
    });
    await this.#compareLine(reader);
  }

  async #compareLine(reader: Context): Promise<void> {
    const { db } = this.#desk;
    const all = Array.from({ length: DAYS_AHEAD }, (_, index) => addDays(this.#clock.today(), index - 2));
    const days = all.filter((day) => day >= START);
    const inForce = await reader.service.store.read(COURT, async ({ releases }) => {
      const numbers: (number | undefined)[] = [];
      for (const day of days) numbers.push((await releases.inForceOn(day))?.number);
      return numbers;
    });
    expect(inForce).toEqual(days.map((day) => this.model.inForce(day)));
    // Each carries on from the one before it: nothing between two is left out, and no two hold on one day.
    const line = await rows<{ number: number; base: number | null; from: string; replaced: boolean }>(
      db,
      sql`select number, base, effective_on::text as "from", replaced_by is not null as replaced from rule_releases
        where state = 'scheduled' order by effective_on, number`,
    );
    for (const [index, { base }] of line.entries()) expect(base).toBe(line[index - 1]?.number ?? null);
    const standing = line.filter(({ replaced }) => !replaced).map(({ from }) => from);
    expect(new Set(standing).size).toBe(standing.length);
    const own = await rows<{ number: number }>(
      db,
      sql`select number from rule_releases r where approved_by is not null and (
          proposed_by in (approved_by, reviewed_by) or approved_by = reviewed_by
          or exists (select from rule_drafts d where d.id = r.draft and d.created_by in (r.approved_by, r.reviewed_by)))`,
    );
    expect(own, '自己审批自己的发布').toEqual([]);
  }

  /** Every save is still there, word by word, and every release has its files. */
  async nothingLost(): Promise<void> {
    const { model } = this;
    const [reader] = this.#staff;
    if (!reader) throw new Error('nobody');
    for (const [id, { saves }] of model.drafts) {
      const { items } = await seeDraftHistory(reader, id, { limit: 200 });
      expect(items.map(({ revision }) => revision)).toEqual(saves.map((_, index) => saves.length - index));
      for (const [index, { path, text, by }] of saves.entries()) {
        const saved = await seeDraftRevision(reader, id, index + 1);
        expect([saved.path, saved.text, saved.savedBy?.id]).toEqual([path, text, by]);
      }
    }
    for (const [index, { files }] of model.releases.entries()) {
      const found = new Map((await exportRelease(reader, index + 1)).map(({ path, text }) => [path, text]));
      expect(found.size).toBe(RULE_FILES.length + (EXTRA in files ? 1 : 0));
      for (const path of PATHS) expect(found.get(path), `第 ${index + 1} 号的 ${path}`).toBe(files[path] ?? undefined);
    }
  }

  /** A filing that is decided now is decided by the release that the model has in force. */
  async decidesByTheModel(): Promise<void> {
    const [reader] = this.#staff;
    if (!reader) throw new Error('nobody');
    const { views, service } = this.#desk;
    const value = filing({ id: `F-${++this.#filed}`, receivedOn: START });
    const { id: batch } = await fileBatch(this.#clerk, { filings: [{ value }] });
    while (await routeNext(service, COURT));
    const { items } = await views.filings(COURT, { batch, limit: 1 }, service.today());
    const decision = await views.decision(COURT, items[0]?.id ?? '', 1);
    expect(decision?.rules.release).toBe((await seeRelease(reader, this.model.inForce())).digest);
  }
}
