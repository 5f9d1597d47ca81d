import styles from './reach.module.css';

/** Cases that come out otherwise by the same change. */
interface MovedCases {
  readonly layer: string;
  /** 民事一审; empty where the layer does not know. */
  readonly kind: string;
  readonly before: string;
  readonly after: string;
  /** Whose, and during which days. */
  readonly where: readonly string[];
  /** Together exactly the cases, or some of them. */
  readonly region: readonly string[];
  readonly isCut: boolean;
  readonly example: string;
}

interface ChangedFile {
  readonly file: string;
  readonly what: readonly string[];
  /** False: whether it decides a case otherwise somebody has to judge. */
  readonly isProved: boolean;
}

interface Diff {
  readonly changes: readonly MovedCases[];
  readonly unknown: readonly string[];
  readonly files: readonly ChangedFile[];
}

type Loose = Readonly<Record<string, unknown>>;
const isText = (value: unknown): value is string => typeof value === 'string';
const isTexts = (value: unknown): value is readonly string[] => Array.isArray(value) && value.every(isText);
const isLoose = (value: unknown): value is Loose => typeof value === 'object' && value !== null;
const listOf = (value: unknown): readonly Loose[] => (Array.isArray(value) ? value.filter(isLoose) : []);

const isMoved = ({ layer, kind, before, after, where, region, example }: Loose): boolean =>
  [layer, kind, before, after, example].every(isText) && isTexts(where) && isTexts(region);

/** Reads a report as far as it has the form of one: a release made before may have none. */
function diffIn(report: unknown): Diff | undefined {
  const found = isLoose(report) ? report.diff : undefined;
  if (!isLoose(found) || !Array.isArray(found.changes)) return undefined;
  return {
    changes: listOf(found.changes).filter(isMoved) as unknown as readonly MovedCases[],
    unknown: isTexts(found.unknown) ? found.unknown : [],
    files: listOf(found.files).filter(
      ({ file, what }) => isText(file) && isTexts(what),
    ) as unknown as readonly ChangedFile[],
  };
}

/** What a draft or a release changes for cases, as its report says; plainly where there is no such report. */
export function Reach({ report }: { readonly report: unknown }) {
  const diff = diffIn(report);
  if (diff === undefined) {
    return <p className={styles.none}>还没有影响分析：没有算过哪些案件会有不同的结果。改了哪些文字，请对照着看。</p>;
  }
  const { changes, unknown, files } = diff;
  return (
    <>
      {changes.length === 0 && <p className={styles.none}>按规则卡算，没有案件会有不同的结果。</p>}
      {changes.length > 0 && (
        <ul className={styles.moved} aria-label="结果会变的案件">
          {changes.map((change) => (
            <Moved key={JSON.stringify(change)} change={change} />
          ))}
        </ul>
      )}
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

function Moved({ change }: { readonly change: MovedCases }) {
  const { layer, kind, before, after, where, region, isCut, example } = change;
  return (
    <li>
      <strong>
        {layer}
        {kind !== '' && `（${kind}）`}：<del>{before}</del> → <ins>{after}</ins>
      </strong>
      {region.map((box) => (
        <span key={box}>{box}</span>
      ))}
      {isCut && <span>……还有，没有全部列出</span>}
      {where.map((whose) => (
        <span key={whose}>{whose}</span>
      ))}
      <span>例如：{example}</span>
    </li>
  );
}
