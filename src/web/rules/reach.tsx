import styles from './reach.module.css';

/** Which cases a change moves: for one court and layer, a region of cases and what became of them before and after. */
interface MovedCases {
  readonly court: string;
  readonly layer: string;
  readonly region: string;
  readonly before: string;
  readonly after: string;
}

interface Diff {
  readonly moved: readonly MovedCases[];
  /** What says something else and decides nothing else. */
  readonly textOnly: readonly string[];
}

const isText = (value: unknown): value is string => typeof value === 'string';

/** Reads a report as far as it has the form of one: an older release may have none, or another. */
function diffIn(report: unknown): Diff | undefined {
  const found = typeof report === 'object' && report !== null && 'diff' in report ? report.diff : undefined;
  if (typeof found !== 'object' || found === null) return undefined;
  const { changes, textOnly } = found as { readonly changes?: unknown; readonly textOnly?: unknown };
  if (!Array.isArray(changes)) return undefined;
  const moved = changes.flatMap((each: Readonly<Record<string, unknown>>) => {
    const { court, layer, region, before, after } = each;
    return [court, layer, region, before, after].every(isText) ? [each as unknown as MovedCases] : [];
  });
  return { moved, textOnly: Array.isArray(textOnly) ? textOnly.filter(isText) : [] };
}

/** What a draft or a release changes for cases, as its report says; plainly where there is no such report. */
export function Reach({ report }: { readonly report: unknown }) {
  const diff = diffIn(report);
  if (diff === undefined) {
    return <p className={styles.none}>还没有影响分析：没有算过哪些案件会有不同的结果。改了哪些文字，请对照着看。</p>;
  }
  if (diff.moved.length === 0 && diff.textOnly.length === 0)
    return <p className={styles.none}>没有案件会有不同的结果。</p>;
  return (
    <>
      {diff.moved.length > 0 && (
        <ul className={styles.moved} aria-label="结果会变的案件">
          {diff.moved.map(({ court, layer, region, before, after }) => (
            <li key={`${court} ${layer} ${region} ${before}`}>
              <strong>{region}</strong>
              <span>
                {court} · {layer}
              </span>
              <span>
                <del>{before}</del> → <ins>{after}</ins>
              </span>
            </li>
          ))}
        </ul>
      )}
      {diff.textOnly.length > 0 && (
        <>
          <h5>只改了文字，结果不变</h5>
          <ul>
            {diff.textOnly.map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}
