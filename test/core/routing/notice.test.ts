import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import type { Decision, ReasonTopic } from '../../../src/core/documents/decision.js';
import { matterSchema } from '../../../src/core/documents/filing.js';
import { type Notice, noticeLines } from '../../../src/core/documents/notice.js';
import { plainCitation } from '../../../src/core/documents/wording.js';
import { plainDate } from '../../../src/core/kernel/plain-date.js';
import { parseRecusalRows, recusalArticles } from '../../../src/core/routing/recusal.js';
import { filingArb, PEOPLE, runs } from '../../support/arbitraries.js';
import {
  CLEAR,
  decideOne,
  docket,
  earlier,
  enforcement,
  filing,
  identityNumber,
  type Json,
  JUDGES,
  judge,
  person,
} from '../../support/court.js';
import { ARTICLES, noticeFor, RECUSAL_ROWS } from '../../support/notice.js';
import { routeOne } from '../../support/property.js';

vi.setConfig({ testTimeout: 120_000 * Number(process.env.FC_RUNS ?? 1) });

const textOf = (notice: Notice): string => noticeLines(notice).join('\n');

/** The two-column tables of a notice as one look-up. */
function valuesOf(notice: Notice): Map<string, string> {
  const rows = notice.sections.flatMap(({ blocks }) =>
    blocks.flatMap((block) => (block.kind === 'table' && block.header.length === 0 ? block.rows : [])),
  );
  return new Map(rows.map(([name = '', value = '']) => [name, value]));
}

const sectionOf = (notice: Notice, word: string): string => {
  const section = notice.sections.find(({ heading }) => heading.includes(word));
  return section ? textOf({ ...notice, sections: [section] }) : '';
};

async function noticeOn(one: Json, court: Json): Promise<{ decision: Decision; notice: Notice; text: string }> {
  const decision = await decideOne(one, court);
  const notice = noticeFor(decision, one, court);
  return { decision, notice, text: textOf(notice) };
}

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

/** Whether the word stands in the text, and not as the beginning of a longer one. */
const names = (text: string, word: string): boolean => new RegExp(`${escaped(word)}(?![0-9A-Za-z])`).test(text);

describe('every assigned decision', () => {
  const TOLD: readonly ReasonTopic[] = ['procedure', 'panel', 'track', 'not_applied', 'owner', 'owner_unable', 'draw'];
  const ARB = filingArb(8);

  const kept = new Map<string, Decision>();

  /** All properties see the same filings (one seed), so each is decided once. */
  async function decisionOn(one: Json, court: Json): Promise<Decision> {
    const key = JSON.stringify([one, court]);
    const decision = kept.get(key) ?? (await routeOne(one, court));
    kept.set(key, decision);
    return decision;
  }

  const everyNotice = (check: (notice: Notice, decision: Decision, one: Json, court: Json) => void): Promise<void> =>
    fc.assert(
      fc.asyncProperty(ARB, async ({ docket: court, filing: one }) => {
        const decision = await decisionOn(one, court);
        if (decision.status === 'assigned') check(noticeFor(decision, one, court), decision, one, court);
      }),
      runs(300),
    );

  test('gives a notice that names the judge, the parties, procedure and panel, and cites every basis', () =>
    everyNotice((notice, decision, one) => {
      const text = textOf(notice);
      expect(valuesOf(notice).get('承办人')).toBe(`法官${decision.owner?.judge}（民事审判庭）`);
      for (const { name } of one.parties as { name: string }[]) expect(notice.addressees.join()).toContain(name);
      expect(valuesOf(notice).has('适用程序') && valuesOf(notice).has('审判组织')).toBe(true);
      for (const { about, basis } of decision.reasons ?? [])
        if (TOLD.includes(about)) for (const each of basis) expect(text).toContain(plainCitation(each));
      if (decision.owner?.linkedCase !== undefined) {
        const link = decision.links?.find(({ caseNo }) => caseNo === decision.owner?.linkedCase);
        expect(sectionOf(notice, '承办人的理由')).toContain([...(link?.evidence ?? [])].join('；'));
      }
      const kinds = notice.sections.find(({ heading }) => heading.includes('回避'))?.blocks.map(({ kind }) => kind);
      expect(kinds).toContain('quote');
    }));

  test('says nothing of identity numbers, of strangers, or of why another judge is out', () =>
    everyNotice((notice, decision, one, court) => {
      const text = JSON.stringify(notice);
      const own = new Set((one.parties as { name: string }[]).map(({ name }) => name));
      for (const person of PEOPLE) {
        const { name, idNumber, uscc } = person('third_party', true, {}) as Record<string, string>;
        for (const number of [idNumber, uscc]) if (number !== undefined) expect(text).not.toContain(number);
        if (name !== undefined && !own.has(name)) expect(text).not.toContain(name);
      }
      for (const { text: why } of decision.barred ?? []) expect(text).not.toContain(why);
      const unable = (decision.reasons ?? []).filter(({ about }) => about === 'owner_unable');
      for (const { id } of court.judges as { id: string }[]) {
        if (id === decision.owner?.judge || unable.some((reason) => reason.text.includes(id))) continue;
        expect([id, names(text, `法官${id}`)]).toEqual([id, false]);
      }
      const mayTell = [decision.owner?.linkedCase, (one.origin as Json | undefined)?.caseNo];
      for (const { caseNo } of court.cases as { caseNo: string }[]) {
        if (mayTell.includes(caseNo) || unable.some((reason) => reason.text.includes(caseNo))) continue;
        const isSeriesHead = unable.some((reason) => !/号/.test(reason.text));
        if (!isSeriesHead) expect(text).not.toContain(caseNo);
      }
    }));

  test('speaks of judges by name, never by id', () =>
    everyNotice((notice, _, __, court) => {
      const text = textOf(notice);
      for (const { id } of court.judges as { id: string }[]) {
        expect(new RegExp(`(?<!法官|[0-9A-Za-z])${escaped(id)}(?![0-9A-Za-z])`).exec(text)).toBeNull();
      }
    }));

  test('has only texts of one line that XML can hold', () =>
    everyNotice((notice) => {
      for (const line of noticeLines(notice)) expect(line).not.toMatch(/[^\P{C}\t]/u);
    }));
});

describe('the related case', () => {
  test('is told with its number, the kind of link and what agreed', async () => {
    const { notice } = await noticeOn(filing(), docket([earlier({ closure: 'withdrawn' })]));
    const text = sectionOf(notice, '承办人的理由');
    expect(text).toContain(
      '（2025）川1527民初88号\t程序审理后再次起诉\t' +
        '原告相同（证件号码一致）；被告相同（证件号码一致）；案由相同：民间借贷纠纷；标的额一致',
    );
    expect(text).toContain('程序审理后再次起诉，由原承办人法官M1（（2025）川1527民初88号）作为首审负责人办理。');
    expect(text).toContain('依据：《筠连县人民法院首审负责制办法》（依据状态：本院规定）。');
    expect(text).not.toContain('抽');
  });

  test('is told too where its handler could not go on, with the judge who drew the case', async () => {
    const judges = JUDGES.map((each) => (each.id === 'M1' ? { ...each, handles: ['criminal'] } : each));
    const { notice, decision } = await noticeOn(filing(), docket([earlier({ closure: 'withdrawn' })], { judges }));
    expect(decision.owner?.method).toBe('random');
    const text = sectionOf(notice, '承办人的理由');
    expect(text).toContain('先前承办人法官M1（（2025）川1527民初88号）现在不办理此类案件，改为随机分案。');
    expect(text).toContain(`抽中法官${decision.owner?.judge}。`);
  });

  test('does not let a handler who is gone appear by id', async () => {
    const { text } = await noticeOn(filing(), docket([earlier({ closure: 'withdrawn', judge: 'OLD9' })]));
    expect(text).toContain('先前承办人（（2025）川1527民初88号）已离任或者不在本院法官名册');
    expect(text).not.toContain('OLD9');
  });

  test('of a series is told where its judge has as many as one may have, though the reason has no number', async () => {
    const head = earlier({
      filedOn: '2026-03-08',
      closedOn: null,
      closure: null,
      parties: [person('plaintiff', '甲一', 101), person('defendant', '戊五', 108)],
    });
    const court = docket([head], { parameters: { ...(docket().parameters as Json), 'series.max_per_judge': 1 } });
    const { decision, notice } = await noticeOn(filing(), court);
    expect(decision.owner?.method).toBe('random');
    const text = sectionOf(notice, '承办人的理由');
    expect(text).toContain('（2025）川1527民初88号\t系列案件\t');
    expect(text).toContain('系列首案承办人法官M1已承办该系列1件');
    expect(text).not.toContain('戊五');
  });

  test('of a judge whose id is a figure leaves the other figures alone', async () => {
    const judges = [judge('1', { name: '龘㼆' }), judge('2'), judge('3')];
    const head = earlier({
      caseNo: '（2026）川1527民初1号',
      filedOn: '2026-03-08',
      closedOn: null,
      closure: null,
      judge: '1',
      parties: [person('plaintiff', '甲一', 101), person('defendant', '戊五', 108)],
    });
    const { text } = await noticeOn(filing(), docket([head], { judges }));
    expect(text).toContain('系列案件由首案（2026）川1527民初1号承办人龘㼆集中办理。');
    expect(text).toContain('标的额20,000元');
  });

  test('is not told where it decides nothing: a possible duplicate is for the judge to look at', async () => {
    const open = earlier({ closedOn: null, closure: null, claims: ['还款'] });
    const { decision, text } = await noticeOn(filing({ claims: ['还款'] }), docket([open]));
    expect(decision.links?.map(({ kind }) => kind)).toEqual(['possible_duplicate']);
    expect(text).not.toContain('88号');
    expect(text).not.toContain('重复起诉');
  });

  test('of an enforcement is told with the enforcement judge', async () => {
    const one = enforcement();
    const past = {
      ...earlier({ caseNo: '（2025）川1527执8号', matter: 'enforcement', stage: 'enforcement', judge: 'Z1' }),
      closure: 'current_enforcement_terminated',
      parties: one.parties,
      instrument: one.instrument,
    };
    const { notice } = await noticeOn(one, docket([past]));
    expect(valuesOf(notice).get('承办人怎样确定')).toBe('首执负责（由先前执行承办人继续执行）');
    expect(notice.addressees).toEqual(['申请执行人：甲一', '被执行人：乙二']);
    expect(sectionOf(notice, '回避')).toContain('书记员和执行员适用审判人员回避的有关规定。');
  });
});

describe('the draw', () => {
  test('can be repeated from the notice alone', async () => {
    const { notice, decision } = await noticeOn(filing(), docket());
    const told = valuesOf(notice);
    const of = (name: string): string => told.get(name) ?? '';
    const message = ['算法', '规则摘要', '候选名单摘要', '登记号', '抽签次序', '取数序号'].map(of).join('\n');
    expect(told.get('种子')).toBe(decision.draw?.seed);
    const bytes = createHmac('sha256', Buffer.from(of('种子'), 'hex'))
      .update(message)
      .digest();
    const ticket = bytes.readBigUInt64BE(0) % BigInt(of('总权重'));
    expect(`${ticket}`).toBe(of('抽得数'));
    const [first, last] = of('承办人所占的数').split(' 至 ').map(Number);
    const share = decision.draw?.candidates.find((each) => each.judge === decision.owner?.judge)?.weight;
    expect((last ?? 0) - (first ?? 0) + 1).toBe(share);
    expect(ticket >= BigInt(first ?? -1) && ticket <= BigInt(last ?? -1)).toBe(true);
    expect(sectionOf(notice, '随机抽取')).toContain('核对方法');
  });

  test('by another algorithm is told without the recipe of this one', async () => {
    const one = filing();
    const decision = await decideOne(one, docket());
    if (!decision.draw) throw new Error('no draw');
    const other = { ...decision, draw: { ...decision.draw, algorithm: 'other' } };
    expect(textOf(noticeFor(other, one, docket()))).not.toContain('核对方法：');
  });
});

describe('procedure and days', () => {
  test('say by which rule and which presumption', async () => {
    const { notice } = await noticeOn(filing(), docket());
    const text = sectionOf(notice, '程序和审判组织的理由');
    expect(text).toContain('1．简单金钱给付案件，标的额20,000元');
    expect(text).toContain('依据：《中华人民共和国民事诉讼法》第一百六十五条第一款。');
    expect(text).toContain('（依据状态：政策）');
    expect(text).toContain('推定“涉及公共利益”为否');
    expect(sectionOf(notice, '核对信息')).toContain(
      '依据状态“政策”指最高人民法院规范性文件；没有注明依据状态的依据，是法律、司法解释。',
    );
  });

  test('say why no simpler procedure applies, and that a panel has more members', async () => {
    const one = filing({ facts: { ...CLEAR, groupDispute: true } });
    const { notice, text } = await noticeOn(one, docket());
    expect(valuesOf(notice).get('审判组织')).toBe('合议');
    expect(text).toContain('没有适用其他程序或者审判组织的理由：');
    expect(text).toContain('合议庭其他组成人员和法官助理、书记员不由本次分案确定，确定后另行告知。');
  });

  test('name what a party can count on, with day and article, and no clock of the court’s own rooms', async () => {
    const { notice, decision } = await noticeOn(filing(), docket([earlier({ closure: 'withdrawn' })]));
    const text = sectionOf(notice, '期限');
    expect(decision.deadlines?.map(({ kind }) => kind)).toContain('first_trial_diversion');
    expect(text).toContain(
      '告知审判人员\t2026年3月9日\t3日\t2026年3月12日\t《中华人民共和国民事诉讼法》第一百三十一条',
    );
    expect(text).toContain('审限\t2026年3月9日\t2个月\t2026年5月9日');
    expect(text).not.toMatch(/分流|申请复核|征求意见|立案审查/);
    const basis = [{ law: '内部办法', status: 'local' as const }];
    const reasons = [...(decision.reasons ?? []), { rule: 'X', about: 'deadline' as const, text: '内部期限', basis }];
    expect(textOf(noticeFor({ ...decision, reasons }, filing(), docket()))).not.toContain('内部');
  });

  test('mark a day that may yet move, and what it hangs on', async () => {
    const one = filing({ receivedOn: '2031-03-05', facts: { ...CLEAR, factsClear: false, foreignRelated: null } });
    const { notice } = await noticeOn(one, docket());
    const text = sectionOf(notice, '期限');
    expect(text).toContain('（暂定：该年放假安排尚未公布）');
    expect(text).toMatch(/是否“.+”未知，暂按“否”计算/);
  });

  test('are marked where they rest on an unverified basis', async () => {
    const one = filing();
    const decision = await decideOne(one, docket());
    const reasons = (decision.reasons ?? []).map((reason) => ({
      ...reason,
      basis: reason.basis.map((basis) => ({ ...basis, status: 'unverified' as const })),
    }));
    const text = textOf(noticeFor({ ...decision, reasons }, one, docket()));
    expect(text).toContain('《中华人民共和国民事诉讼法》第一百六十五条第一款（依据状态：未核实）');
    expect(text).toContain('依据状态“未核实”指尚未与正式文本核对，或者没有找到规范依据');
  });
});

describe('the form', () => {
  test('has court, title, reference, one line for each role, and the day in Chinese figures', async () => {
    const parties = [
      person('plaintiff', '甲一', 101),
      person('defendant', '乙二', 102),
      person('plaintiff', '丙三', 103),
    ];
    const { notice } = await noticeOn(filing({ parties }), docket());
    expect(notice.court).toBe('筠连县人民法院');
    expect(notice.title).toBe('案件承办人及审判组织告知书');
    expect(notice.reference).toBe('登记号：F1');
    expect(notice.addressees).toEqual(['原告：甲一、丙三', '被告：乙二']);
    expect(notice.opening).toContain('民间借贷纠纷一案（登记号：F1）');
    expect(notice.closing).toEqual(['筠连县人民法院', '二〇二六年三月十日']);
    expect(notice.sections.map(({ heading }) => heading.slice(0, 2)).join('')).toBe('一、二、三、四、五、六、七、');
    expect(JSON.stringify(notice)).not.toContain(identityNumber(101));
  });

  test.each([
    ['2026-10-20', '二〇二六年十月二十日'],
    ['2030-12-31', '二〇三〇年十二月三十一日'],
    ['2027-01-01', '二〇二七年一月一日'],
  ])('writes %s as %s', async (day, words) => {
    const one = filing();
    const notice = noticeFor(await decideOne(one, docket()), one, docket(), { issuedOn: plainDate(day) });
    expect(notice.closing[1]).toBe(words);
  });

  test('gives the case number where there is one', async () => {
    const one = filing();
    const decision = await decideOne(one, docket());
    const notice = noticeFor(decision, one, docket(), { caseNo: '（2026）川1527民初9号' });
    expect(notice.reference).toBe('案号：（2026）川1527民初9号');
  });

  test('keeps rare characters and drops what steers a reader or breaks a file', async () => {
    const parties = [person('plaintiff', '龘㼆𠮷'), person('defendant', '乙\u0000二\n\u202e\ufffe\ud800x')];
    const one = filing();
    const notice = noticeFor(await decideOne(one, docket()), { ...one, parties }, docket());
    expect(notice.addressees).toEqual(['原告：龘㼆𠮷', '被告：乙 二 \ufffdx']);
  });

  test('says that the handler has changed, and nothing of the one before', async () => {
    const one = filing();
    const decision = await decideOne(one, docket());
    if (!decision.record) throw new Error('no record');
    const before = ['M1', 'M4'].find((each) => each !== decision.owner?.judge) ?? '';
    const handover = { reliefs: [{ judge: before, ground: 'health' }], draw: 2 };
    const text = textOf(noticeFor({ ...decision, record: { ...decision.record, handover } }, one, docket()));
    expect(text).toContain('本案承办人已经变更，以前告知的承办人以本告知书为准。');
    expect(text).not.toContain(`法官${before}`);
  });

  test('is not given on a decision that assigns nobody, nor for a judge whom the court does not have', async () => {
    const one = filing({ parties: [person('plaintiff', '甲一', 101)] });
    const refused = { ...(await decideOne(one, docket())), status: 'needs_review' as const };
    expect(() => noticeFor(refused, one, docket())).toThrow('a notice needs');
    const decision = await decideOne(filing(), docket());
    expect(() => noticeFor(decision, filing(), docket(), { judge: () => undefined })).toThrow('a judge of the court');
  });
});

describe('the articles on recusal', () => {
  test('stand in the articles, each with its law, version and label, once for a matter', () => {
    for (const { law, version, article, label } of RECUSAL_ROWS) {
      const found = ARTICLES.filter((each) => each.law === law && each.version === version && each.article === article);
      expect([law, article, found.map((each) => each.label)]).toEqual([law, article, [label]]);
      expect(found[0]?.text).toMatch(/回避/);
    }
    expect(new Set(RECUSAL_ROWS.map((row) => JSON.stringify([row.matter, row.law, row.article]))).size).toBe(
      RECUSAL_ROWS.length,
    );
  });

  test.each([
    ['civil', '当事人有权用口头或者书面方式申请他们回避'],
    ['criminal', '当事人及其法定代理人也有权要求他们回避'],
    ['administrative', '当事人认为审判人员与本案有利害关系或者有其他关系可能影响公正审判，有权申请审判人员回避'],
    ['enforcement', '书记员和执行员适用审判人员回避的有关规定'],
  ] as const)('of a %s matter are quoted word for word', async (matter, words) => {
    const quoted = recusalArticles(ARTICLES, RECUSAL_ROWS, matter, plainDate('2026-03-10'));
    expect(quoted.map(({ text }) => text).join('\n')).toContain(words);
    expect(quoted.length).toBe(RECUSAL_ROWS.filter((row) => row.matter === matter).length);
    const one = filing();
    const notice = noticeFor(await decideOne(one, docket()), one, docket(), { recusal: quoted });
    const text = textOf(notice);
    for (const { text: whole } of quoted) for (const line of whole.split('\n')) expect(text).toContain(line.trim());
  });

  test('cover every matter that a filing can have', () => {
    expect(new Set(RECUSAL_ROWS.map(({ matter }) => matter))).toEqual(new Set(matterSchema.options));
  });

  test('are those in force on the day: none before, and not the old text once there is a new one', () => {
    const on = (day: string, articles = ARTICLES): string[] =>
      recusalArticles(articles, RECUSAL_ROWS, 'civil', plainDate(day)).map(({ label }) => label);
    expect(on('2023-12-31')).toEqual([]);
    expect(on('2024-01-01')).toEqual(['第四十七条', '第四十八条', '第四十九条', '第五十条']);
    const [first] = ARTICLES;
    if (!first) throw new Error('no article');
    const amended = [...ARTICLES, { ...first, version: '新', inForceFrom: '2027-01-01' }];
    expect(on('2026-12-31', amended)).toHaveLength(4);
    expect(on('2027-01-01', amended)).toEqual([]);
    expect(on('2024-01-01', [])).toEqual([]);
  });

  test('that are not there are not made up', async () => {
    const one = filing();
    const notice = noticeFor(await decideOne(one, docket()), one, docket(), { recusal: [] });
    const text = sectionOf(notice, '回避');
    expect(text).toContain('没有收录签发之日有效的条文');
    expect(text).not.toMatch(/第.+条/);
  });

  test('name a malformed row', () => {
    expect(() => parseRecusalRows('{"matter":"maritime"}')).toThrow();
  });
});
