import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  answersSchema,
  filingSchema,
  instrumentSchema,
  originSchema,
  partySchema,
} from '../../../src/core/documents/filing.js';
import { assembleFilings } from '../../../src/shell/files/assemble-filings.js';
import { type FilingDocument, filingRows, rowsCsv } from '../../../src/shell/files/filing-rows.js';
import { readCsvTable } from '../../../src/shell/files/read-csv.js';
import { readXlsxTable } from '../../../src/shell/files/read-xlsx.js';
import { values, vocabulary, workbook } from './support.js';

// What a cell can hold: no space around it, nothing that a spreadsheet or the layout has a meaning for.
const alphabet = [...'王建国龘𠮷（）、，。"\'<>&é-_=+@,aZ09 ', '；'];
const text = (maxLength: number, minLength = 1) =>
  fc
    .string({ unit: fc.constantFrom(...alphabet), minLength, maxLength })
    .filter((value) => value.trim() === value && !/^['="]|^\d(\.\d+)?E/.test(value));
const single = (maxLength: number) => text(maxLength).filter((value) => !value.includes('；'));
const date = fc
  .date({ min: new Date('1990-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
  .map((day) => day.toISOString().slice(0, 10));
const triple = fc.constantFrom(true, false, null);
const party = fc.record(
  {
    role: fc.constantFrom(...partySchema.shape.role.options),
    kind: fc.constantFrom(...partySchema.shape.kind.options),
    name: text(20),
    idNumber: fc.constantFrom('511527197506150015', '51152719750615002X', '110101199003070'),
    uscc: fc.constantFrom('91511527076543212B', '12345678X'),
    formerNames: fc.array(single(8), { minLength: 1, maxLength: 3 }),
    whereabouts: fc.constantFrom('known', 'missing', null),
    foreign: triple,
    represents: text(10),
  },
  { requiredKeys: ['role', 'kind', 'name'] },
);
const caseNo = fc.constantFrom('（2025）川1527民初88号', '(2024)川1527执12号', '筠劳人仲案〔2025〕7号');
const facts = fc
  .record(
    Object.fromEntries(
      Object.keys(answersSchema.shape).map((key) => [
        key,
        key === 'maxSentenceMonths' ? fc.option(fc.nat({ max: 300 })) : triple,
      ]),
    ),
    { requiredKeys: [] },
  )
  .filter((record) => Object.keys(record).length > 0);
const filing = fc.record(
  {
    id: text(20).filter((value) => !/^\d+$/.test(value)),
    court: fc.constantFrom('川1527', '最高法'),
    matter: fc.constantFrom(...filingSchema.shape.matter.options),
    stage: fc.constantFrom(...filingSchema.shape.stage.options),
    receivedOn: date,
    initialMeasuresReturnedOn: date,
    cause: text(20),
    amount: fc.constantFrom('0', '0.5', '86000.00', '999999999999999.99', null),
    claims: fc.array(text(30), { minLength: 1, maxLength: 3 }),
    parties: fc.array(party, { minLength: 1, maxLength: 4 }),
    instrument: fc.record(
      {
        caseNo,
        kind: fc.constantFrom(...instrumentSchema.shape.kind.unwrap().options),
        instalment: fc.integer({ min: 1, max: 99 }),
      },
      { requiredKeys: ['caseNo'] },
    ),
    origin: fc.record({ relation: fc.constantFrom(...originSchema.shape.relation.options), caseNo }),
    citedCases: fc.array(caseNo, { minLength: 1, maxLength: 3 }),
    facts,
  },
  { requiredKeys: ['id', 'court', 'matter', 'stage', 'receivedOn', 'cause', 'parties'] },
);
const filings = fc.array(filing, { minLength: 1, maxLength: 4 }) as fc.Arbitrary<FilingDocument[]>;

it('any filings written as rows read back equal from CSV', () => {
  fc.assert(
    fc.property(filings, (written) => {
      const table = readCsvTable(Buffer.from(rowsCsv(filingRows(written, vocabulary))));
      const { filings: found } = assembleFilings(table.rows, vocabulary);
      expect(found.flatMap((one) => one.errors)).toEqual([]);
      expect(values(found)).toEqual(written);
    }),
    { numRuns: 200 },
  );
});

it('any filings written as rows read back equal from xlsx', async () => {
  await fc.assert(
    fc.asyncProperty(filings, async (written) => {
      const table = await readXlsxTable(Buffer.from(await workbook(filingRows(written, vocabulary))));
      expect(values(assembleFilings(table.rows, vocabulary).filings)).toEqual(written);
    }),
    { numRuns: 40 },
  );
});
