import type { PlainDate } from '../kernel/plain-date.js';

/** What a procedure can be turned into. The closed list `转换去向` of the vocabulary. */
export const CONVERSION_TARGETS = ['summary', 'ordinary', 'collegial'] as const;
export type ConversionTarget = (typeof CONVERSION_TARGETS)[number];

/** 程序转换: that the court ruled to go on by another procedure. */
export interface Conversion {
  /** The procedure until then. */
  readonly from: string;
  readonly to: ConversionTarget;
  /** A key of the vocabulary's `转换事由`. */
  readonly ground: string;
  readonly on: PlainDate;
  /** It came after the limit of the procedure until then, as far as extensions and excluded days are known. */
  readonly isLate?: true;
}

/**
 * How far along 小额诉讼 → 简易 → 普通独任 → 合议 a first-instance case is; undefined for whatever is not on that way. A conversion only
 * ever leads further.
 */
export function stageOfProcedure(procedure: string | undefined, panel: string | undefined): number | undefined {
  switch (procedure) {
    case 'small_claims':
      return 0;
    case 'summary':
      return STAGE_OF_TARGET.summary;
    case 'ordinary':
      return panel === 'single' ? STAGE_OF_TARGET.ordinary : STAGE_OF_TARGET.collegial;
    default:
      return undefined;
  }
}

/** The same for where a conversion leads. */
export const STAGE_OF_TARGET: Readonly<Record<ConversionTarget, number>> = { summary: 1, ordinary: 2, collegial: 3 };

/** Whether what the rules concluded is what was ruled: for the ordinary procedure they may still ask for a panel. */
export function isConvertedTo(to: ConversionTarget, procedure: string | undefined, panel: string | undefined): boolean {
  const stage = stageOfProcedure(procedure, panel);
  if (stage === undefined) return false;
  return to === 'ordinary' ? stage >= STAGE_OF_TARGET.ordinary : stage === STAGE_OF_TARGET[to];
}
