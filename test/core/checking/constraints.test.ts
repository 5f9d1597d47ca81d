import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { filingSchema, partySchema } from '../../../src/core/documents/filing.js';
import { admits, GROUND_FACT } from '../../../src/core/flows/flow.js';
import { Router } from '../../../src/core/routing/batch.js';
import { resolveFacts } from '../../../src/core/routing/facts.js';
import { checkFiling } from '../../../src/core/routing/intake.js';
import { causePathOf } from '../../../src/core/routing/lawbook.js';
import { settledFacts } from '../../../src/core/routing/procedure.js';
import type { Condition, Value } from '../../../src/core/rules/condition.js';
import { holds } from '../../../src/core/rules/evaluate.js';
import { Exceptions } from '../../../src/core/rules/exceptions.js';
import { Composition } from '../../../src/core/rules/proof/composition.js';
import type { Constraint } from '../../../src/core/rules/proof/constraint.js';
import { conditionsOf } from '../../../src/core/rules/proof/layer-proof.js';
import { causesOf, constraintsOf, prove, type Question, usualOf } from '../../../src/core/rules/proof/prove.js';
import { CaseSpace } from '../../../src/core/rules/proof/space.js';
import { cheapest } from '../../../src/core/rules/proof/witness.js';
import { specialise } from '../../../src/core/rules/specialise.js';
import { runs } from '../../support/arbitraries.js';
import { filing, type Json, lawbook } from '../../support/court.js';
import { checked, evaluatorOf, routeOne, SEED } from '../../support/property.js';
import { readJson } from '../../support/route.js';

/**
 * What proofs take for granted is true: of the procedure, because the rules conclude no other; of all else, because flows make no other facts
 * and routing decides none. A constraint that is not would hide real cases from the proofs.
 */
const { book, causes } = lawbook;
const { vocabulary, constraints } = book;
const docket = readJson(new URL('../../../docs/sample/docket.json', import.meta.url)) as Json;
const has = ({ facts }: Constraint, ...keys: readonly string[]): boolean => keys.some((key) => facts.has(key));
const groupsOf = ({ facts }: Constraint): Set<string | undefined> =>
  new Set([...facts].map((key) => vocabulary.factsByKey.get(key)?.group));

const onProcedure = constraints.filter((each) => has(each, 'procedure'));
const onKind = constraints.filter(({ facts }) => [...facts].every((key) => key === 'matter' || key === 'stage'));
const onConversion = constraints.filter((each) => groupsOf(each).has('转换'));
const onFiling = constraints.filter(
  (each) => !onProcedure.includes(each) && !onKind.includes(each) && !onConversion.includes(each),
);

/** Cases in which a rule of procedure concludes what a constraint excludes. */
function excluded({ cards, known, flattening }: Question, conditions: readonly Condition[]): string[] {
  const given = constraintsOf(book, '程序').filter((each) => !has(each, 'procedure'));
  const terms = vocabulary.factsByKey.get('procedure')?.enumeration?.terms ?? [];
  const left = terms.map(({ key }) => ({
    key,
    conditions: conditions.map((each) => specialise(each, new Map([...known, ['procedure', key]]))),
  }));
  const space = new CaseSpace(
    {
      vocabulary,
      parameters: flattening.parameters,
      constraints: given,
      causes: causesOf(causes, known.get('matter')),
      known,
      usual: usualOf(cards, known),
      nodesMax: 300_000,
    },
    [...conditionsOf(cards), ...left.flatMap((each) => each.conditions)],
  );
  const composition = new Composition(space, new Exceptions(cards));
  return cards.flatMap((card) => {
    if (!card.conclusion) return [];
    const concluded = space.store.and(space.possible, composition.concludes(card));
    const own = left.find(({ key }) => key === card.conclusion?.value)?.conditions ?? [];
    return own.flatMap((condition) => {
      const found = cheapest(space, space.store.and(concluded, space.store.not(space.of(condition))));
      return found
        ? [`${card.id} ${found.departs.map((key) => `${key}=${String(found.values.get(key))}`).join()}`]
        : [];
    });
  });
}

describe('约束是真的', () => {
  const questions = prove(book, causes)
    .answers.map(({ question }) => question)
    .filter(({ layer }) => layer === '程序');

  test('每一条约束都有一处管:程序、案件类别和审级、转换、收案', () => {
    const named = [onProcedure, onKind, onConversion, onFiling].map((list) => list.map(({ name }) => name));
    expect(named.flat().sort()).toEqual(constraints.map(({ name }) => name).sort());
    for (const list of named) expect(list.length).toBeGreaterThan(0);
  });

  test('程序的约束,程序规则自己就推得出:哪一种案件、哪一天、哪个法院,都得不出约束排除的程序', () => {
    expect(questions.length).toBeGreaterThan(10);
    const conditions = onProcedure.map(({ condition }) => condition);
    expect(questions.flatMap((question) => excluded(question, conditions))).toEqual([]);
  });

  test('推不出的约束会被发现:说民事一审没有督促程序就是假的', () => {
    const false_: Condition = {
      kind: 'test',
      fact: 'procedure',
      comparison: 'isNot',
      operand: { kind: 'literal', value: 'payment_order' },
      place: { file: '', line: 1, column: 1 },
    };
    const terms = vocabulary.factsByKey.get('procedure')?.enumeration?.terms.map(({ key }) => key);
    expect(terms).toContain('payment_order');
    expect(questions.flatMap((question) => excluded(question, [false_]))).not.toEqual([]);
  });

  test('约束排除的案件类别和审级,一律转人工,写明是哪一条约束', async () => {
    const values = (key: string): string[] =>
      vocabulary.factsByKey.get(key)?.enumeration?.terms.map((term) => term.key) ?? [];
    let count = 0;
    for (const matter of values('matter')) {
      for (const stage of values('stage')) {
        const kind = new Map<string, Value>([
          ['matter', matter],
          ['stage', stage],
        ]);
        if (onKind.every(({ condition }) => holds(condition, kind))) continue;
        count++;
        const cause = causes.nodes.find(({ list }) => list === matter)?.path.at(-1) ?? '民间借贷纠纷';
        const decision = await routeOne(filing({ court: '川1599', matter, stage, cause }), checked(docket));
        expect([matter, stage, decision.status]).toEqual([matter, stage, 'needs_review']);
        const broken = onKind.filter(({ condition }) => !holds(condition, kind)).map(({ name }) => `约束“${name}”不符`);
        for (const text of broken) expect(JSON.stringify(decision.reasons)).toContain(text);
      }
    }
    expect(count).toBe(20 - 3 * 3 - 2);
  });

  const party = fc.record(
    {
      role: fc.constantFrom(...partySchema.shape.role.options),
      kind: fc.constantFrom('person', 'organization'),
      name: fc.constantFrom('甲一', '乙二', '丙三'),
      whereabouts: fc.constantFrom('known', 'missing', null),
      foreign: fc.constantFrom(true, false, null),
    },
    { requiredKeys: ['role', 'kind', 'name'] },
  );

  test('收案的约束,无论什么当事人,得出的事实都符合;一方当事人也没有的收案转人工,写明是哪一条约束', async () => {
    const router = new Router({ docket: checked(docket), lawbook, evaluator: evaluatorOf(lawbook), seed: SEED });
    const sided = onFiling.filter((each) => !has(each, 'largestSide'));
    const onSides = onFiling.filter((each) => has(each, 'largestSide'));
    expect(sided.length).toBeGreaterThan(0);
    expect(onSides.length).toBeGreaterThan(0);
    let empty = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(party, { minLength: 1, maxLength: 6 }), async (parties) => {
        const value = filing({ court: '川1599', parties });
        expect(checkFiling(value, { court: '川1599', lawbook, seen: new Set() }).ok).toBe(true);
        const filed = filingSchema.parse(value);
        const table = resolveFacts(
          router.gather(filed).dossier,
          router.rulesetOf(filed),
          causePathOf(lawbook, filed.cause),
        );
        const facts = settledFacts(table);
        for (const { name, condition } of sided) expect([name, holds(condition, facts)]).toEqual([name, true]);
        const isEmpty = facts.get('largestSide') === 0;
        if (isEmpty) empty++;
        for (const { name, condition } of onSides) expect([name, holds(condition, facts)]).toEqual([name, !isEmpty]);
        if (!isEmpty) return;
        const decision = await routeOne(value, checked(docket));
        expect(decision.status).toBe('needs_review');
        expect(decision.draw).toBeUndefined();
        expect(decision.reasons?.filter(({ about }) => about === 'review').map(({ text }) => text)).toContainEqual(
          expect.stringMatching(/^本件的事实与约束“有当事人才有案件”不符（一方当事人人数 0）/),
        );
      }),
      runs(300),
    );
    expect(empty).toBeGreaterThan(0);
  });

  test('转换的约束,流程准许的每一种转换都符合,没有转换的收案也符合', () => {
    const values = (key: string): string[] =>
      vocabulary.factsByKey.get(key)?.enumeration?.terms.map((term) => term.key) ?? [];
    let count = 0;
    for (const flow of lawbook.flows) {
      for (const { effects, when } of flow.actions) {
        for (const { target } of effects.filter(({ kind }) => kind === 'convert')) {
          for (const matter of values('matter')) {
            for (const stage of values('stage')) {
              for (const procedure of values('procedure')) {
                for (const ground of flow.grounds) {
                  const told = new Map([
                    ['matter', matter],
                    ['stage', stage],
                    ['procedure', procedure],
                    ['panel', 'single'],
                    ['status', 'assigned'],
                    [GROUND_FACT, ground.key],
                  ]);
                  const concerned = new Map([...flow.applies].filter(([key]) => told.has(key)));
                  if (![concerned, ground.when, when].every((guard) => admits(guard, told))) continue;
                  count++;
                  const facts = new Map<string, Value>([
                    ...told,
                    ['convertedFrom', procedure],
                    ['conversionTarget', target ?? ''],
                    ['conversionGround', ground.key],
                    ['convertedLate', true],
                  ]);
                  for (const { name, condition } of onConversion) {
                    const where = `${name}: ${matter} ${stage} ${procedure} ${ground.key} → ${target}`;
                    expect([where, holds(condition, facts)]).toEqual([where, true]);
                  }
                }
              }
            }
          }
        }
      }
    }
    expect(count).toBeGreaterThan(10);
    const none = { convertedFrom: 'none', conversionTarget: 'none', conversionGround: 'none', convertedLate: false };
    for (const matter of values('matter')) {
      for (const stage of values('stage')) {
        const facts = new Map<string, Value>(Object.entries({ ...none, matter, stage }));
        for (const { name, condition } of onConversion) expect([name, holds(condition, facts)]).toEqual([name, true]);
      }
    }
  });
});
