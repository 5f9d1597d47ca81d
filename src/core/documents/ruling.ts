import type { FactRecord } from './dossier.js';

/**
 * 复核认定: a decided objection as an example of the rules: the situation as the rules saw it, and what they ought to have concluded.
 * Nothing in it names a person, a case or a filing.
 */
export interface Ruling {
  /** The first 16 hex digits of the digest of the decision that was objected to: who may see it finds it in the log by them. */
  readonly decision: string;
  /** The flow's and the ground's names; the ground is left out where the flow has none. */
  readonly flow: string;
  readonly ground?: string;
  /** Which run of the flow over the filing. */
  readonly run: number;
  /** The day of the ruling. */
  readonly on: string;
  /** How it ended: 流程结果. */
  readonly outcome: string;
  /** 组 收案. */
  readonly facts: FactRecord;
  /** The docket's own parameters, by id, as rule files write them. */
  readonly parameters: Readonly<Record<string, string>>;
  /** The earlier cases that the rules saw, the earliest filed first; those that no rule can tell from one before it are left out. */
  readonly earlier: readonly RulingCase[];
  readonly ought: RulingOught;
  /** Who had the case by the decision that was objected to, and who has it by the ruling where that changed it. */
  readonly before: RulingOwner;
  readonly after?: RulingOwner;
  /** The rules in force conclude otherwise than the ruling. */
  readonly differs: boolean;
}

export interface RulingCase {
  /** 组 前案, without what is at its default. */
  readonly pair: FactRecord;
  /** 组 承办 but for the kind of link, without what is at its default. */
  readonly handler: FactRecord;
  /** A ruling before this one had refused it already. */
  readonly disclaimed: boolean;
}

/** `cases`: places among the earlier cases, from 1. */
export type RulingOught =
  /** The handler of one of these cases takes it, in this way; no case where the rules saw none that the ruling rests on. */
  | { readonly kind: 'owner'; readonly method: string; readonly cases: readonly number[] }
  /** No earlier handler takes it. */
  | { readonly kind: 'draw' }
  /** The handlers of these cases do not take it. */
  | { readonly kind: 'not'; readonly cases: readonly number[] };

export interface RulingOwner {
  readonly method: string;
  /** The place of the earlier case whose handler it is. */
  readonly case?: number;
  /** By these rules. */
  readonly rules: readonly string[];
}

/** Rulings of one court, for its rule files. */
export interface CourtRulings {
  readonly court: string;
  readonly province: string;
  readonly rulings: readonly Ruling[];
}

/** What a ruling is known by among those of its court. */
export const rulingKey = ({ decision, flow, run }: Pick<Ruling, 'decision' | 'flow' | 'run'>): string =>
  `${decision} ${flow} ${run}`;
