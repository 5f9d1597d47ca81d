import nzh from 'nzh/cn';
import type { CitedBasis, Decision, DrawReceipt, Reason, ReasonTopic } from '../documents/decision.js';
import type { Docket } from '../documents/docket.js';
import type { Party } from '../documents/filing.js';
import type { Notice, NoticeBlock } from '../documents/notice.js';
import {
  dayInFigures,
  dayInWords,
  list,
  type NumberedSection,
  numbered,
  oneLine,
  paragraph,
  table,
} from '../documents/notice-text.js';
import { lengthOf, PROVISIONAL, plainCitation, statusWords } from '../documents/wording.js';
import type { PlainDate } from '../kernel/plain-date.js';
import { invariant } from '../kernel/result.js';
import { labelOf, type Vocabulary } from '../rules/vocabulary.js';
import { placeOf, spokenOf, type Told, toldOf } from './notice-told.js';
import type { QuotedArticle } from './recusal.js';

/** What parties may know of a judge. */
export interface NoticeJudge {
  readonly name: string;
  /** The division's name. */
  readonly division?: string;
}

export interface NoticeInput {
  readonly court: string;
  /** 案号, once there is one; the filing's 登记号 unless told. */
  readonly caseNo?: string;
  /** Of the filing. Nothing else of a party is read, whatever more an object may hold. */
  readonly parties: readonly Pick<Party, 'name' | 'role'>[];
  readonly decision: Decision;
  readonly judge: (id: string) => NoticeJudge | undefined;
  readonly vocabulary: Vocabulary;
  readonly issuedOn: PlainDate;
  /** See `recusalArticles`. */
  readonly recusal: readonly QuotedArticle[];
}

/** The judges of a docket by id, as notices name them. */
export function noticeJudges({ judges, divisions }: Pick<Docket, 'judges' | 'divisions'>): NoticeInput['judge'] {
  const names = new Map(divisions.map(({ id, name }) => [id, name]));
  const byId = new Map(
    judges.map(({ id, name, division }): [string, NoticeJudge] => {
      const divisionName = names.get(division);
      return [id, divisionName === undefined ? { name } : { name, division: divisionName }];
    }),
  );
  return (id) => byId.get(id);
}

/**
 * What the parties are told about who handles their case: judge, procedure and panel with their grounds, the earlier
 * case that decided it, how a draw was made, the days that count, and how to ask for recusal. Says nothing of other
 * judges but the earlier handler's name, and nothing of other cases but a number and what agreed.
 *
 * @throws InvariantError when the decision assigns nobody, or somebody whom `judge` does not know
 */
export function noticeOf(input: NoticeInput): Notice {
  const { decision, issuedOn } = input;
  const id = decision.owner?.judge;
  invariant(decision.status === 'assigned' && id, 'a notice needs a decision that assigns a judge');
  const handler = input.judge(id);
  invariant(handler, 'a notice names a judge of the court');
  const court = oneLine(input.court);
  const say = new Sayer(input);
  const sections: NumberedSection[] = [
    ['承办人和审判组织', handlerBlocks(say, handler)],
    ['确定程序和审判组织的理由和依据', procedureBlocks(say)],
    ['确定承办人的理由和依据', ownerBlocks(say)],
    ['随机抽取的过程和核对方法', drawBlocks(decision, handler)],
    ['有关期限', deadlineBlocks(say)],
    ['申请回避的权利', recusalBlocks(input.recusal)],
    ['核对信息', checkBlocks(say)],
  ];
  return {
    title: '案件承办人及审判组织告知书',
    court,
    reference: referenceOf(input),
    addressees: addresseesOf(input),
    opening: openingOf(input),
    sections: numbered(sections),
    closing: [court, dayInFigures(issuedOn)],
    issuedOn,
  };
}

/** What the sections have in common: the decision, the words of the vocabulary, and names for judges. */
class Sayer {
  readonly decision: Decision;
  readonly told: Told;
  private readonly vocabulary: Vocabulary;
  private readonly judge: NoticeInput['judge'];

  constructor({ decision, vocabulary, judge }: NoticeInput) {
    this.decision = decision;
    this.told = toldOf(decision);
    this.vocabulary = vocabulary;
    this.judge = judge;
  }

  label(enumeration: string, key: string): string {
    return labelOf(this.vocabulary, enumeration, key);
  }

  meaning(enumeration: string, key: string): string | undefined {
    return this.vocabulary.enumerations.get(enumeration)?.byKey.get(key)?.meaning;
  }

  /** The word with what the vocabulary has to say about it. */
  explained(enumeration: string, key: string): string {
    const meaning = this.meaning(enumeration, key);
    return this.label(enumeration, key) + (meaning === undefined ? '' : `（${meaning}）`);
  }

  reasons(reasons: readonly Reason[]): NoticeBlock | undefined {
    return list(reasons.map((reason) => this.reason(reason)));
  }

  private reason(reason: Reason): string {
    const text = NAMING.has(reason.about) ? this.named(reason) : reason.text;
    const basis = reason.basis.map(plainCitation).join('；');
    return `${text.replace(/[。；;]\s*$/u, '')}。${basis === '' ? '' : `依据：${basis}。`}`;
  }

  /** Of whom a reason speaks that speaks of no earlier case: who has it, or who had it and does not go on. */
  private spoken(about: ReasonTopic): string | undefined | null {
    const { owner, record } = this.decision;
    return about === 'owner_unable' ? record?.handover?.keeper?.judge : owner?.judge;
  }

  /** A reason names its judge by id, once. */
  private named(reason: Reason): string {
    const { text } = reason;
    const earlier = spokenOf(reason, this.decision);
    const id = earlier?.owner ?? this.spoken(reason.about) ?? '';
    const masked = earlier ? text.replaceAll(earlier.caseNo, '\0'.repeat(earlier.caseNo.length)) : text;
    const place = placeOf(id, masked);
    return place < 0 ? text : text.slice(0, place) + (this.judge(id)?.name ?? '') + text.slice(place + id.length);
  }
}

/** Topics whose reasons speak of a judge. */
const NAMING: ReadonlySet<ReasonTopic> = new Set(['owner', 'owner_unable', 'draw']);

const referenceOf = ({ caseNo, decision }: NoticeInput): string =>
  caseNo === undefined ? `登记号：${oneLine(decision.filing)}` : `案号：${oneLine(caseNo)}`;

/** One line for each role, in the order in which the roles first stand in the filing. */
function addresseesOf({ parties, vocabulary }: NoticeInput): string[] {
  const names = new Map<string, string[]>();
  for (const { role, name } of parties) names.set(role, [...(names.get(role) ?? []), oneLine(name)]);
  return [...names].map(([role, each]) => `${labelOf(vocabulary, '诉讼地位', role)}：${each.join('、')}`);
}

function openingOf(input: NoticeInput): string {
  const cause = input.decision.record?.filing.cause;
  const matter = cause === undefined ? '案件' : `${cause}一案`;
  return oneLine(`本院受理的${matter}（${referenceOf(input)}），承办人和审判组织已经确定，现将有关事项告知如下：`);
}

const fullName = ({ name, division }: NoticeJudge): string =>
  division === undefined ? name : `${name}（${division}）`;

function handlerBlocks(say: Sayer, handler: NoticeJudge): (NoticeBlock | undefined)[] {
  const { procedure, panel, track, owner, record } = say.decision;
  const rows = [['承办人', fullName(handler)]];
  if (procedure !== undefined) rows.push(['适用程序', say.explained('程序', procedure)]);
  if (panel !== undefined) rows.push(['审判组织', say.explained('审判组织', panel)]);
  if (track !== undefined) rows.push(['繁简', say.label('繁简', track)]);
  rows.push(['承办人怎样确定', say.explained('承办方式', owner?.method ?? 'none')]);
  const { reliefs = [], keeper } = record?.handover ?? {};
  const isChanged = reliefs.length > 0 || (keeper !== undefined && keeper.judge !== owner?.judge);
  const others = COLLEGIAL.has(panel ?? '') ? '合议庭其他组成人员和法官助理、书记员' : '其他参与办理本案的人员';
  return [
    conversionBlock(say),
    isChanged ? paragraph('本案承办人已经变更，以前告知的承办人以本告知书为准。') : undefined,
    table([], rows),
    paragraph(`${others}不由本次分案确定，确定后另行告知。`),
  ];
}

/** That the procedure was converted, and what stays as it was. */
function conversionBlock(say: Sayer): NoticeBlock | undefined {
  const { owner, deadlines = [], record } = say.decision;
  const { conversion, keeper } = record?.handover ?? {};
  if (!conversion) return undefined;
  const { from, to, ground, on } = conversion;
  const said = [
    `本案于${dayInWords(on)}因${say.label('转换事由', ground)}，由${say.explained('转换前程序', from)}转为${say.label('转换去向', to)}审理，` +
      '以前告知的适用程序和审判组织以本告知书为准。',
  ];
  if (deadlines.some(({ kind }) => kind === 'trial_limit')) said.push('审理期限自立案之日起连续计算，不重新起算。');
  if (keeper && keeper.judge === owner?.judge) said.push('承办人没有因此变更，当初怎样确定见以前的告知书。');
  return paragraph(said.join(''));
}

const COLLEGIAL = new Set(['collegial', 'collegial_seven']);

function procedureBlocks(say: Sayer): (NoticeBlock | undefined)[] {
  const against = say.reasons(say.told.against);
  const presumed = (say.decision.presumed ?? []).map(({ text }) => text).join('；');
  return [
    say.reasons(say.told.grounds),
    against && paragraph('没有适用其他程序或者审判组织的理由：'),
    against,
    presumed === ''
      ? undefined
      : paragraph(`以下事项没有查明，上述结果依赖于对它们的推定，与实际情况不符的，请及时告知本院：${presumed}。`),
  ];
}

function ownerBlocks(say: Sayer): (NoticeBlock | undefined)[] {
  const { links, owner } = say.told;
  const rows = links.map((link) => [link.caseNo, say.explained('关联种类', link.kind), link.evidence.join('；')]);
  const isLinked = rows.length > 0;
  return [
    isLinked ? paragraph('用收案材料检索已有的案件，发现本案与下列先前的案件有关联：') : undefined,
    isLinked ? table(['先前案件的案号', '关联种类', '相符的事项'], rows) : undefined,
    say.reasons(owner),
  ];
}

/** What the recipe below describes. */
const KNOWN_ALGORITHM = 'HMAC-SHA-256/rejection-64';

/** Where the judge's share of the tickets begins and ends. */
function shareOf({ candidates, judge }: DrawReceipt): [first: number, last: number] {
  const place = candidates.findIndex((each) => each.judge === judge);
  const first = candidates.slice(0, place).reduce((sum, { weight }) => sum + weight, 0);
  return [first, first + (candidates[place]?.weight ?? 0) - 1];
}

function drawBlocks(decision: Decision, handler: NoticeJudge): NoticeBlock[] {
  const { draw } = decision;
  if (!draw) return [];
  const [first, last] = shareOf(draw);
  const rows = [
    ['算法', draw.algorithm],
    ['种子', draw.seed],
    ['规则摘要', draw.ruleDigest],
    ['候选名单摘要', draw.poolDigest],
    ['登记号', decision.filing],
    ['抽签次序', `${draw.number}`],
    ['取数序号', `${draw.attempt}`],
    ['总权重', `${draw.total}`],
    ['抽得数', `${draw.ticket}`],
    ['承办人所占的数', `${first} 至 ${last}`],
  ];
  const count = draw.candidates.length;
  const blocks = [
    paragraph(
      `本案由计算机在可以承办的${count}名法官中按各自的权重随机抽取：全部权重合计${draw.total}，抽得${draw.ticket}，` +
        `落在${handler.name}所占的${first}至${last}之间。抽取用到的数据如下：`,
    ),
    table([], rows),
  ];
  if (draw.algorithm === KNOWN_ALGORITHM) {
    blocks.push(
      paragraph(
        '核对方法：把种子当作十六进制数据作为密钥，对算法、规则摘要、候选名单摘要、登记号、抽签次序、取数序号六项（依次排列，' +
          '每两项之间一个换行符，UTF-8 编码）计算 HMAC-SHA-256，取结果的前八个字节，作为高位在前的无符号整数，除以总权重，' +
          '余数应当等于抽得数。候选名单摘要固定了全部候选人及其权重，事后改动任何一项，摘要都会不同。',
      ),
    );
  }
  return blocks;
}

function deadlineBlocks(say: Sayer): (NoticeBlock | undefined)[] {
  const { deadlines, caveats } = say.told;
  if (deadlines.length === 0) return [];
  const rows = deadlines.map((each) => [
    say.label('期限种类', each.kind),
    dayInWords(each.from),
    lengthOf(each),
    dayInWords(each.due) + (each.provisional ? `（暂定：${PROVISIONAL}）` : ''),
    each.basis.map(plainCitation).join('；'),
  ]);
  return [
    table(['期限', '起算日', '长度', '届满日', '依据'], rows),
    say.reasons(caveats),
    paragraph('起算日不计入期限。以上日期按现有材料计算；依法延长、中止、扣除或者重新计算的，届满日随之变动。'),
  ];
}

function recusalBlocks(articles: readonly QuotedArticle[]): NoticeBlock[] {
  if (articles.length === 0) {
    return [paragraph('您有权依法申请回避。本告知书没有收录签发之日有效的条文，申请的情形和办法请向本院询问。')];
  }
  const headings = [...new Set(articles.map(({ about }) => about))];
  return [
    paragraph('认为承办人或者其他办案人员应当回避的，可以依照下列规定申请回避：'),
    ...headings.flatMap((heading, index) => [
      paragraph(`（${nzh.encodeS(index + 1)}）${heading}`),
      ...articles.filter(({ about }) => about === heading).map(quoteOf),
    ]),
  ];
}

const quoteOf = ({ law, version, label, text }: QuotedArticle): NoticeBlock => ({
  kind: 'quote',
  source: oneLine(`《${law}》${label}（${version.replace(/\((.*)\)/, '，$1')}）`),
  lines: text
    .split('\n')
    .map(oneLine)
    .filter((line) => line !== ''),
});

function checkBlocks(say: Sayer): (NoticeBlock | undefined)[] {
  const { rules, digest } = say.decision;
  const rows = [
    ['规则版本', rules.version],
    ['规则摘要', rules.digest],
    ['参数摘要', rules.parameters],
    ['日历', rules.calendar],
    ['决定摘要', digest],
  ];
  return [
    paragraph('用同一版本的规则重新计算本案的分案决定，所得的决定摘要应当与下列一致：'),
    table([], rows),
    statusNote(say),
  ];
}

/** What the marks on the bases mean, of those that the notice carries, and what it means that there is none. */
function statusNote(say: Sayer): NoticeBlock {
  const { grounds, against, owner, deadlines, caveats } = say.told;
  const bases = [...grounds, ...against, ...owner, ...deadlines, ...caveats].flatMap(({ basis }) => basis);
  const meaning = (status: CitedBasis['status']): string => say.meaning('依据效力', status) ?? '';
  const marks = MARKED.filter((status) => bases.some((basis) => basis.status === status))
    .map((status) => `依据状态“${statusWords(status)}”指${meaning(status)}；`)
    .join('');
  return paragraph(`${marks}没有注明依据状态的依据，是${meaning('national')}。`);
}

const MARKED: readonly CitedBasis['status'][] = ['policy', 'local', 'unverified'];
