import type { Decision, Reason, ReasonTopic } from '../../core/documents/decision.js';
import { citation, lengthOf, PROVISIONAL } from '../../core/documents/wording.js';
import { labelOf, type Vocabulary } from '../../core/rules/vocabulary.js';

/** One decision as a page of Chinese text that a judge, a party and an auditor can read from top to bottom. */
export function decisionPage(decision: Decision, vocabulary: Vocabulary): string {
  const lines: string[] = [];
  const label = (enumeration: string, key: string | undefined): string =>
    key === undefined ? '未定' : labelOf(vocabulary, enumeration, key);
  const section = (title: string, body: readonly string[]): void => {
    if (body.length > 0) lines.push('', `【${title}】`, ...body.map((line) => `  ${line}`));
  };
  const reasons = (...topics: ReasonTopic[]): string[] =>
    (decision.reasons ?? []).filter((reason) => topics.includes(reason.about)).map(reasonLine);

  lines.push(`分案决定  ${decision.filing}`, `状态:${label('决定状态', decision.status)}`);
  if (decision.status === 'invalid') {
    section(
      '需要改正的地方',
      (decision.errors ?? []).map((error) => `${error.path}  ${error.message}`),
    );
    section('摘要', [decision.digest]);
    return `${lines.join('\n')}\n`;
  }
  const { owner } = decision;
  const linked = owner?.linkedCase === undefined ? '' : `(${label('关联种类', owner.link)} ${owner.linkedCase})`;
  lines.push(
    `程序:${label('程序', decision.procedure)}    审判组织:${label('审判组织', decision.panel)}    繁简:${decision.track === undefined ? '不分' : label('繁简', decision.track)}`,
    `承办人:${owner?.judge ?? '未定'}    方式:${label('承办方式', owner?.method)}${linked}`,
  );
  section('为什么要人工处理', reasons('review'));
  section(
    '需要回答的问题',
    (decision.questions ?? []).map(({ fact, label: word }) => `${word}(${fact})`),
  );
  section('适用什么程序,为什么', reasons('procedure', 'panel', 'track'));
  section('为什么不适用更简的程序', reasons('not_applied'));
  section(
    '结果所依赖的推定',
    (decision.presumed ?? []).map(({ fact, text }) => `${text ?? ''}(${fact})`),
  );
  section(
    '关联案件',
    (decision.links ?? []).map(
      (link) =>
        `${label('关联种类', link.kind)}  ${link.caseNo}  分数 ${link.score.toFixed(3)}  ${link.evidence.join('；')}`,
    ),
  );
  section('关联的依据', reasons('link'));
  section('为什么是(不是)他', reasons('owner', 'owner_unable', 'draw'));
  section(
    '不得承办的人',
    (decision.barred ?? []).map(({ judge, rule, text }) => `${judge}  ${text}  [${rule}]`),
  );
  section(
    '可以参加随机分案的人和不能参加的人',
    (decision.pool ?? []).map((entry) => {
      if (!entry.in) return `${entry.judge}  不在池中:${entry.text ?? ''} [${entry.rule ?? ''}]`;
      const weight = decision.draw?.candidates.find((each) => each.judge === entry.judge)?.weight;
      return `${entry.judge}  在池中${weight === undefined ? '' : `,权重 ${weight}`}`;
    }),
  );
  if (decision.draw) {
    const { algorithm, seed, total, ticket, attempt, number, poolDigest, judge } = decision.draw;
    section('怎样抽的', [
      `算法 ${algorithm},第 ${number} 次抽签,取第 ${attempt + 1} 个随机数`,
      `种子 ${seed}`,
      `池摘要 ${poolDigest}`,
      `总权重 ${total},抽得 ${ticket},落在 ${judge} 的区间`,
    ]);
  }
  section(
    '期限',
    (decision.deadlines ?? []).map((each) => {
      const provisional = each.provisional ? `(暂定:${PROVISIONAL})` : '';
      const kind = label('期限种类', each.kind);
      const basis = each.basis.map(citation).join('；');
      return `${kind}  ${each.due}${provisional}  自 ${each.from} 起 ${lengthOf(each)}  ${basis}`;
    }),
  );
  section('期限说明', reasons('deadline'));
  section(
    '所依据的事实',
    (decision.facts ?? []).map(({ label: word, value, source }) => `${word}:${value}(${SOURCES[source] ?? source})`),
  );
  section('可核对的摘要', [
    `规则 ${decision.rules.version}  ${decision.rules.digest}`,
    `参数 ${decision.rules.parameters}`,
    `日历 ${decision.rules.calendar}`,
    `决定 ${decision.digest}`,
  ]);
  return `${lines.join('\n')}\n`;
}

const SOURCES: Readonly<Record<string, string>> = {
  given: '收案填写',
  derived: '推导',
  presumed: '推定',
  unknown: '不知道',
  parameter: '参数',
};

const reasonLine = (reason: Reason): string =>
  `${reason.text}\n      依据:${reason.basis.map(citation).join('；')}  [${reason.rule}]`;
