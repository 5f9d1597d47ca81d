import type { RuleDiff } from '../api/types.js';
import styles from './reach.module.css';

/** What a draft or a release changes for cases, as its report says; plainly where there is no such report. */
export function Reach({ diff }: { readonly diff: RuleDiff }) {
  if (diff === null) {
    return <p className={styles.none}>还没有影响分析：没有算过哪些案件会有不同的结果。改了哪些文字，请对照着看。</p>;
  }
  const { changes, unknown, proofs, files } = diff;
  return (
    <>
      {changes.length > 0 && (
        <ul className={styles.moved} aria-label="结果会变的案件">
          {changes.map((change) => (
            <Moved key={JSON.stringify(change)} change={change} />
          ))}
        </ul>
      )}
      <p className={styles.none}>
        {changes.length === 0 ? '按规则卡算，没有一个案件的结果会变' : '除此以外，按规则卡算没有一个案件的结果会变'}
        {unknown.length === 0 ? `（比较了 ${proofs} 项，已证明）。` : `（比较了 ${proofs} 项）；下面几项没有算出来。`}
      </p>
      {unknown.length > 0 && (
        <>
          <h4 className={styles.title}>情形太多，没有算出来</h4>
          <ul>
            {unknown.map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        </>
      )}
      {files.length > 0 && (
        <>
          <h4 className={styles.title}>逐个文件</h4>
          <ul aria-label="逐个文件">
            {files.map(({ file, what, isProved }) => (
              <li key={file}>
                {file}：{what.join('；')}
                {!isProved && <em className={styles.judge}>会不会影响案件，要由人看</em>}
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

function Moved({ change }: { readonly change: NonNullable<RuleDiff>['changes'][number] }) {
  const { layer, kind, before, after, where, region, isCut, example } = change;
  return (
    <li>
      <strong>
        {layer}
        {kind !== '' && `（${kind}）`}：<del>{before}</del> → <ins>{after}</ins>
      </strong>
      {where.map((whose) => (
        <span key={whose} className={styles.whose}>
          {whose}
        </span>
      ))}
      {region.map((box) => (
        <span key={box}>{box}</span>
      ))}
      {isCut && <span>……还有，没有全部列出</span>}
      <span>例如：{example}</span>
    </li>
  );
}
