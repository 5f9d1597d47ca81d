import { z } from 'zod';
import type { Decision } from '../documents/decision.js';
import type { Dossier } from '../documents/dossier.js';
import { digestOf } from '../kernel/digest.js';
import { parsePlainDate } from '../kernel/plain-date.js';
import type { Evaluator } from '../rules/evaluate.js';
import { overridesOf } from '../rules/parameters.js';
import { rulesetFor } from '../rules/ruleset.js';
import { decide } from './decide.js';
import { recordedDays } from './filing-days.js';
import type { Lawbook } from './lawbook.js';

/** What came of deciding a recorded case again. */
export interface Replay {
  readonly filing: string;
  /** same: byte for byte; rules_changed: other rules, parameters or calendar than then; tampered: its digest does not fit its content. */
  readonly outcome: 'same' | 'invalid_as_before' | 'rules_changed' | 'tampered' | 'different' | 'unreadable';
  readonly message: string;
  /** What the rules at hand would decide, where that differs. */
  readonly now?: Decision;
}

const recorded = z.looseObject({
  filing: z.string(),
  status: z.enum(['assigned', 'needs_review', 'invalid']),
  digest: z.string().regex(/^[0-9a-f]{64}$/),
  rules: z.looseObject({
    digest: z.string(),
    version: z.string(),
    parameters: z.string(),
    calendar: z.string(),
    release: z.string().exactOptional(),
  }),
  seed: z
    .string()
    .regex(/^([0-9a-f]{2})+$/)
    .exactOptional(),
  record: z
    .looseObject({
      filing: z.looseObject({ receivedOn: z.string(), cause: z.string() }),
      docketedOn: z.string(),
      assignedOn: z.string(),
      court: z.looseObject({ code: z.string(), province: z.string(), level: z.string() }),
      parameters: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
      earlier: z.array(z.unknown()),
      participations: z.array(z.unknown()),
      relations: z.array(z.unknown()),
      judges: z.array(z.unknown()),
    })
    .exactOptional(),
});

/** The rules at hand under the release that the decision names: whether they are those, what they decide tells. */
const asNamed = ({ release: _, ...lawbook }: Lawbook, named: string | undefined): Lawbook => ({
  ...lawbook,
  ...(named !== undefined && { release: named }),
});

/** Decides a recorded case again from its own record and compares digests. */
export async function replay(value: unknown, lawbook: Lawbook, evaluator: Evaluator): Promise<Replay> {
  const parsed = recorded.safeParse(value);
  if (!parsed.success) {
    return { filing: '', outcome: 'unreadable', message: '这一条不是本系统的分案决定,或者缺少 digest、rules' };
  }
  const then = parsed.data;
  const { digest, ...rest } = value as Decision;
  const result = (outcome: Replay['outcome'], message: string, now?: Decision): Replay =>
    now ? { filing: then.filing, outcome, message, now } : { filing: then.filing, outcome, message };
  if (digestOf(rest) !== digest) return result('tampered', '内容与摘要不符:这份决定在作出之后被改动过');
  if (then.status === 'invalid') return result('invalid_as_before', '收案有误,没有作出分案决定;摘要相符');
  const { record } = then;
  const days = [record?.filing.receivedOn, record?.docketedOn, record?.assignedOn].map((day) =>
    parsePlainDate(day ?? ''),
  );
  if (!record || !then.seed || days.includes(undefined))
    return result('unreadable', '这份决定没有带卷宗记录(record)或者种子,不能重算');
  const { court, parameters } = record;
  const overrides = overridesOf(parameters, lawbook.book.vocabulary);
  const dossier = record as unknown as Dossier;
  const ruleset = rulesetFor(lawbook.book, court, recordedDays(dossier), overrides);
  let now: Decision;
  try {
    now = await decide({ dossier, ruleset, lawbook: asNamed(lawbook, then.rules.release), evaluator, seed: then.seed });
  } catch {
    return result('unreadable', '卷宗记录不完整,不能重算');
  }
  if (now.digest === digest) return result('same', '逐字节相同');
  const changed = [
    now.rules.digest !== then.rules.digest && '规则',
    now.rules.parameters !== then.rules.parameters && '参数',
    now.rules.calendar !== then.rules.calendar && '日历',
  ].filter((each) => each !== false);
  return changed.length > 0
    ? result('rules_changed', `现在的${changed.join('、')}与作出决定时不同;请用当时的规则目录(--rules)重算`, now)
    : result('different', '规则、参数、日历都没有变,结果却不同', now);
}
