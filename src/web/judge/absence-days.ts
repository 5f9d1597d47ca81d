/** 2026-03-09 至 2026-03-13. */
export const absenceDays = ({ from, to }: { readonly from: string; readonly to?: string | null }): string =>
  to == null ? `${from} 起，没有定回来的日子` : from === to ? from : `${from} 至 ${to}`;
