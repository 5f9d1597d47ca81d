import { type CaseDocument, COURT } from './court.js';

/** A past case before it has a number; what it points at gets its number at the same time. */
export interface Draft {
  readonly fields: Omit<CaseDocument, 'caseNo' | 'originCaseNo' | 'instrument'>;
  /** 类型代字, such as 民初. */
  readonly word: string;
  /** 法院代字; this court's where none is given. */
  readonly court?: string;
  readonly origin?: Draft;
  readonly instrument?: { readonly of: Draft; readonly kind: 'judgment' | 'mediation'; readonly instalment?: number };
}

/** The court's register: cases are entered in any order and numbered by day of filing. */
export class Register {
  readonly #drafts: Draft[] = [];
  readonly #numbers = new Map<Draft, string>();

  get size(): number {
    return this.#drafts.length;
  }

  enter(draft: Draft): Draft {
    this.#drafts.push(draft);
    return draft;
  }

  /** Gives every case its number, by year, court and type in order of filing; other courts' numbers run ahead. */
  close(): void {
    const counters = new Map<string, number>();
    this.#drafts.sort((a, b) =>
      a.fields.filedOn < b.fields.filedOn ? -1 : a.fields.filedOn > b.fields.filedOn ? 1 : 0,
    );
    for (const draft of this.#drafts) {
      const { court = COURT, word, fields } = draft;
      const series = `（${fields.filedOn.slice(0, 4)}）${court}${word}`;
      const number = (counters.get(series) ?? (court === COURT ? 0 : 400)) + 1;
      counters.set(series, number);
      this.#numbers.set(draft, `${series}${number}号`);
    }
  }

  /** The number of a case, once the register is closed. */
  numberOf(draft: Draft): string {
    const number = this.#numbers.get(draft);
    if (number === undefined) throw new Error('the register is still open');
    return number;
  }

  /** All cases as the docket writes them. */
  documents(): CaseDocument[] {
    return this.#drafts.map((draft) => ({
      caseNo: this.numberOf(draft),
      ...draft.fields,
      ...(draft.instrument && { instrument: this.#instrument(draft.instrument) }),
      ...(draft.origin && { originCaseNo: this.numberOf(draft.origin) }),
    }));
  }

  #instrument({ of, kind, instalment }: NonNullable<Draft['instrument']>): NonNullable<CaseDocument['instrument']> {
    return { caseNo: this.numberOf(of), kind, ...(instalment !== undefined && { instalment }) };
  }
}
