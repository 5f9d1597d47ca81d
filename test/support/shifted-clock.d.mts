export function goAhead(ms: number): void;
