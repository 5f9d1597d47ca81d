import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type BookRelease, renderBook } from '../../../src/core/book/book.js';
import { ArticleLibrary } from '../../../src/core/book/cited-text.js';
import { escaped, html } from '../../../src/core/book/markup.js';
import { flowsOf } from '../../../src/core/flows/flows-of.js';
import type { PlainDate } from '../../../src/core/kernel/plain-date.js';
import { type Lawbook, parseArticles } from '../../../src/core/routing/lawbook.js';
import { readArticles, readRuleFiles } from '../../../src/shell/files/rule-files.js';
import { alteredLawbook, lawbook, RULES } from '../../support/court.js';

const files = readRuleFiles(RULES);
const articles = parseArticles(readArticles(RULES));
const DAY = '2026-03-09' as PlainDate;

const bookOf = (of: Lawbook = lawbook, more: { court?: string; day?: PlainDate; history?: BookRelease[] } = {}) =>
  renderBook({ lawbook: of, files, articles, day: DAY, history: [], ...more });
const shipped = bookOf();
const pageOf = (name: string, book = shipped): string => book.get(name) ?? '';
/** What a reader sees: without tags, entities as their characters. */
const read = (text: string): string =>
  text
    .replace(/<[^>]*>/g, ' ')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .replace(/\s+/g, ' ');
/** One card of a page. */
const cardOf = (page: string, id: string): string =>
  new RegExp(`<section class="card" id="${id}"[\\s\\S]*?</section>`).exec(page)?.[0] ?? '';

const FIRST_INSTANCE = 'national~civil~procedure-first-instance.yaml.html';

describe('规则书', () => {
  test('有一页说一条规则：结果、条件、例外、依据、效力、示例', () => {
    const card = read(cardOf(pageOf(FIRST_INSTANCE), 'GJ-MS-165-1'));
    for (const words of [
      '小额诉讼(法定适用)',
      '程序：小额诉讼程序',
      '标的额不超过小额诉讼法定限额',
      '金钱给付：是',
      'GJ-MS-160 简易程序(简单民事案件)',
      '第一百六十五条',
      '施行中',
      '国家',
      '说明模板',
      '示例',
    ])
      expect(card).toContain(words);
  });

  test('条文全文在规则旁边，引用的原话加底色', () => {
    const card = cardOf(pageOf(FIRST_INSTANCE), 'GJ-MS-152');
    expect(card).toContain('<mark>人民法院适用普通程序审理的案件，应当在立案之日起六个月内审结</mark>。有特殊情况');
    expect(card).toContain('还需要延长的，报请上级人民法院批准。');
  });

  test('例外的两头互相有链接', () => {
    const page = pageOf(FIRST_INSTANCE);
    expect(cardOf(page, 'GJ-MS-160')).toMatch(/例外于[\s\S]*href="[^"]*#GJ-MS-152"/);
    expect(cardOf(page, 'GJ-MS-152')).toMatch(/被谁例外[\s\S]*href="[^"]*#GJ-MS-160"/);
  });

  test('没有核实的规则说自己没有核实', () => {
    const escalation = read(pageOf('escalation~late-work.yaml.html'));
    expect(escalation).toContain('未核实');
    expect(escalation).toContain('没有找到公布的天数和送达对象');
    expect(read(pageOf('index.html'))).toMatch(/\d+ 条 未核实/);
  });

  test('参数写明值、文号、起止日和没有查明的', () => {
    const page = read(pageOf('parameters.html'));
    for (const words of ['35,120 元', '法释〔2022〕11号第七十五条', '2022-09-01 起失效', '未查明', '河南'])
      expect(page).toContain(words);
  });

  test('没有施行的和已经失效的都标出来', () => {
    const path = 'national/civil/procedure-first-instance.yaml';
    const from = '效力: { 施行: 2022-01-01, 失效: 无';
    const at = (to: string) =>
      read(cardOf(pageOf(FIRST_INSTANCE, bookOf(alteredLawbook(path, from, to))), 'GJ-MS-152'));
    expect(at('效力: { 施行: 2026-03-10, 失效: 无')).toContain('尚未施行 2026-03-10 起施行');
    expect(at('效力: { 施行: 2026-03-09, 失效: 无')).toContain('施行中');
    expect(at('效力: { 施行: 2022-01-01, 失效: 2026-03-09')).toContain('已失效 2022-01-01 起施行，2026-03-09 起失效');
    expect(at('效力: { 施行: 2022-01-01, 失效: 2026-03-10')).toContain('施行中');
  });

  test('流程画成图，图里和表里的步骤一样多', () => {
    for (const flow of lawbook.flows) {
      const page = pageOf(`${flow.file.replaceAll('/', '~')}.html`);
      expect([...page.matchAll(/<g class="state /g)]).toHaveLength(flow.states.length);
      expect([...page.matchAll(/<g class="step">/g)]).toHaveLength(flow.actions.length);
      for (const { name } of [...flow.states, ...flow.actions]) expect(page).toContain(name);
    }
    const page = read(pageOf('flows~first-trial-objection.yaml.html'));
    for (const words of ['① 申请复核', '在申请复核的期限内', '人工处理期限', '督促', '同一事由每件只能提出一次'])
      expect(page).toContain(words);
  });

  test('图里的方框和文字都在图的范围里', () => {
    for (const { file } of lawbook.flows) {
      const page = pageOf(`${file.replaceAll('/', '~')}.html`);
      const [, width, height] = /viewBox="0 0 (\d+) (\d+)"/.exec(page) ?? [];
      const boxes = [...page.matchAll(/<rect x="([-\d.]+)" y="([-\d.]+)" width="([\d.]+)" height="([\d.]+)"/g)];
      expect(boxes.length).toBeGreaterThan(1);
      for (const [, x, y, w, h] of boxes) {
        expect(Math.min(Number(x), Number(y))).toBeGreaterThanOrEqual(0);
        expect(Number(x) + Number(w)).toBeLessThanOrEqual(Number(width));
        expect(Number(y) + Number(h)).toBeLessThanOrEqual(Number(height));
      }
    }
  });

  test('条文索引里有每一条所引的条文，和据此的规则', () => {
    const page = pageOf('articles.html');
    const article = /<article class="cited"[^>]*><h3>第一百六十五条[\s\S]*?<\/article>/.exec(page)?.[0] ?? '';
    expect(article).toContain('GJ-MS-165-1');
    expect(read(article)).toContain('标的额为各省、自治区、直辖市上年度就业人员年平均工资百分之五十以下');
  });

  test('只写一个法院的书：没有别的法院，没有没采用的模块', () => {
    const { courts } = lawbook.book;
    for (const [code, court] of courts) {
      const book = bookOf(lawbook, { court: code });
      const names = [...book.keys()];
      const others = [...courts.values()].filter((each) => each !== court);
      for (const other of others) expect(names).not.toContain(`${other.file.replaceAll('/', '~')}.html`);
      expect(names.some((name) => name.startsWith('modules~'))).toBe(court.adoptions.length > 0);
      expect(pageOf('index.html', book)).toContain(`规则书：${court.name}`);
    }
    expect([...bookOf(lawbook, { court: '川1599', day: '2021-12-31' as PlainDate }).keys()].join(' ')).not.toContain(
      'modules~',
    );
  });

  test('只写一个法院的书：只有这个法院那一天有的流程', () => {
    const pageOfFlow = (file: string): string => `${file.replaceAll('/', '~')}.html`;
    const days = ['2021-12-31', '2026-03-09'] as PlainDate[];
    const listed = [...lawbook.book.courts.keys(), '未设'].flatMap((court) =>
      days.map((day) => {
        const book = bookOf(lawbook, { court, day });
        const adopted = lawbook.flows.filter(({ basis }) => basis.some((each) => 'adopted' in each));
        const own = flowsOf(lawbook.flows, lawbook.book, court, day);
        for (const flow of adopted) {
          expect([court, flow.name, book.has(pageOfFlow(flow.file))]).toEqual([court, flow.name, own.includes(flow)]);
          expect(pageOf('index.html', book).includes(pageOfFlow(flow.file))).toBe(own.includes(flow));
        }
        return adopted.filter((flow) => own.includes(flow)).length;
      }),
    );
    expect([Math.min(...listed), Math.max(...listed)]).toEqual([0, 4]);
    expect(pageOf('articles.html', bookOf(lawbook, { court: '未设' }))).not.toContain('首审异议');
  });

  test('只写一个法院的书：参数只有全国、本省和本院的', () => {
    const page = (court?: string) =>
      read(pageOf('parameters.html', bookOf(lawbook, court === undefined ? {} : { court })));
    expect(page()).toContain('吉林');
    expect(page('川1527')).toContain('四川');
    expect(page('川1527')).not.toContain('吉林');
    expect(page('川1527')).not.toContain('川1599');
  });

  test('采用的模块写明各院提供的依据', () => {
    const page = read(pageOf('modules~shouze~ownership.yaml.html', bookOf(lawbook, { court: '川1599' })));
    expect(page).toContain('示例县人民法院：示例县人民法院首审负责制办法（示例）（本地）');
  });

  test('规则表的每一行都是一条规则，写在表头那一页', () => {
    const head = `名称: 试行的团队\n层: 入池\n表: teams.csv\n`;
    const path = 'national/teams';
    const extra = [
      { path: `${path}.yaml`, text: head },
      { path: `${path}.csv`, text: '行,名称\n' },
    ];
    const book = renderBook({ lawbook, files: [...files, ...extra], articles, day: DAY, history: [] });
    expect([...book.keys()].filter((name) => name.includes('teams'))).toEqual(['national~teams.yaml.html']);
  });

  test('版本一页写明摘要和发布记录', () => {
    expect(read(pageOf('history.html'))).toContain(lawbook.book.digest);
    const release: BookRelease = {
      name: '第 3 版',
      state: '待生效',
      effectiveFrom: '2026-04-01',
      at: '2026-03-09 10:00',
      who: '编辑甲提出，审批乙批准',
      what: '小额诉讼限额 <按新文件>',
      digest: 'abcdef0123456789',
    };
    const page = pageOf('history.html', bookOf(lawbook, { history: [release] }));
    for (const words of ['第 3 版', '待生效', '2026-04-01', '编辑甲提出，审批乙批准', '小额诉讼限额 <按新文件>'])
      expect(read(page)).toContain(words);
    expect(page).not.toContain('<按新文件>');
  });
});

describe('每一页', () => {
  const hrefs = (text: string): string[] => [...text.matchAll(/href="([^"]*)"/g)].map((match) => match[1] ?? '');
  const ids = (text: string): string[] => [...text.matchAll(/ id="([^"]*)"/g)].map((match) => match[1] ?? '');

  test.each([undefined, '川1599', '未设'])('的链接都通到一个地方：%s', (court) => {
    const book = bookOf(lawbook, court === undefined ? {} : { court });
    const broken: string[] = [];
    for (const [name, text] of book) {
      for (const href of hrefs(text)) {
        const [page, anchor] = href.split('#');
        const target = page === '' ? text : book.get(page ?? '');
        if (target === undefined || (anchor !== undefined && !ids(target).includes(anchor)))
          broken.push(`${name} ${href}`);
      }
    }
    expect(broken).toEqual([]);
  });

  test('没有重复的、不合写法的 id，没有脚本和写在页里的样式', () => {
    for (const [name, text] of shipped) {
      if (!name.endsWith('.html')) continue;
      const own = ids(text);
      expect(own).toEqual([...new Set(own)]);
      for (const id of own) expect(id).toMatch(/^[A-Za-z][\w.-]*$/);
      expect(text).not.toMatch(/<script|<style| style=| on\w+=|javascript:/i);
    }
  });

  test('都有自己的标题，每条规则、每个流程都在书里', () => {
    const titles = [...shipped].flatMap(([name, text]) =>
      name.endsWith('.html') ? [/<h1>(.*?)<\/h1>/.exec(text)?.[1]] : [],
    );
    expect(titles).not.toContain(undefined);
    const all = [...shipped.values()].join('');
    const { book, flows, ladders } = lawbook;
    for (const { id } of [...book.national, ...[...book.modules.values()].flat(), ...flows, ...ladders])
      expect(all).toContain(`id="${id}"`);
  });
});

describe('文字', () => {
  const hostile = fc.string({ unit: fc.constantFrom('<', '>', '&', '"', "'", '甲', 'b', ' ', '/', '=', '{', '\\') });

  test('放进页里的任何文字都读得回来，不成为标签', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const page = html`<p title="${text}">${[text, [text]]}</p>`.toString();
        expect(page.match(/[<>]/g)).toHaveLength(4);
        expect(page).toBe(`<p title="${escaped(text)}">${escaped(text)}${escaped(text)}</p>`);
      }),
    );
  });

  test('规则里的名称、说明、原文、示例都转义', () => {
    const path = 'national/civil/procedure-first-instance.yaml';
    const evil = `<img src=x onerror=alert(1)>&"'`;
    const quoted = `'${evil.replaceAll("'", "''")}'`;
    for (const [from, to] of [
      ['名称: 普通程序', `名称: ${quoted}`],
      ['名: 有原则争议的普通民事案件', `名: ${quoted}`],
      ['说明模板: 不符合适用小额诉讼程序、简易程序的条件，适用普通程序', `说明模板: ${quoted}`],
      ['原文: 人民法院适用普通程序审理的案件，应当在立案之日起六个月内审结', `原文: ${quoted}`],
    ] as const) {
      const book = bookOf(alteredLawbook(path, from, to));
      expect(read(pageOf(FIRST_INSTANCE, book))).toContain(evil);
      expect([...book.values()].join('')).not.toContain('<img');
    }
  });

  test('引文带换行也标得出来，标出的就是引的字', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('甲', '乙', '丙', '\n', ' '), { maxLength: 30 }),
        fc.nat(30),
        fc.nat(30),
        (letters, a, b) => {
          const text = letters.join('');
          const quote = text.slice(Math.min(a, b), Math.max(a, b));
          const library = new ArticleLibrary([
            { law: '某法', article: 1, label: '第一条', version: '一', inForceFrom: '2020-01-01', text },
          ]);
          const cited = library.cited('某法', 1, undefined, quote.replace(/\s/g, ''));
          expect(`${cited?.before}${cited?.quote}${cited?.after}`).toBe(text);
          expect(cited?.quote.replace(/\s/g, '')).toBe(quote.replace(/\s/g, ''));
        },
      ),
    );
  });
});
