import { dayTyped, isDay } from '../words/days.js';

/** What is wrong with a day of docketing; nothing may be said of it, and nothing was docketed before it was received. */
export function docketingFault(docketedOn: string, receivedOn: string): string | undefined {
  const [docketed, received] = [dayTyped(docketedOn), dayTyped(receivedOn)];
  if (docketed === '') return undefined;
  if (!isDay(docketed)) return `立案日期“${docketed}”不是真实存在的日期，请写成 2026-03-09 的形式`;
  if (isDay(received) && docketed < received) {
    return `立案日期 ${docketed} 早于收案日期 ${received}；请核对两个日期`;
  }
  return undefined;
}
