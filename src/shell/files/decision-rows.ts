import { whyLine } from '../../core/documents/why-line.js';
import { withoutNumbers } from '../../core/law/number-masking.js';
import { plainText } from './input-error.js';

/** What the tables show of a decision (`decision.schema.json`). */
export interface DecisionView {
  readonly filing: string;
  readonly status: string;
  readonly procedure?: string;
  readonly panel?: string;
  readonly track?: string;
  readonly owner?: {
    readonly judge?: string | null;
    readonly method: string;
    readonly linkedCase?: string;
    readonly link?: string;
  };
  readonly links?: readonly { readonly kind: string; readonly caseNo: string }[];
  readonly reasons?: readonly {
    readonly rule: string;
    readonly about?: string;
    readonly text: string;
    readonly basis: readonly { readonly law: string; readonly article?: string }[];
  }[];
  readonly questions?: readonly { readonly fact: string; readonly label: string }[];
  readonly deadlines?: readonly {
    readonly kind: string;
    readonly from: string;
    readonly due: string;
    readonly provisional?: boolean;
  }[];
  readonly errors?: readonly { readonly path: string; readonly code: string; readonly message: string }[];
  readonly presumed?: readonly { readonly fact: string; readonly value: boolean; readonly text?: string }[];
}

/** The Chinese word for a key, by the enumeration's Chinese name (决定状态, 程序, 审判组织, 承办方式, 关联种类, 期限种类). */
export type LabelOf = (enumeration: string, key: string) => string;

export interface TableOptions {
  readonly label: LabelOf;
  /** A judge's name for an id; the id itself unless told. */
  readonly judge?: (id: string) => string;
}

export const RESULT_HEADER = [
  '登记号',
  '状态',
  '程序',
  '审判组织',
  '承办人',
  '方式',
  '关联案件',
  '期限',
  '一句话理由',
] as const;

const deadlineText = (deadline: NonNullable<DecisionView['deadlines']>[number], label: LabelOf): string =>
  `${label('期限种类', deadline.kind)} ${deadline.due}${deadline.provisional === true ? '(暂定)' : ''}`;

/** The row of a decision in the table of results, column by column as `RESULT_HEADER`; identity numbers in texts masked. */
export function resultRow(decision: DecisionView, options: TableOptions): string[] {
  const { label } = options;
  const word = (enumeration: string, key: string | undefined): string =>
    key === undefined ? '' : label(enumeration, key);
  const { owner } = decision;
  const judge = owner?.judge ?? undefined;
  const linked = owner?.linkedCase ?? decision.links?.[0]?.caseNo;
  const kind = owner?.linkedCase === undefined ? decision.links?.[0]?.kind : owner.link;
  const due = (decision.deadlines ?? []).reduce<NonNullable<DecisionView['deadlines']>[number] | undefined>(
    (earliest, deadline) => (earliest === undefined || deadline.due < earliest.due ? deadline : earliest),
    undefined,
  );
  return [
    decision.filing,
    word('决定状态', decision.status),
    word('程序', decision.procedure),
    word('审判组织', decision.panel),
    judge === undefined ? '' : (options.judge?.(judge) ?? judge),
    word('承办方式', owner?.method),
    linked === undefined ? '' : linked + (kind === undefined ? '' : `(${label('关联种类', kind)})`),
    due === undefined ? '' : deadlineText(due, label),
    whyLine(decision),
  ].map((text) => plainText(withoutNumbers(text)));
}

/** A table with its title, for one sheet of the workbook. */
export interface DetailTable {
  readonly name: string;
  readonly header: readonly string[];
  readonly widths: readonly number[];
  readonly rows: (decision: DecisionView) => string[][];
}

const basisText = (basis: { readonly law: string; readonly article?: string }): string =>
  `${basis.law}${basis.article ?? ''}`;

/** The sheets 分案结果, 理由, 期限, 待人工与有误. */
export function detailTables(options: TableOptions): DetailTable[] {
  const { label } = options;
  return [
    {
      name: '分案结果',
      header: RESULT_HEADER,
      widths: [18, 10, 16, 12, 12, 12, 36, 24, 70],
      rows: (decision) => [resultRow(decision, options)],
    },
    {
      name: '理由',
      header: ['登记号', '规则', '理由', '依据'],
      widths: [18, 28, 70, 50],
      rows: (decision) => [
        ...(decision.reasons ?? []).map((reason) => [
          decision.filing,
          reason.rule,
          reason.text,
          reason.basis.map(basisText).join('、'),
        ]),
        ...(decision.presumed ?? []).map((presumption) => [
          decision.filing,
          '推定',
          presumption.text ?? `${presumption.fact} 推定为${presumption.value ? '是' : '否'}`,
          '',
        ]),
      ],
    },
    {
      name: '期限',
      header: ['登记号', '期限', '起算日(不计入)', '到期日', '备注'],
      widths: [18, 16, 16, 14, 40],
      rows: (decision) =>
        (decision.deadlines ?? []).map((deadline) => [
          decision.filing,
          label('期限种类', deadline.kind),
          deadline.from,
          deadline.due,
          deadline.provisional === true ? '该年放假安排尚未公布,日期暂定' : '',
        ]),
    },
    {
      name: '待人工与有误',
      header: ['登记号', '状态', '位置', '说明'],
      widths: [18, 10, 28, 80],
      rows: (decision) => {
        if (decision.status === 'assigned') return [];
        const status = label('决定状态', decision.status);
        const rows = [
          ...(decision.errors ?? []).map((error) => [decision.filing, status, error.path, error.message]),
          ...(decision.questions ?? []).map((question) => [
            decision.filing,
            status,
            question.fact,
            `请回答:${question.label}`,
          ]),
        ];
        return rows.length > 0 ? rows : [[decision.filing, status, '', whyLine(decision)]];
      },
    },
  ];
}
