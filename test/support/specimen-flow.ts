/** A flow that no court has: everything that a flow file can say and no shipped one says. */
import type { Flow } from '../../src/core/flows/flow.js';
import { readFlows } from '../../src/core/flows/flows-of.js';
import { Problems } from '../../src/core/rules/source.js';
import { lawbook } from './court.js';

const TEXT = `
名称: 样例流程
编号: GJ-LC-YL
代号: specimen
依据: [{ 法规: 本院配置, 效力: 未核实, 来源: 只用于测试 }]
效力: { 施行: 2022-01-01, 失效: 无 }
适用: { 案件类别: 民事 }
每事由一次: 是
事由:
  - { 名称: 甲事由, 代号: first, 被主张人: 选填, 证据: 必填 }
  - { 名称: 乙事由, 代号: second, 适用: { 本件状态: 已分案 }, 被主张人: 不填, 证据: 选填, 一并终结: 甲事由 }
期限:
  - { 名称: 补充, 代号: supplement_clock, 自: 进入之日, 长度: 2, 单位: 日, 顺延: 否, 届满: 自动了结 }
  - { 名称: 办理, 代号: handling, 自: 进入之日, 长度: 3, 单位: 日, 顺延: 否, 届满: 自动了结 }
状态:
  - { 名称: 未提出, 代号: none, 起点: 是 }
  - { 名称: 待办, 代号: waiting, 等谁: 复核人, 期限: 办理 }
  - { 名称: 待补充, 代号: incomplete, 等谁: 申请人, 期限: 补充 }
  - { 名称: 成立, 代号: upheld, 结果: 成立 }
  - { 名称: 不成立, 代号: rejected, 结果: 不成立 }
动作:
  - { 名称: 提出, 代号: raise, 谁: [当事人, 申请人], 自: 未提出, 至: 待办, 后果: [暂停工作, { 通知: [收案人, 被申请人, 被主张人] }] }
  - { 名称: 要求补充, 代号: ask, 谁: 复核人, 自: 待办, 至: 待补充, 后果: [{ 通知: 申请人 }] }
  - { 名称: 提出, 代号: raise, 谁: 申请人, 自: 待补充, 至: 待办, 后果: [记入台账] }
  - { 名称: 自动了结, 代号: by_hand, 谁: 复核人, 自: 待办, 至: 不成立, 后果: [记入台账] }
  - { 名称: 另外了结, 代号: otherwise, 由: 时钟, 自: 待办, 至: 不成立, 后果: [记入台账] }
  - { 名称: 自动了结, 代号: lapse, 由: 时钟, 自: 待补充, 至: 不成立, 后果: [维持] }
  - { 名称: 自动了结, 代号: stand, 由: 时钟, 自: 待办, 至: 不成立, 当: { 事由: 乙事由 }, 后果: [维持] }
  - { 名称: 自动了结, 代号: succeed, 由: 时钟, 自: 待办, 至: 成立, 当: { 事由: 甲事由 }, 后果: [维持] }
  - { 名称: 认定, 代号: decide, 谁: 复核人, 决定: 是, 自: 待办, 至: 成立, 当: { 事由: 甲事由 }, 后果: [维持] }
  - { 名称: 认定, 代号: decide, 谁: 院长, 决定: 是, 自: 待办, 至: 成立, 当: { 事由: 乙事由 }, 后果: [维持] }
`;

/** One that begins and ends by decisions of the court, as long as its ground fits. */
const ROUTED_TEXT = `
名称: 分案样例
编号: GJ-LC-FY
代号: routed_specimen
依据: [{ 法规: 本院配置, 效力: 未核实, 来源: 只用于测试 }]
效力: { 施行: 2022-01-01, 失效: 无 }
适用: { 案件类别: 民事 }
每事由一次: 是
事由:
  - { 名称: 还没有分案, 代号: unassigned, 适用: { 本件状态: 待人工 }, 被主张人: 不填, 证据: 不填 }
期限:
  - { 名称: 办理, 代号: handling, 自: 进入之日, 长度: { 参数: 人工处理期限 }, 单位: 工作日, 顺延: 是, 届满: 督促 }
状态:
  - { 名称: 没有, 代号: none, 起点: 是 }
  - { 名称: 待办, 代号: waiting, 等谁: 立案庭, 期限: 办理 }
  - { 名称: 办结, 代号: settled, 结果: 办结 }
动作:
  - { 名称: 开始, 代号: enter, 由: 分案, 自: 没有, 至: 待办, 后果: [记入台账] }
  - { 名称: 撤下, 代号: take_down, 谁: 立案庭, 自: 待办, 至: 办结, 后果: [记入台账] }
  - { 名称: 了结, 代号: settle, 由: 分案, 自: 待办, 至: 办结, 当: { 本件状态: 已分案 }, 后果: [记入台账] }
`;

function flowOf(text: string): Flow {
  const problems = new Problems();
  const [flow] = readFlows([{ path: 'flows/specimen.yaml', text }], lawbook.book.vocabulary, problems);
  if (!flow || problems.list.length > 0) throw new Error(JSON.stringify(problems.list));
  return flow;
}

export const SPECIMEN = flowOf(TEXT);
export const ROUTED_SPECIMEN = flowOf(ROUTED_TEXT);
