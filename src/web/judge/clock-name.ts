import type { ClockLine } from '../api/types.js';

/** 首审异议：复核. */
export const clockName = ({ flow, word }: Pick<ClockLine, 'flow' | 'word'>): string =>
  flow === null ? word : `${flow.name}：${word}`;

export const clockKey = ({ filing, flow, kind }: ClockLine): string => `${filing} ${flow?.key ?? ''} ${kind}`;
