import type { LawbookDiff } from '../../core/checking/diff-lawbooks.js';

/** What changed between two versions of the rules, as text. */
export function showDiff({ changes, unknown, proofs, files }: LawbookDiff): string {
  const lines: string[] = [];
  if (changes.length > 0) lines.push(`结论改变的案件，${changes.length} 处：`);
  for (const [index, change] of changes.entries()) {
    lines.push(`${index + 1}. 「${change.layer}」${change.kind}：${change.before} → ${change.after}`);
    for (const where of change.where) lines.push(`   ${where}`);
    for (const box of change.region) lines.push(`   · ${box}`);
    if (change.isCut) lines.push('   · ……还有，情形太多，没有全部列出');
    lines.push(`   例如：${change.example}`);
    if (change.filing !== undefined) lines.push(`   收案：${change.filing}`);
  }
  for (const each of unknown) lines.push(`不知道有没有改变（情形太多）：${each}`);
  const rest = changes.length === 0 ? '没有一个案件的结论改变' : '除此以外，没有一个案件的结论改变';
  lines.push(unknown.length === 0 ? `${rest}（比较了 ${proofs} 项，已证明）。` : `其余的 ${proofs} 项已经比较。`);
  if (files.length > 0) lines.push(`改动的文件，${files.length} 个：`);
  for (const { file, kind, what, isProved } of files) {
    const word = { added: '新增', removed: '删去', changed: '改动' }[kind];
    lines.push(`  ${word} ${file}${isProved ? '' : '（不在逐案证明的范围里，请核对）'}`);
    for (const each of what) lines.push(`    ${each}`);
  }
  return `${lines.join('\n')}\n`;
}
