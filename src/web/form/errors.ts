import type { FieldError } from '../api/problem.js';

/** What is wrong at a place, or below it where `below` is asked for. */
export function errorAt(errors: readonly FieldError[], pointer: string): string | undefined {
  return errors.find(({ path }) => path === pointer)?.message;
}

/** What is wrong with the lines of a field that holds one entry a line, each with its line. */
export function errorsOfLines(errors: readonly FieldError[], pointer: string): string | undefined {
  const found = errors.flatMap(({ path, message }) => {
    if (path === pointer) return [message];
    if (!path.startsWith(`${pointer}/`)) return [];
    return [`第 ${Number(path.slice(pointer.length + 1)) + 1} 行：${message}`];
  });
  return found.length === 0 ? undefined : found.join('；');
}

const SHOWN: readonly RegExp[] = [
  /^\/(id|matter|stage|receivedOn|initialMeasuresReturnedOn|cause|amount|court)$/,
  /^\/(claims|citedCases)(\/\d+)?$/,
  /^\/parties(\/\d+\/(role|kind|name|idNumber|uscc|whereabouts|foreign|represents|formerNames))?$/,
  /^\/instrument\/(caseNo|kind|instalment)$/,
  /^\/origin\/(relation|caseNo)$/,
  /^\/facts\/\w+$/,
];

/** Errors that no field of the form shows; they are told above it. */
export const errorsNowhere = (errors: readonly FieldError[]): FieldError[] =>
  errors.filter(({ path }) => !SHOWN.some((pattern) => pattern.test(path)));
