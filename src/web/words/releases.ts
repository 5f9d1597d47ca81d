import type { Decision } from '../api/types.js';

/** 第 2 号发布（2026-07-01 起施行）. */
export const releaseText = ({ number, effectiveOn }: NonNullable<Decision['release']>): string =>
  `第 ${number} 号发布（${effectiveOn} 起施行）`;
