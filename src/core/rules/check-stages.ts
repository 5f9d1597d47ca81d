import { addDays, type PlainDate, plainDate } from '../kernel/plain-date.js';
import type { Card } from './card.js';
import type { LayerExample } from './example.js';
import { type Adoption, type CourtBook, DEFAULT_COURT, type RuleBook } from './rulebook.js';

/** Rules that are checked together: those above, and the files whose cards and examples are looked at. */
export interface Stage {
  readonly book: RuleBook;
  readonly court: { readonly code: string; readonly province: string };
  readonly examples: readonly LayerExample[];
  /** The day whose rules are put together. */
  readonly date: PlainDate;
  owns(path: string): boolean;
  /** Whether this stage looks at a card: it stands in one of its files, and no other day shows it. */
  looksAt(card: Card): boolean;
}

/**
 * National cards with national cards alone, a module's with these, a province's and a court's where they are in force:
 * so no court's own rules can change what the examples of the others say. A version that is not in force on `date` is
 * looked at on its own last day, or, if it is still to come, on its first: nothing goes unchecked until it is law.
 */
export function stagesOf(book: RuleBook, date: PlainDate): Stage[] {
  return placesOf(book).flatMap((place): Stage[] => {
    const own = cardsOf(place).filter(({ file }) => place.owns(file));
    const days = new Map<PlainDate, Set<Card>>([[date, new Set()]]);
    for (const card of own) {
      const day = dayOf(card, date);
      days.set(day, (days.get(day) ?? new Set()).add(card));
    }
    return [...days].map(([day, cards]) => ({
      ...place,
      date: day,
      // Examples of whole layers say what is so on the day of the check.
      examples: day === date ? place.examples : [],
      looksAt: (card) => cards.has(card),
    }));
  });
}

/** A day on which a card is in force: `date` where it can be. */
function dayOf({ validFrom, validTo }: Card, date: PlainDate): PlainDate {
  if (validTo !== undefined && validTo <= date) return addDays(validTo, -1);
  return validFrom > date ? validFrom : date;
}

const cardsOf = ({ book, court }: StagePlace): Card[] => [
  ...book.national,
  ...[...book.modules.values()].flat(),
  ...(book.provinces.get(court.province) ?? []),
  ...(book.courts.get(court.code)?.cards ?? []),
];

type StagePlace = Omit<Stage, 'date' | 'looksAt'>;

function placesOf(book: RuleBook): StagePlace[] {
  const within =
    (...folders: string[]) =>
    (path: string) =>
      folders.some((folder) => path.startsWith(`${folder}/`));
  const stage = (province: string, adoptions: readonly Adoption[], owns: Stage['owns']): StagePlace => {
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
