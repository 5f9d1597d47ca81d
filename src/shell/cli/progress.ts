import { Presets, SingleBar } from 'cli-progress';

export interface Progress {
  step(done: number): void;
  end(): void;
}

/** A progress bar on stderr where that is a terminal; silent elsewhere, so that logs stay clean. */
export function progressBar(label: string, total: number): Progress {
  if (!process.stderr.isTTY || total < 2) return { step: () => {}, end: () => {} };
  const bar = new SingleBar(
    {
      format: `${label} {bar} {value}/{total} 件 · 已用 {duration_formatted} · 约剩 {eta_formatted}`,
      stream: process.stderr,
      hideCursor: true,
    },
    Presets.shades_classic,
  );
  bar.start(total, 0);
  return { step: (done) => bar.update(done), end: () => bar.stop() };
}
