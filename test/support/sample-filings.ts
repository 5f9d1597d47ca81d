import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Docket } from '../../src/core/documents/docket.js';
import { CLEAR, type Json } from './court.js';
import { Person, type Served } from './served.js';

const DOCKET = new URL('../../docs/sample/docket.json', import.meta.url);
/** The judge of the sample's account. */
export const SAMPLE_JUDGE = 'M01';

/** What the service answered. @throws Error where it refused */
export async function done(asked: Promise<{ status: number; body: unknown }>): Promise<Json> {
  const { status, body } = await asked;
  if (status >= 300) throw new Error(`${status} ${JSON.stringify(body)}`);
  return body as Json;
}

/** Files things in the sample court of a running service, received today, one by one. */
export class SampleFilings {
  readonly clerk: Person;
  readonly #served: Served;
  /** Earlier cases that the judge of the account decided: new filings between the same people are theirs. */
  readonly #earlier: Docket['cases'];

  private constructor(served: Served, clerk: Person) {
    this.#served = served;
    this.clerk = clerk;
    const { cases } = JSON.parse(readFileSync(DOCKET, 'utf8')) as Docket;
    this.#earlier = cases.filter(
      ({ judge, matter, closure, closedOn }) =>
        judge === SAMPLE_JUDGE && matter === 'civil' && closure === 'judgment' && (closedOn ?? '') > '2025-06-01',
    );
  }

  static async open(served: Served): Promise<SampleFilings> {
    return new SampleFilings(served, await Person.signIn(served.url, served.accounts.filing_clerk));
  }

  /** The address of something in the sample court. */
  at(path: string): string {
    return `/api/v1/courts/${encodeURIComponent(this.#served.court)}${path}`;
  }

  /** An earlier case of the judge that no filing has followed yet. */
  earlier(): Docket['cases'][number] {
    const one = this.#earlier.pop();
    if (one === undefined) throw new Error('the sample has no more cases of that judge');
    return one;
  }

  /** Files something and waits until it is routed; gives its row. */
  async file(id: string, more: Json): Promise<Json> {
    const receivedOn = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(new Date());
    const one = { id, court: this.#served.court, receivedOn, facts: CLEAR, ...more };
    const filed = this.clerk.ask('POST', this.at('/batches'), { filings: [one] }, randomUUID(), { prefer: 'wait=60' });
    const batch = await done(filed);
    const { items } = (await done(this.clerk.ask('GET', this.at(`/filings?batch=${batch.id as string}`)))) as {
      items: Json[];
    };
    const [row] = items;
    if (row?.state !== 'assigned') throw new Error(JSON.stringify(row));
    return row;
  }

  /** A civil filing between the people of an earlier case. */
  fileAfter(id: string, { cause, amount, parties }: Docket['cases'][number]): Promise<Json> {
    return this.file(id, { matter: 'civil', stage: 'first_instance', cause, amount, parties });
  }

  /** A filing that is the judge's, because they decided one between the same people before. */
  async fileMine(id: string): Promise<Json> {
    const row = await this.fileAfter(id, this.earlier());
    if ((row.judge as Json).id !== SAMPLE_JUDGE) throw new Error(JSON.stringify(row));
    return row;
  }
}
