/**
 * A reference model of releases, from the words of the record of decisions on them. It shares nothing with the program: maps, texts and plain
 * code. Of every act it says for which reasons it has to be refused; without one it takes the act.
 */

/** What somebody tries, and what they saw when they decided to: an act on what has moved since is refused. */
export type Act =
  | { readonly kind: 'create' }
  | {
      readonly kind: 'save';
      readonly draft: string;
      readonly path: string;
      readonly text: string | null;
      readonly revision: number;
      readonly base: number;
    }
  | { readonly kind: 'check'; readonly draft: string }
  | { readonly kind: 'discard'; readonly draft: string; readonly touched: number }
  | { readonly kind: 'rebase'; readonly draft: string; readonly touched: number; readonly merged: Texts }
  | { readonly kind: 'propose'; readonly draft: string; readonly revision: number; readonly urgent: boolean }
  | { readonly kind: 'rollBack'; readonly number: number; readonly urgent: boolean }
  | { readonly kind: 'approve'; readonly number: number; readonly touched: number; readonly on: string | undefined }
  | { readonly kind: 'schedule'; readonly number: number; readonly touched: number; readonly on: string }
  | { readonly kind: 'reject' | 'withdraw' | 'cancel' | 'review'; readonly number: number; readonly touched: number }
  | { readonly kind: 'folder'; readonly files: Texts };

/** Files by path; null is taken out. */
export type Texts = Readonly<Record<string, string | null>>;

export interface ModelPerson {
  readonly id: string;
  readonly writes: boolean;
  readonly approves: boolean;
}

interface Save {
  readonly path: string;
  readonly text: string | null;
  readonly by: string;
}

interface ModelDraft {
  readonly by: string;
  base: number;
  state: 'draft' | 'proposed' | 'released' | 'discarded';
  readonly saves: Save[];
  /** What was found sound, as `revision base`. */
  sound: string | undefined;
  touched: number;
}

interface ModelRelease {
  readonly files: Texts;
  readonly base: number | null;
  readonly draft: string | null;
  readonly urgent: boolean;
  readonly proposer: string | null;
  /** By whom a line of it was written. */
  readonly authors: ReadonlySet<string>;
  state: 'proposed' | 'approved' | 'scheduled' | 'rejected' | 'withdrawn' | 'cancelled';
  approver: string | undefined;
  reviewer: string | undefined;
  touched: number;
}

export class ReleaseModel {
  today: string;
  readonly drafts = new Map<string, ModelDraft>();
  /** By number, from 1 on. */
  readonly releases: ModelRelease[] = [];
  /** Which release holds from which day on; a later entry of one day takes the place of an earlier one. */
  line: { readonly number: number; readonly from: string }[] = [];
  readonly #isSound: (files: Texts) => boolean;

  constructor(today: string, folder: Texts, isSound: (files: Texts) => boolean) {
    this.today = today;
    this.#isSound = isSound;
    this.#register(folder);
  }

  /** Which release holds on a day. */
  inForce(day = this.today): number {
    const [first] = this.line;
    return this.line.filter(({ from }) => from <= day).at(-1)?.number ?? first?.number ?? 0;
  }

  standing(number: number): string {
    const { state } = this.release(number);
    if (state !== 'scheduled') return state;
    if (this.inForce() === number) return 'in_force';
    return this.line.some((each) => each.number === number && each.from > this.today) ? 'scheduled' : 'superseded';
  }

  release(number: number): ModelRelease {
    const release = this.releases[number - 1];
    if (release === undefined) throw new Error(`no release ${number}`);
    return release;
  }

  draft(id: string): ModelDraft {
    const draft = this.drafts.get(id);
    if (draft === undefined) throw new Error('no such draft');
    return draft;
  }

  /** The files with what a draft does to them. */
  filesOf({ base, saves }: ModelDraft): Texts {
    const files: Record<string, string | null> = { ...this.release(base).files };
    for (const { path, text } of saves) files[path] = text;
    return without(files);
  }

  /** How often a draft was saved when a file was, the last time; 0 where it never was. */
  lastSave = (draft: string, path: string): number =>
    1 + this.draft(draft).saves.findLastIndex((save) => save.path === path);

  /** Files that the draft and the last release both changed, each in its own way. */
  conflicts(id: string): string[] {
    const { base } = this.draft(id);
    const [old, next, own] = [this.release(base).files, this.#tipFiles(), this.filesOf(this.draft(id))];
    const paths = [...new Set([old, next, own].flatMap(Object.keys))];
    return paths.filter((path) => own[path] !== old[path] && next[path] !== old[path] && own[path] !== next[path]);
  }

  copy(): ReleaseModel {
    const copy = new ReleaseModel(this.today, {}, this.#isSound);
    copy.releases.splice(0, 1, ...this.releases.map((release) => ({ ...release })));
    copy.line = [...this.line];
    for (const [id, draft] of this.drafts) copy.drafts.set(id, { ...draft, saves: [...draft.saves] });
    return copy;
  }

  /** Takes the act, or says why it is refused: each of these codes would do. */
  take(by: ModelPerson, act: Act, made?: string): readonly string[] {
    const reasons = this.reasons(by, act);
    if (reasons.length === 0) this.#do(by, act, made);
    return reasons;
  }

  reasons(by: ModelPerson, act: Act): readonly string[] {
    const held: readonly (readonly [boolean, string])[] = this.#reasons(by, act);
    return held.filter(([isSo]) => isSo).map(([, code]) => code);
  }

  #reasons(by: ModelPerson, act: Act): (readonly [boolean, string])[] {
    switch (act.kind) {
      case 'folder':
        return [];
      case 'create':
        return [[!by.writes, 'FORBIDDEN']];
      case 'check':
        return [[!by.writes && !by.approves, 'FORBIDDEN']];
      case 'save': {
        const draft = this.draft(act.draft);
        const isStale = this.lastSave(act.draft, act.path) !== act.revision || draft.base !== act.base;
        const isGone = act.text === null && this.filesOf(draft)[act.path] === undefined;
        const isSaid = draft.saves.findLast(({ path }) => path === act.path)?.text === act.text;
        return [
          [!by.writes, 'FORBIDDEN'],
          [draft.state !== 'draft', 'STATE_CONFLICT'],
          [isStale, 'DRAFT_CONFLICT'],
          [isGone && !isSaid, 'NOT_FOUND'],
        ];
      }
      case 'discard':
      case 'rebase': {
        const draft = this.draft(act.draft);
        const left = act.kind === 'rebase' ? this.conflicts(act.draft).filter((path) => !(path in act.merged)) : [];
        return [
          [!by.writes, 'FORBIDDEN'],
          [draft.state !== 'draft', 'STATE_CONFLICT'],
          [draft.touched !== act.touched, 'VERSION_CONFLICT'],
          [left.length > 0 && draft.base !== this.#tip(), 'MERGE_CONFLICT'],
        ];
      }
      case 'propose': {
        const draft = this.draft(act.draft);
        const files = this.filesOf(draft);
        return [
          [!by.writes, 'FORBIDDEN'],
          [draft.state !== 'draft' || same(files, this.release(draft.base).files), 'STATE_CONFLICT'],
          [!this.#isSound(files), 'RULES_UNSOUND'],
          [draft.saves.length !== act.revision, 'VERSION_CONFLICT'],
          [draft.base !== this.#tip(), 'DRAFT_BEHIND'],
        ];
      }
      case 'rollBack':
        return [
          [!by.writes, 'FORBIDDEN'],
          [this.standing(act.number) !== 'superseded', 'STATE_CONFLICT'],
          [same(this.release(act.number).files, this.#tipFiles()), 'STATE_CONFLICT'],
        ];
      default:
        return this.#decides(by, act);
    }
  }

  #decides(
    by: ModelPerson,
    act: Extract<Act, { readonly number: number; readonly touched: number }>,
  ): (readonly [boolean, string])[] {
    const release = this.release(act.number);
    const isOwn = release.proposer === by.id || release.authors.has(by.id);
    const stale = [release.touched !== act.touched, 'VERSION_CONFLICT'] as const;
    const demand = (state: ModelRelease['state']) => [release.state !== state, 'STATE_CONFLICT'] as const;
    const decider = [!by.approves || isOwn, 'FORBIDDEN'] as const;
    const tipOn = this.line.at(-1)?.from ?? '';
    const behind = [release.base !== this.#tip(), 'DRAFT_BEHIND'] as const;
    const early = (day: string) => [day <= this.today || day <= tipOn, 'RELEASE_DAY_INVALID'] as const;
    switch (act.kind) {
      case 'approve': {
        const { on } = act;
        const isLate = release.urgent
          ? (on ?? this.today) !== this.today || tipOn > this.today
          : on !== undefined && early(on)[0];
        return [decider, stale, demand('proposed'), behind, [isLate, 'RELEASE_DAY_INVALID']];
      }
      case 'schedule':
        return [decider, stale, demand('approved'), behind, early(act.on)];
      case 'reject':
        return [decider, stale, demand('proposed')];
      case 'withdraw':
        return [[!by.writes || release.proposer !== by.id, 'FORBIDDEN'], stale, demand('proposed')];
      case 'cancel': {
        const isOpen = release.state === 'approved' || this.standing(act.number) === 'scheduled';
        const isLast = release.state === 'approved' || this.#tip() === act.number;
        return [[!by.approves, 'FORBIDDEN'], stale, [!isOpen || !isLast, 'STATE_CONFLICT']];
      }
      default: {
        const waits = release.urgent && release.state === 'scheduled' && release.reviewer === undefined;
        return [[!by.approves || isOwn || release.approver === by.id, 'FORBIDDEN'], stale, [!waits, 'STATE_CONFLICT']];
      }
    }
  }

  #do(by: ModelPerson, act: Act, made: string | undefined): void {
    switch (act.kind) {
      case 'folder':
        this.#register(act.files);
        return;
      case 'create':
        this.drafts.set(made ?? '', {
          by: by.id,
          base: this.#tip(),
          state: 'draft',
          saves: [],
          sound: undefined,
          touched: 0,
        });
        return;
      case 'rollBack': {
        const { files } = this.release(act.number);
        this.#propose(by, { files, base: this.#tip(), draft: null, urgent: act.urgent, authors: new Set() });
        return;
      }
      case 'save':
      case 'check':
      case 'discard':
      case 'rebase':
      case 'propose':
        this.#write(by, act);
        return;
      default:
        this.#decide(by, act);
    }
  }

  #write(by: ModelPerson, act: Extract<Act, { readonly draft: string }>): void {
    const draft = this.draft(act.draft);
    switch (act.kind) {
      case 'save':
        if (draft.saves.findLast(({ path }) => path === act.path)?.text === act.text) return;
        draft.saves.push({ path: act.path, text: act.text, by: by.id });
        break;
      case 'check':
        if (draft.state !== 'draft' || !this.#isSound(this.filesOf(draft))) return;
        if (draft.sound === `${draft.saves.length} ${draft.base}`) return;
        draft.sound = `${draft.saves.length} ${draft.base}`;
        break;
      case 'discard':
        draft.state = 'discarded';
        break;
      case 'rebase': {
        if (draft.base === this.#tip()) return;
        const [old, next] = [this.release(draft.base).files, this.#tipFiles()];
        const last = new Map(draft.saves.map(({ path, text }) => [path, text]));
        // An edit that came to nothing must not take back what the new rules brought.
        for (const [path, text] of last) {
          const isVoid = (old[path] ?? null) === text && (next[path] ?? null) !== text;
          if (isVoid && !(path in act.merged)) draft.saves.push({ path, text: next[path] ?? null, by: by.id });
        }
        for (const [path, text] of Object.entries(act.merged)) draft.saves.push({ path, text, by: by.id });
        draft.base = this.#tip();
        break;
      }
      case 'propose': {
        const authors = new Set([draft.by, ...draft.saves.map((save) => save.by)]);
        const { base } = draft;
        this.#propose(by, { files: this.filesOf(draft), base, draft: act.draft, urgent: act.urgent, authors });
        draft.state = 'proposed';
        draft.sound = `${draft.saves.length} ${base}`;
      }
    }
    draft.touched++;
  }

  #decide(by: ModelPerson, act: Extract<Act, { readonly number: number; readonly touched: number }>): void {
    const release = this.release(act.number);
    release.touched++;
    const draft = release.draft === null ? undefined : this.draft(release.draft);
    switch (act.kind) {
      case 'approve': {
        const on = release.urgent ? this.today : act.on;
        release.approver = by.id;
        release.state = on === undefined ? 'approved' : 'scheduled';
        if (on !== undefined) this.#place(act.number, on);
        if (draft) Object.assign(draft, { state: 'released', touched: draft.touched + 1 });
        return;
      }
      case 'schedule':
        release.state = 'scheduled';
        this.#place(act.number, act.on);
        return;
      case 'review':
        release.reviewer = by.id;
        return;
      case 'cancel':
        if (release.state === 'scheduled') this.line.pop();
        break;
      default:
    }
    release.state = ({ reject: 'rejected', withdraw: 'withdrawn', cancel: 'cancelled' } as const)[act.kind];
    if (draft) Object.assign(draft, { state: 'draft', touched: draft.touched + 1 });
  }

  #propose(by: ModelPerson, of: Pick<ModelRelease, 'files' | 'base' | 'draft' | 'urgent' | 'authors'>): void {
    const release = { approver: undefined, reviewer: undefined, touched: 0, proposer: by.id } as const;
    this.releases.push({ ...of, ...release, state: 'proposed' });
  }

  /** A folder counts until somebody has published: then it overrules nothing. */
  #register(folder: Texts): void {
    const files = without(folder);
    const isPublished = this.releases.some(({ proposer, state }) => proposer !== null && state === 'scheduled');
    if (isPublished || (this.releases.length > 0 && same(files, this.release(this.inForce()).files))) return;
    const base = this.releases.length > 0 ? this.inForce() : null;
    const nobody = { draft: null, proposer: null, approver: undefined, reviewer: undefined } as const;
    this.releases.push({ files, base, ...nobody, urgent: false, authors: new Set(), state: 'scheduled', touched: 0 });
    this.#place(this.releases.length, this.today);
  }

  #place(number: number, from: string): void {
    const last = this.line.at(-1);
    if (last?.from === from) this.release(last.number).touched++;
    this.line.push({ number, from });
  }

  #tip = (): number => this.line.at(-1)?.number ?? 0;
  #tipFiles = (): Texts => this.release(this.#tip()).files;
}

const without = (files: Texts): Texts => Object.fromEntries(Object.entries(files).filter(([, text]) => text !== null));

const same = (a: Texts, b: Texts): boolean =>
  [...new Set([...Object.keys(a), ...Object.keys(b)])].every((path) => a[path] === b[path]);
