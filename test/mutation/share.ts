import type { Noticed } from './run.js';

/** Who notices how many mutants: each kind of check alone, and all together. Only mutants that load count; the others are never law. */
export function printShare(results: readonly { readonly name: string; readonly noticed: Noticed }[]): void {
  const loaded = results.filter(({ noticed }) => !noticed.loading);
  const share = (title: string, is: (noticed: Noticed) => boolean): void => {
    const count = loaded.filter(({ noticed }) => is(noticed)).length;
    console.log(`${title} ${count}/${loaded.length} = ${((100 * count) / Math.max(1, loaded.length)).toFixed(1)}%`);
  };
  console.log(`变异 ${results.length} 个,装载即拒 ${results.length - loaded.length} 个,其余:`);
  share('只看检查(引文、模板、边界……)', ({ check }) => check);
  share('只看证明', ({ proofs }) => proofs.length > 0);
  share('检查和证明,不跑示例', ({ check, proofs }) => check || proofs.length > 0);
  share('只看示例', ({ examples }) => examples);
  share('证明发现而示例没有发现', ({ examples, proofs }) => !examples && proofs.length > 0);
  share('一起', ({ check, examples, proofs }) => check || examples || proofs.length > 0);
  const codes = new Map<string, number>();
  for (const { noticed } of loaded) for (const code of noticed.proofs) codes.set(code, (codes.get(code) ?? 0) + 1);
  console.log(`证明说的:${[...codes].map(([code, count]) => `${code} ${count}`).join(' ')}`);
  for (const { name, noticed } of loaded) {
    if (!noticed.check && !noticed.examples && noticed.proofs.length === 0) console.log(`存活:${name}`);
  }
}
