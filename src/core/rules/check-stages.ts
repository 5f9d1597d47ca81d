import { plainDate } from '../kernel/plain-date.js';
import type { LayerExample } from './example.js';
import { type Adoption, type CourtBook, DEFAULT_COURT, type RuleBook } from './rulebook.js';

/** Rules that are checked together: those above, and the files whose cards and examples are looked at. */
export interface Stage {
  readonly book: RuleBook;
  readonly court: { readonly code: string; readonly province: string };
  readonly examples: readonly LayerExample[];
  owns(path: string): boolean;
}

/**
 * National cards with national cards alone, a module's with these, a province's and a court's where they are in force:
 * so no court's own rules can change what the examples of the others say.
 */
export function stagesOf(book: RuleBook): Stage[] {
  const within =
    (...folders: string[]) =>
    (path: string) =>
      folders.some((folder) => path.startsWith(`${folder}/`));
  const stage = (province: string, adoptions: readonly Adoption[], owns: Stage['owns']): Stage => {
    const blank = { name: '', triage: [], triageExamples: [], cards: [], examples: [], file: '' };
    const court: CourtBook = { ...blank, code: DEFAULT_COURT, province, adoptions };
    return { book: { ...book, courts: new Map([[DEFAULT_COURT, court]]) }, court, examples: book.examples, owns };
  };
  const bases = new Map(
    [...book.courts.values()].flatMap(({ adoptions }) => adoptions.map((each) => [each.module, each])),
  );
  const nation = '全国';
  const modules = [...book.modules.keys()].map((module) => {
    const adoption = { module, bases: bases.get(module)?.bases ?? new Map(), validFrom: START };
    return stage(nation, [adoption], within(`modules/${module}`));
  });
  const provinces = [...book.provinces.keys()].map((name) => stage(name, [], within(`provinces/${name}`)));
  const courts = [...book.courts.values()]
    .filter((court) => court.cards.length > 0 || court.examples.length > 0)
    .map((court) => ({
      book,
      court,
      examples: court.examples,
      owns: within(court.file.replace(/\/court\.yaml$/, '')),
    }));
  return [stage(nation, [], within('national', 'links')), ...modules, ...provinces, ...courts];
}

const START = plainDate('1900-01-01');
