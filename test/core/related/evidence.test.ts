import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findCandidates } from '../../../src/core/related/candidates.js';
import { buildEgoGraph, summariseEgo } from '../../../src/core/related/ego-graph.js';
import { evidenceOf, scoreOf } from '../../../src/core/related/evidence.js';
import { viewFiling } from '../../../src/core/related/filing-view.js';
import { lineageOf } from '../../../src/core/related/lineage.js';
import { pairFacts } from '../../../src/core/related/pair-facts.js';
import { EVIDENCE_KINDS } from '../../../src/core/rules/tables.js';
import { lawbook } from '../../support/court.js';
import { aCase, aFiling, day, firm, idOf, indexOf, pairsOf, person } from './world.js';

const [WANG, LI] = [idOf(1), idOf(2)];
const parties = [person('plaintiff', '王建国', { idNumber: WANG }), person('defendant', '李志强', { idNumber: LI })];
const textsOf = (index: ReturnType<typeof indexOf>, filing: ReturnType<typeof aFiling>) => {
  const [pair] = [...pairsOf(index, filing).values()];
  return pair && evidenceOf(pair, filing.cause, lawbook.book.vocabulary);
};

describe('关联依据', () => {
  it('撤诉后再诉的依据逐项写明，不出现姓名和号码', () => {
    const index = indexOf(aCase(88, { filedOn: day(6), amount: '20000', parties, claims: ['还钱'] }));
    const filing = aFiling({ amount: '20000.00', parties, claims: ['还钱。'], citedCases: ['（2026）川1527民初88号'] });
    expect(textsOf(index, filing)).toEqual([
      { kind: 'cited', text: '收案写明该案案号' },
      { kind: 'number', text: '原告相同（证件号码一致）' },
      { kind: 'number', text: '被告相同（证件号码一致）' },
      { kind: 'cause', text: '案由相同：民间借贷纠纷' },
      { kind: 'amount', text: '标的额一致' },
      { kind: 'claims', text: '诉讼请求相同' },
      { kind: 'date', text: '收案日期相近：系列首案起第3日，连本件共2件' },
    ]);
  });

  it('互换地位的当事人', () => {
    const index = indexOf(aCase(88, { cause: '离婚纠纷', parties }));
    const swapped = [person('plaintiff', '李志强', { idNumber: LI }), person('defendant', '王建国')];
    expect(textsOf(index, aFiling({ cause: '离婚后财产纠纷', parties: swapped }))).toEqual([
      { kind: 'number', text: '原告在前案中为对方当事人（证件号码一致）' },
      { kind: 'person_name', text: '被告在前案中为对方当事人（仅个人姓名一致）' },
      { kind: 'second_level_cause', text: '二级案由相同' },
    ]);
  });

  it('分数是整数千分比，只随依据增加', () => {
    const weights = { weights: { origin: 40, number: 20, cause: 3, amount: 4 }, half: 8 };
    expect(scoreOf([], weights)).toBe(0);
    expect(scoreOf(['number', 'number', 'cause'], weights)).toBe(843);
    expect(scoreOf(['date'], weights)).toBe(0);
    const kinds = fc.array(fc.constantFrom(...Object.values(EVIDENCE_KINDS)), { maxLength: 12 });
    fc.assert(
      fc.property(kinds, kinds, (some, more) => {
        const score = scoreOf(some, weights);
        expect(Number.isInteger(score) && score >= 0 && score < 1000).toBe(true);
        expect(scoreOf([...some, ...more], weights)).toBeGreaterThanOrEqual(score);
        expect(scoreOf([...more, ...some], weights)).toBe(scoreOf([...some, ...more], weights));
      }),
    );
  });
});

describe('审级链', () => {
  const first = aCase(120, { judge: 'M2', panel: ['M1'], closedOn: day(1), closure: 'judgment' });
  const appeal = aCase(0, {
    caseNo: '（2026）川15民终7号',
    originCaseNo: first.caseNo,
    judge: 'H1',
    closure: 'remanded',
    closedOn: day(3),
  });
  const again = aCase(121, { originCaseNo: appeal.caseNo, judge: 'M3' });

  it('沿来源案号向上、向下都能走到，由近及远', () => {
    const index = indexOf(again, appeal, first, aCase(500));
    const walk = lineageOf(index, appeal.caseNo).cases.map(({ earlier, distance }) => [earlier.judge, distance]);
    expect(walk).toEqual([
      ['H1', 0],
      ['M2', 1],
      ['M3', 1],
    ]);
    expect(lineageOf(index, first.caseNo).cases.flatMap(({ earlier }) => earlier.participants)).toEqual([
      'M2',
      'M1',
      'H1',
      'M3',
    ]);
  });

  it('本件自己不在链上；库里没有的案号列为缺失', () => {
    const index = indexOf(first, appeal, again);
    const self = new Set(index.casesNamed(again.caseNo));
    expect(lineageOf(index, appeal.caseNo, { except: self }).cases.map(({ earlier }) => earlier.judge)).toEqual([
      'H1',
      'M2',
    ]);
    const lost = lineageOf(indexOf(appeal), first.caseNo);
    expect(lost.missing).toEqual([first.caseNo]);
    expect(lost.cases.map(({ earlier }) => earlier.judge)).toEqual(['H1']);
  });

  it('环不会走不完，大族至多二百件并说明截断', () => {
    const ring = indexOf({ ...first, originCaseNo: again.caseNo }, appeal, again);
    expect(lineageOf(ring, first.caseNo).cases.length).toBe(3);
    const many = Array.from({ length: 300 }, (_, place) => aCase(1000 + place, { originCaseNo: first.caseNo }));
    const family = lineageOf(indexOf(first, ...many), first.caseNo);
    expect(family.cases.length).toBe(200);
    expect(family.truncated).toBe(true);
  });
});

describe('关系图', () => {
  const ego = (index: ReturnType<typeof indexOf>, filing: ReturnType<typeof aFiling>) => {
    const view = viewFiling(index, filing, { windowDays: 7 });
    const found = findCandidates(index, view);
    const cases = found.cases.map((earlier) => {
      const pair = pairFacts(view, earlier);
      return { pair, evidence: evidenceOf(pair, filing.cause, lawbook.book.vocabulary) };
    });
    return summariseEgo(buildEgoGraph(view, cases, lawbook.book.vocabulary, found.truncated.length > 0));
  };

  it('有收案、当事人、前案、执行依据和来源，没有姓名和号码', () => {
    const instrument = { caseNo: '（2024）川1527民初512号' };
    const both = [person('creditor', '邓春梅', { idNumber: WANG }), person('debtor', '曾有财', { idNumber: LI })];
    const index = indexOf(
      aCase(0, { caseNo: '（2025）川1527执300号', matter: 'enforcement', instrument, parties: both }),
    );
    const filing = aFiling({
      matter: 'enforcement',
      stage: 'enforcement',
      parties: both,
      instrument,
      origin: { relation: 'appeal', caseNo: '（2020）川1527执9号' },
    });
    const graph = ego(index, filing);
    expect(graph.nodes.map(({ kind, label }) => `${kind} ${label}`).sort()).toEqual([
      'case （2025）川1527执300号',
      'filing 2026-0001',
      'instrument （2024）川1527民初512号',
      'origin （2020）川1527执9号',
      'party 申请执行人',
      'party 被执行人',
    ]);
    expect(graph.edges).toContainEqual({
      from: 'party:1',
      to: 'case:（2025）川1527执300号',
      kind: 'same_party',
      evidence: ['证件号码一致'],
    });
    expect(graph.truncated).toBe(false);
    const text = JSON.stringify(graph);
    for (const secret of ['邓春梅', '曾有财', WANG, LI]) expect(text).not.toContain(secret);
    expect(text).toBe(JSON.stringify(ego(index, filing)));
  });

  it('至多四百个节点', () => {
    const crowd = Array.from({ length: 900 }, (_, place) => firm('defendant', `被告${place}号有限公司`));
    const graph = ego(indexOf(), aFiling({ parties: crowd }));
    expect(graph.nodes.length).toBe(400);
    expect(graph.truncated).toBe(true);
  });
});
