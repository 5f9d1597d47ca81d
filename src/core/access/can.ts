/** 角色, as `postings` holds them. */
export const ROLES = [
  'filing_clerk',
  'judge',
  'reviewer',
  'command_centre',
  'rule_author',
  'rule_approver',
  'supervisor',
  'auditor',
  'administrator',
] as const;
export type Role = (typeof ROLES)[number];

export const ROLE_WORDS: Readonly<Record<Role, string>> = {
  filing_clerk: '立案人员',
  judge: '法官',
  reviewer: '复核人',
  command_centre: '执行指挥中心',
  rule_author: '规则编辑',
  rule_approver: '规则审批',
  supervisor: '院庭长、审判管理',
  auditor: '审计',
  administrator: '系统管理员',
};

/** Who acts: a signed-in person with the roles of today in one court. `judges` are the judges of the docket that they are. */
export interface Subject {
  readonly user: string;
  readonly court: string;
  readonly roles: readonly Role[];
  readonly judges: readonly string[];
}

/** What is acted upon, as far as it bears on who may. */
export interface Resource {
  readonly court: string;
  readonly matter?: 'civil' | 'criminal' | 'administrative' | 'enforcement';
  /** Who holds the case now. */
  readonly owner?: string | undefined;
  /** Judges whose own matter it is: who is to hand over or to take over. */
  readonly concerned?: readonly string[];
  /** Judges who may not touch the case. */
  readonly barred?: readonly string[];
  /** Who proposed what is to be decided. */
  readonly proposedBy?: string;
  /** Judges whose own it is: an absence, a clock. */
  readonly about?: readonly string[];
}

export type Verdict =
  | { readonly allowed: true }
  | { readonly allowed: false; readonly code: DenialCode; readonly text: string };
export type DenialCode =
  | 'OTHER_COURT'
  | 'NO_ROLE'
  | 'NOT_YOUR_CASE'
  | 'NOT_YOUR_OWN'
  | 'OWN_PROPOSAL'
  | 'OWN_MATTER'
  | 'BARRED'
  | 'NOT_PROPOSER';

/** Who may do something: whole roles; judges in cases of their own; and what forbids it to one who otherwise might. */
interface Permission {
  readonly label: string;
  readonly roles: readonly Role[];
  /** Also the judge who holds the case. */
  readonly owner?: boolean;
  /** Decides on what another proposed, and on nobody's own matter. */
  readonly secondPerson?: boolean;
  /** Only whoever proposed it. */
  readonly proposerOnly?: boolean;
  /** Roles that may where it is about themselves alone. */
  readonly selfOnly?: readonly Role[];
}

const DESK: readonly Role[] = ['filing_clerk'];
const SEES_CASES: readonly Role[] = ['filing_clerk', 'reviewer', 'command_centre', 'supervisor'];

/**
 * Every act that the service knows. An administrator runs the court's system and sees no case; an auditor sees the log, and decisions in order
 * to repeat them.
 */
export const ACTIONS = {
  'docket.import': { label: '导入案卷', roles: ['administrator'] },
  'docket.export': { label: '导出案卷', roles: ['supervisor'] },
  'bench.read': { label: '查看法官和负载', roles: [...SEES_CASES, 'judge'] },
  'batch.file': { label: '登记收案', roles: DESK },
  'batch.read': { label: '查看批次', roles: ['filing_clerk', 'supervisor'] },
  'filing.list': { label: '查看收案列表', roles: SEES_CASES },
  'filing.read': { label: '查看收案', roles: SEES_CASES, owner: true },
  'filing.check': { label: '核对填写内容', roles: DESK },
  'filing.correct': { label: '更正收案', roles: DESK },
  'filing.answer': { label: '回答问题', roles: DESK },
  'filing.take': { label: '认领待人工案件', roles: ['filing_clerk', 'reviewer', 'command_centre', 'supervisor'] },
  'filing.unmask': { label: '查看完整证件号码', roles: DESK, owner: true },
  'filing.close': { label: '结案', roles: DESK, owner: true },
  'filing.notice': { label: '制作告知书', roles: ['filing_clerk', 'supervisor'], owner: true },
  'filing.export': { label: '导出收案列表', roles: ['filing_clerk', 'supervisor'] },
  'handover.propose': { label: '提出指定分案或者变更承办人', roles: ['filing_clerk', 'reviewer', 'command_centre'] },
  'handover.decide': { label: '审批指定分案或者变更承办人', roles: ['supervisor'], secondPerson: true },
  'handover.withdraw': {
    label: '撤回提议',
    roles: ['filing_clerk', 'reviewer', 'command_centre'],
    proposerOnly: true,
  },
  'decision.replay': { label: '取出分案决定重算', roles: ['supervisor', 'auditor'] },
  'ruling.read': { label: '导出复核认定', roles: ['supervisor', 'rule_author', 'auditor'] },
  'flow.act': {
    label: '办理异议、会商和回避',
    roles: ['filing_clerk', 'reviewer', 'command_centre', 'supervisor'],
    owner: true,
  },
  'mine.read': { label: '查看自己承办的案件', roles: ['judge'] },
  'mine.note': { label: '确认已阅本人承办的案件', roles: ['judge'], selfOnly: ['judge'] },
  'clock.read': { label: '查看期限', roles: [...SEES_CASES, 'judge'], selfOnly: ['judge'] },
  'absence.read': { label: '查看请假', roles: ['filing_clerk', 'supervisor', 'judge'], selfOnly: ['judge'] },
  'absence.enter': { label: '登记和撤回请假', roles: ['filing_clerk', 'judge'], selfOnly: ['judge'] },
  'clock.adjust': {
    label: '扣除或者延长期限',
    roles: ['filing_clerk', 'reviewer', 'command_centre', 'supervisor'],
    owner: true,
  },
  'register.export': { label: '导出流程台账', roles: ['filing_clerk', 'supervisor'] },
  'report.export': { label: '导出周报', roles: ['filing_clerk', 'supervisor'] },
  'events.read': { label: '接收实时更新', roles: [...SEES_CASES, 'judge'], selfOnly: ['judge'] },
  'audit.read': { label: '查看审计日志', roles: ['auditor', 'supervisor'] },
  'release.read': { label: '查看规则和规则发布', roles: ['rule_author', 'rule_approver', 'supervisor', 'auditor'] },
  'release.check': { label: '检查规则草稿', roles: ['rule_author', 'rule_approver'] },
  'release.draft': { label: '起草和提出规则发布', roles: ['rule_author'] },
  'release.withdraw': { label: '撤回规则发布', roles: ['rule_author'], proposerOnly: true },
  'release.decide': { label: '审批规则发布', roles: ['rule_approver'], secondPerson: true },
  'release.cancel': { label: '取消规则发布的排期', roles: ['rule_approver'] },
  'user.read': { label: '查看用户', roles: ['administrator', 'auditor'] },
  'user.manage': { label: '管理用户', roles: ['administrator'] },
} as const satisfies Readonly<Record<string, Permission>>;

export type Action = keyof typeof ACTIONS;
export const ACTION_NAMES = Object.keys(ACTIONS) as readonly Action[];

const deny = (code: DenialCode, text: string): Verdict => ({ allowed: false, code, text });

/**
 * Whether a subject may do something to a resource, and if not why, in words for the one who asked. What forbids wins over what
 * permits; what nothing permits is forbidden.
 */
export function can(subject: Subject, action: Action, resource: Resource): Verdict {
  const { label, roles, owner, secondPerson, proposerOnly, selfOnly = [] }: Permission = ACTIONS[action];
  if (subject.court !== resource.court) return deny('OTHER_COURT', '不是本院的事项');
  const { barred = [], concerned = [], about } = resource;
  const isSelf = (judge: string): boolean => subject.judges.includes(judge);
  const isOwner = resource.owner !== undefined && isSelf(resource.owner);
  const held = roles.filter((role) => subject.roles.includes(role));
  const hasRole = held.length > 0;
  if (!hasRole && !(owner && isOwner)) {
    if (owner && subject.roles.includes('judge')) return deny('NOT_YOUR_CASE', `只有本案的承办法官才能${label}`);
    const words = roles.map((role) => ROLE_WORDS[role]).join('、');
    return deny(
      'NO_ROLE',
      `${label}需要的角色是：${words}；您没有这个角色，请找有这个角色的同事办理，或者请系统管理员授权`,
    );
  }
  if (about && hasRole && held.every((role) => selfOnly.includes(role)) && !about.some(isSelf))
    return deny('NOT_YOUR_OWN', `您只能为本人办理：${label}`);
  if (proposerOnly && resource.proposedBy !== subject.user) return deny('NOT_PROPOSER', '只有提出的人才能撤回');
  if (!secondPerson) return { allowed: true };
  if (resource.proposedBy === subject.user) return deny('OWN_PROPOSAL', '提出的人不能自己审批，请由另一人审批');
  if (barred.some(isSelf)) return deny('BARRED', '您在本案中应当回避，不能审批');
  if (isOwner || concerned.some(isSelf)) return deny('OWN_MATTER', '本案由您交出或者接收，不能由您审批');
  return { allowed: true };
}
