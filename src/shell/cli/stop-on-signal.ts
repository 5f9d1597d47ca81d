/** The first signal ends what is under way; the second does not wait. */
export function stopOnSignal(stop: () => Promise<void>): void {
  let isStopping = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (isStopping) process.exit(130);
      isStopping = true;
      stop().catch((error: unknown) => {
        process.stderr.write(`停止时出错：${error instanceof Error ? error.message : String(error)}\n`);
        process.exitCode = 1;
      });
    });
  }
}
