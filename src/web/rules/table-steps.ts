/** Where in a table something was done. */
export interface Cell {
  readonly row: number;
  readonly column: number;
}

/** One change of a table's text. */
export interface TableStep {
  readonly before: string;
  readonly after: string;
  /** Where one stood when it was made. */
  readonly cell: Cell;
  /** Typing into one cell; a row that comes or goes is a step of its own. */
  readonly isTyping: boolean;
  /** ms */
  readonly at: number;
}

/** What was done to a table, and what was undone of it, the latest last. */
export interface TableSteps {
  readonly done: readonly TableStep[];
  readonly undone: readonly TableStep[];
}

export const NO_STEPS: TableSteps = { done: [], undone: [] };

/** Letters that are typed into a cell without a pause are one step, as in the editor of texts. */
const PAUSE_MS = 500;
const STEPS_KEPT = 500;

/** After one more change: what was undone before cannot be done again. */
export function withStep({ done }: TableSteps, step: TableStep): TableSteps {
  const last = done.at(-1);
  const goesOn =
    last?.isTyping === true &&
    step.isTyping &&
    last.after === step.before &&
    last.cell.row === step.cell.row &&
    last.cell.column === step.cell.column &&
    step.at - last.at < PAUSE_MS;
  const before = goesOn ? done.slice(0, -1) : done;
  return { done: [...before.slice(-STEPS_KEPT), goesOn ? { ...step, before: last.before } : step], undone: [] };
}

/** One step back from a text, or again; undefined where the text is another's by now, or nothing was done. */
export function stepped(
  { done, undone }: TableSteps,
  text: string,
  way: 'back' | 'again',
): { readonly steps: TableSteps; readonly text: string; readonly cell: Cell } | undefined {
  const step = way === 'back' ? done.at(-1) : undone.at(-1);
  if (step === undefined || text !== (way === 'back' ? step.after : step.before)) return undefined;
  return way === 'back'
    ? { steps: { done: done.slice(0, -1), undone: [...undone, step] }, text: step.before, cell: step.cell }
    : { steps: { done: [...done, step], undone: undone.slice(0, -1) }, text: step.after, cell: step.cell };
}
