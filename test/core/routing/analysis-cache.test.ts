import { expect, test } from 'vitest';
import { buildLawbook, type Lawbook } from '../../../src/core/routing/lawbook.js';
import { Problems } from '../../../src/core/rules/source.js';
import { readRuleFiles } from '../../../src/shell/files/rule-files.js';
import { CLEAR, decideOne, docket, filing, type Json, person, questionsOf, RULES } from '../../support/court.js';

/** Up to four parties small claims are unclear and larger ones clear; beyond four it is the other way round. */
const TRIAGE = `编号,案由,标的额超过,标的额不超过,人数不超过,事实清楚,权利义务关系明确,争议不大,效力,说明
SL-01,民间借贷纠纷,,40000,4,否,,,本地,示例
SL-02,民间借贷纠纷,40000,,4,是,,,本地,示例
SL-03,借款合同纠纷,,40000,,是,,,本地,示例
SL-04,借款合同纠纷,40000,,,否,,,本地,示例
`;

function fresh(): Lawbook {
  const problems = new Problems();
  const files = readRuleFiles(RULES).map((file) =>
    file.path === 'courts/1599-sample/triage.csv' ? { ...file, text: TRIAGE } : file,
  );
  const lawbook = buildLawbook(files, problems);
  expect(problems.list).toEqual([]);
  if (!lawbook) throw new Error('no rules');
  return lawbook;
}

const court = docket([], { court: { code: '川1599', name: '示例县人民法院', level: 'basic', province: '四川' } });

/** Of unknown amount, the facts left to the table; everybody's whereabouts known, so that nothing is presumed of them. */
function loan(plaintiffs: number): Json {
  const { factsClear: _, ...facts } = CLEAR;
  const known = { whereabouts: 'known', foreign: false };
  return filing({
    court: '川1599',
    amount: null,
    facts: { ...facts, agreeSummary: true },
    parties: [
      ...Array.from({ length: plaintiffs }, (_each, index) => person('plaintiff', `原告${index}`, 400 + index, known)),
      person('defendant', '被告甲', 500, known),
      person('defendant', '被告乙', 501, known),
    ],
  });
}

test('人数不同而识别表说法不同的两件收案,先后怎样都互不影响', async () => {
  const [few, many] = [loan(2), loan(3)];
  const expected = {
    few: await decideOne(few, court, { lawbook: fresh() }),
    many: await decideOne(many, court, { lawbook: fresh() }),
  };
  expect(expected.few).toMatchObject({ status: 'assigned', procedure: 'summary' });
  expect(questionsOf(expected.many)).toEqual(['/amount']);
  const shared = fresh();
  expect((await decideOne(few, court, { lawbook: shared })).digest).toBe(expected.few.digest);
  expect((await decideOne(many, court, { lawbook: shared })).digest).toBe(expected.many.digest);
});
