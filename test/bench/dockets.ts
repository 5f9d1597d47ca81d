import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';
import type { docketCaseSchema } from '../../src/core/documents/docket.js';
import type { PlainDate } from '../../src/core/kernel/plain-date.js';
import type { FilingDocument } from '../../src/shell/files/filing-rows.js';
import { as, daysFrom, firm, nameOnly, type PartyDocument, person } from '../generate/people.js';
import { Random } from '../generate/random.js';
import { CIVIL, CLOSED, CRIMES, ENDED, type JudgeDocument, judge } from './business.js';

type CaseDocument = z.input<typeof docketCaseSchema>;

/** How large a court to make up. */
export interface World {
  readonly filings: number;
  readonly cases: number;
  readonly judges: number;
}

/** The two files of a made-up court. */
export interface WorldFiles {
  readonly docket: string;
  readonly filings: string;
}

const COURT = '川1599';
/** Writes a court of that size and its new filings, line by line; the same size gives the same bytes. */
export function writeWorld(folder: string, world: World): WorldFiles {
  const maker = new Maker(new Random(20_260_309), world);
  const files = { docket: join(folder, 'docket.json'), filings: join(folder, 'filings.json') };
  const head = JSON.stringify({
    court: { code: COURT, name: '示例县人民法院', level: 'basic', province: '四川' },
    divisions: [
      { id: 'civil', name: '民事审判庭', kind: 'civil' },
      { id: 'criminal', name: '刑事审判庭', kind: 'criminal' },
      { id: 'enforcement', name: '执行局', kind: 'enforcement' },
    ],
    judges: maker.judges,
  });
  writeLines(files.docket, `${head.slice(0, -1)},"cases":[`, maker.cases(), ']}');
  writeLines(files.filings, '[', maker.filings(), ']');
  return files;
}

function writeLines(path: string, head: string, rows: Iterable<unknown>, tail: string): void {
  const file = openSync(path, 'w');
  let pending = head;
  let separator = '\n';
  for (const row of rows) {
    pending += separator + JSON.stringify(row);
    separator = ',\n';
    if (pending.length < 1 << 20) continue;
    writeSync(file, pending);
    pending = '';
  }
  writeSync(file, `${pending}\n${tail}\n`);
  closeSync(file);
}

/** Makes up cases in order of filing, then filings that come back to some of them. */
class Maker {
  readonly judges: readonly JudgeDocument[];
  readonly #random: Random;
  readonly #world: World;
  readonly #civil: CaseDocument[] = [];
  readonly #enforcement: CaseDocument[] = [];
  readonly #firms: readonly PartyDocument[];

  constructor(random: Random, world: World) {
    this.#random = random;
    this.#world = world;
    this.judges = Array.from({ length: world.judges }, (_, index) => judge(index));
    // A bank, a property manager or a dealer brings about a twentieth of a court's cases each hundred.
    this.#firms = Array.from({ length: Math.max(40, world.cases / 250) }, (_, serial) => as('plaintiff', firm(serial)));
  }

  *cases(): Generator<CaseDocument> {
    const days = daysFrom('2023-01-03', '2026-02-27');
    const { cases } = this.#world;
    for (let index = 0; index < cases; index++) {
      const at = Math.floor((index * days.length) / cases);
      const filedOn = days[at] as PlainDate;
      const closedOn = this.#random.chance(at > days.length - 120 ? 40 : 97)
        ? (days[Math.min(days.length - 1, at + this.#random.between(10, 120))] as PlainDate)
        : undefined;
      yield this.#past(index, filedOn, closedOn);
    }
  }

  #past(index: number, filedOn: PlainDate, closedOn: PlainDate | undefined): CaseDocument {
    const kind = this.#random.weighted([
      ['civil', 55],
      ['enforcement', 35],
      ['criminal', 10],
    ] as const);
    const year = filedOn.slice(0, 4);
    const common = { filedOn, ...(closedOn && { closedOn }) };
    if (kind === 'criminal') {
      const parties = [as('accused', this.#someone())];
      const closure = closedOn && ('judgment' as const);
      const caseNo = `（${year}）${COURT}刑初${index + 1}号`;
      return {
        caseNo,
        matter: 'criminal',
        stage: 'first_instance',
        cause: this.#random.pick(CRIMES),
        judge: this.#judgeOf('criminal'),
        parties,
        ...common,
        ...(closure && { closure }),
      };
    }
    if (kind === 'enforcement' && this.#civil.length > 0) {
      const tried = this.#random.pick(this.#civil);
      const closure = closedOn && this.#random.weighted(ENDED);
      const made: CaseDocument = {
        caseNo: `（${year}）${COURT}执${index + 1}号`,
        matter: 'enforcement',
        stage: 'enforcement',
        cause: tried.cause as string,
        amount: tried.amount ?? null,
        judge: this.#judgeOf('enforcement'),
        instrument: { caseNo: tried.caseNo, kind: 'judgment' },
        parties: enforced(tried.parties),
        originCaseNo: tried.caseNo,
        ...common,
        ...(closure && { closure }),
      };
      this.#enforcement.push(made);
      return made;
    }
    const closure = closedOn && this.#random.weighted(CLOSED);
    const made: CaseDocument = {
      caseNo: `（${year}）${COURT}民初${index + 1}号`,
      matter: 'civil',
      stage: 'first_instance',
      cause: this.#random.weighted(CIVIL),
      amount: this.#amount(),
      judge: this.#judgeOf('civil'),
      parties: this.#sides(),
      ...common,
      ...(closure && { closure }),
      ...(this.#random.chance(20) && { panel: [this.#judgeOf('civil'), this.#judgeOf('civil')] }),
    };
    this.#civil.push(made);
    return made;
  }

  *filings(): Generator<FilingDocument> {
    const days = daysFrom('2026-03-02', '2026-05-29');
    const { filings } = this.#world;
    for (let index = 0; index < filings; index++) {
      const receivedOn = days[Math.floor((index * days.length) / filings)] as PlainDate;
      yield this.#filing(`2026-${String(index + 1).padStart(6, '0')}`, receivedOn);
    }
  }

  #filing(id: string, receivedOn: PlainDate): FilingDocument {
    const civil = {
      id,
      court: COURT,
      receivedOn,
      matter: 'civil',
      stage: 'first_instance',
      facts: this.#answers(),
    } as const;
    const execution = { id, court: COURT, receivedOn, matter: 'enforcement', stage: 'enforcement' } as const;
    const [tried, enforcedCase] = [this.#random.pick(this.#civil), this.#random.pick(this.#enforcement)];
    const again = { cause: tried.cause as string, amount: tried.amount ?? null, parties: tried.parties };
    const anew = { cause: this.#random.weighted(CIVIL), amount: this.#amount(), parties: this.#sides() };
    const kind = this.#random.weighted([
      ['new', 38],
      ['refiled', 7],
      ['swapped', 3],
      ['cited', 3],
      ['names', 1],
      ['invalid', 1],
      ['remanded', 1],
      ['again', 14],
      ['execute', 20],
      ['objection', 2],
      ['criminal', 10],
    ] as const);
    switch (kind) {
      case 'new':
        return { ...civil, ...anew };
      case 'refiled':
        return { ...civil, ...again };
      case 'swapped':
        return {
          ...civil,
          ...again,
          parties: tried.parties.map((party) => ({ ...party, role: opposite(party.role) })),
        };
      case 'cited':
        return {
          ...civil,
          ...again,
          cause: '追偿权纠纷',
          parties: [as('plaintiff', this.#someone()), ...tried.parties.slice(1)],
          citedCases: [tried.caseNo],
        };
      case 'names':
        return {
          ...civil,
          ...again,
          amount: this.#amount(),
          parties: tried.parties.map((party) => as(party.role, nameOnly(party))),
        };
      case 'invalid':
        return { ...civil, ...anew, cause: '民间借款纠纷' };
      case 'remanded':
        return { ...civil, ...again, origin: { relation: 'remanded', caseNo: tried.caseNo } };
      case 'again':
        return {
          ...execution,
          cause: enforcedCase.cause as string,
          amount: enforcedCase.amount ?? null,
          parties: enforcedCase.parties,
          ...(enforcedCase.instrument && { instrument: enforcedCase.instrument }),
        };
      case 'execute':
        return {
          ...execution,
          cause: tried.cause as string,
          amount: tried.amount ?? null,
          parties: enforced(tried.parties),
          instrument: { caseNo: tried.caseNo, kind: 'judgment' },
        };
      case 'objection':
        return {
          ...execution,
          stage: 'enforcement_review',
          cause: enforcedCase.cause as string,
          parties: enforcedCase.parties,
          origin: { relation: 'enforcement_objection', caseNo: enforcedCase.caseNo },
        };
      case 'criminal':
        return {
          ...execution,
          matter: 'criminal',
          stage: 'first_instance',
          cause: this.#random.pick(CRIMES),
          parties: [as('accused', this.#someone())],
          facts: this.#criminalAnswers(),
        };
    }
  }

  #answers(): NonNullable<FilingDocument['facts']> {
    const yes = (percent: number): boolean => this.#random.chance(percent);
    return {
      factsClear: yes(85),
      rightsClear: yes(85),
      disputeMinor: yes(70),
      ...(yes(4) && { appraisalNeeded: yes(50) ? null : true }),
      ...(yes(15) && { agreeSmallClaims: true }),
      ...(yes(2) && { groupDispute: true }),
    };
  }

  #criminalAnswers(): NonNullable<FilingDocument['facts']> {
    const yes = (percent: number): boolean => this.#random.chance(percent);
    const none = {
      minorAccused: false,
      disabledAccused: false,
      majorImpact: false,
      coAccusedObjects: false,
      civilClaimUnsettled: false,
    };
    const pleads = yes(80);
    return {
      ...none,
      factsClear: true,
      evidenceSufficient: true,
      admitsGuilt: pleads,
      agreesFastTrack: pleads,
      agreesSummaryCriminal: pleads,
      maxSentenceMonths: this.#random.between(1, 60),
    };
  }

  #someone() {
    // Half as many people as cases: some come back.
    return person(this.#random.below(Math.max(1000, Math.floor(this.#world.cases / 2))));
  }

  #sides(): PartyDocument[] {
    const plaintiff = this.#random.chance(35) ? this.#random.pick(this.#firms) : as('plaintiff', this.#someone());
    const defendants = this.#random.weighted([
      [1, 80],
      [2, 15],
      [3, 5],
    ] as const);
    return [plaintiff, ...Array.from({ length: defendants }, () => as('defendant', this.#someone()))];
  }

  #amount = (): string => `${this.#random.between(1000, this.#random.chance(70) ? 90_000 : 900_000)}.00`;

  #judgeOf(matter: JudgeDocument['handles'][number]): string {
    const handling = this.judges.filter((each) => each.handles.includes(matter));
    return this.#random.pick(handling).id;
  }
}

const enforced = (parties: readonly PartyDocument[]): PartyDocument[] =>
  parties.map((party) => ({ ...party, role: party.role === 'plaintiff' ? 'creditor' : 'debtor' }));

const opposite = (role: PartyDocument['role']): PartyDocument['role'] =>
  role === 'plaintiff' ? 'defendant' : 'plaintiff';
