import { answersSchema, type Filing, filingSchema } from '../documents/filing.js';
import type { Value } from '../rules/condition.js';
import type { Vocabulary } from '../rules/vocabulary.js';

/** Who stands on which side, by 案件类别 and 审级. */
const SIDES: Readonly<Record<string, readonly [string, string]>> = {
  civil: ['plaintiff', 'defendant'],
  administrative: ['plaintiff', 'defendant'],
  criminal: ['prosecutor', 'accused'],
  enforcement: ['creditor', 'debtor'],
  second_instance: ['appellant', 'appellee'],
};

/** Whose filing an example is where any court's would do. */
export const SAMPLE_COURT = { code: '川1599', province: '四川' };

/** Made-up numbers of cases that a filing has to name; no docket knows them. */
const ORIGIN_SERIAL = 1;

/**
 * A counter-example of a proof as a filing that `shouze route` accepts. Undefined where the case is not one filing: it
 * turns on an earlier case, on a judge or on a conversion, none of which a filing says.
 */
export function filingOf(
  values: ReadonlyMap<string, Value>,
  vocabulary: Vocabulary,
  court: string,
  on: string,
): Filing | undefined {
  const groups = new Set([...values.keys()].flatMap((key) => vocabulary.factsByKey.get(key)?.group ?? []));
  if ([...groups].some((group) => !['收案', '陈述', '程序', '转换'].includes(group))) return undefined;
  if ((values.get('conversionTarget') ?? 'none') !== 'none') return undefined;
  const text = (key: string): string | undefined => {
    const value = values.get(key);
    return typeof value === 'string' ? value : undefined;
  };
  const cause = values.get('cause');
  const matter = text('matter');
  if (matter === undefined || !Array.isArray(cause)) return undefined;
  const answers = Object.keys(answersSchema.shape).filter((key) => values.has(key));
  const amount = values.get('amount');
  const origin = text('originRelation');
  const instrument = text('instrumentKind');
  const caseNo = `（${on.slice(0, 4)}）${court}民初${ORIGIN_SERIAL}号`;
  const filing = {
    id: '反例',
    court,
    matter,
    stage: text('stage') ?? 'first_instance',
    receivedOn: text('receivedOn') ?? on,
    cause: cause.at(-1),
    parties: partiesOf(values, matter),
    facts: Object.fromEntries(answers.map((key) => [key, values.get(key)])),
    ...(typeof amount === 'bigint' && { amount: yuan(amount) }),
    ...(origin !== undefined && origin !== 'none' && { origin: { relation: origin, caseNo } }),
    ...(instrument !== undefined && instrument !== 'unstated' && { instrument: { caseNo, kind: instrument } }),
  };
  const parsed = filingSchema.safeParse(filing);
  return parsed.success ? parsed.data : undefined;
}

function partiesOf(values: ReadonlyMap<string, Value>, matter: string): unknown[] {
  const isAppeal = values.get('stage') === 'second_instance' && matter !== 'enforcement';
  const [a, b] = SIDES[isAppeal && matter !== 'criminal' ? 'second_instance' : matter] ?? ['plaintiff', 'defendant'];
  const count = Math.max(1, Number(values.get('largestSide') ?? 1));
  const isMissing = values.get('defendantMissing') === true;
  const isOtherMissing = values.get('anyPartyMissing') === true && !isMissing;
  const missing = { whereabouts: 'missing' };
  const party = (role: string | undefined, name: string): object => ({
    role,
    kind: role === 'prosecutor' ? 'organization' : 'person',
    name,
  });
  return [
    { ...party(a, '示例一方'), ...(isOtherMissing && missing) },
    ...Array.from({ length: count }, (_, index) => ({
      ...party(b, `示例对方${index + 1}`),
      ...(isMissing && index === 0 && missing),
    })),
  ];
}

const yuan = (fen: bigint): string => `${fen / 100n}.${String(fen % 100n).padStart(2, '0')}`;
