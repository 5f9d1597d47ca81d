import { withoutConstraints } from './constraints.js';
import { flowFileMutants, withoutPart } from './flow-files.js';
import { interpreterMutants, redAsItIs, withoutBranch } from './interpreter.js';
import { each, report } from './removal.js';

/**
 * Takes away one guard, one clock, one branch and one constraint after another, and requires of each that a named test turns red.
 * `npm run guards -- --list`: says of each by which test. Exit 1 where something survives that `EQUIVALENT` does not explain or where
 * nothing was tried, 2 where a test is red as it is.
 */
const isListed = process.argv.includes('--list');
const started = performance.now();
const red = await redAsItIs();
if (red !== undefined) {
  console.error(`没有去掉什么就已经不通过:${red}`);
  process.exitCode = 2;
} else {
  const unexplained = [
    report(
      '流程文件(rules/flows):守卫、期限、办理人、证据、事由、后果',
      await each(flowFileMutants(), withoutPart),
      isListed,
    ),
    report(
      '流程解释器(src/core/flows):拒绝的分支和计算期限的分支',
      await each(interpreterMutants(), withoutBranch),
      isListed,
    ),
    report(
      '数据库(流程、时钟、通知、督办、请假、扣除延长各表):主键、唯一索引、检查、外键、触发器',
      await withoutConstraints(),
      isListed,
    ),
  ];
  console.log(`\n${((performance.now() - started) / 1000).toFixed(0)} 秒`);
  if (unexplained.some((count) => count > 0)) process.exitCode = 1;
}
