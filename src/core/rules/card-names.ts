import type { Card } from './card.js';
import { unknownWord } from './nearest.js';
import type { Problems } from './source.js';

/** The cards of one province or court, which may only refine what others delegate. */
export interface Overlay {
  readonly province: string;
  /** Absent for a province's own cards. */
  readonly court?: string;
  readonly cards: readonly Card[];
}

/**
 * Names across files: ids are unique, exceptions point at something, nothing is an exception to itself, overlays keep to
 * what was delegated and to what is in force in their court. `refused` names cards that could not be read.
 */
export function checkNames(
  shared: readonly Card[],
  overlays: readonly Overlay[],
  refused: ReadonlySet<string>,
  problems: Problems,
): void {
  const owners = new Map(overlays.flatMap((overlay) => overlay.cards.map((card) => [card, overlay] as const)));
  const all = [...shared, ...owners.keys()];
  const ids = new Map<string, Card>();
  const byName = new Map<string, Card[]>();
  for (const card of all) {
    for (const each of [card, ...card.exceptions]) {
      const before = ids.get(each.id);
      if (before) {
        problems.add(
          each.place,
          'RULE_TWICE',
          `编号「${each.id}」已经用在 ${before.file}:${before.place.line}`,
          card.id,
        );
      }
      ids.set(each.id, card);
    }
    for (const name of new Set([card.id, ...card.groups])) byName.set(name, [...(byName.get(name) ?? []), card]);
  }
  for (const card of all) {
    const owner = owners.get(card);
    for (const { name, place } of card.exceptionTo) {
      const targets = byName.get(name) ?? [];
      if (targets.length === 0 && !refused.has(name)) {
        problems.add(place, 'EXCEPTION_TARGET', unknownWord('规则或者组', name, byName.keys()), card.id);
      }
      for (const each of targets) {
        if (each.layer !== card.layer) {
          problems.add(
            place,
            'EXCEPTION_TARGET',
            `「${each.id}」属于「${each.layer}」层,不能由「${card.layer}」层的规则作例外`,
            card.id,
          );
        }
        const theirs = owners.get(each);
        if (owner && theirs && !isAbove(theirs, owner)) {
          problems.add(
            place,
            'EXCEPTION_TARGET',
            `「${each.id}」(${each.file})不在本院、本省有效,不能对它作例外`,
            card.id,
          );
        } else if (owner && theirs !== owner && !each.delegates.includes('例外')) {
          problems.add(
            place,
            'NOT_DELEGATED',
            `「${each.id}」(${each.file})没有在「下级可细化」里允许「例外」`,
            card.id,
          );
        }
      }
    }
    if (owner && card.exceptionTo.length === 0) {
      problems.add(card.place, 'NOT_DELEGATED', '省、法院的规则只能是上级规则的例外,或者参数', card.id);
    }
  }
  checkCycles(all, problems);
}

const isAbove = (upper: Overlay, lower: Overlay): boolean =>
  upper === lower || (upper.court === undefined && upper.province === lower.province);

function checkCycles(all: readonly Card[], problems: Problems): void {
  const exceptions = new Map<string, Card[]>();
  for (const card of all) {
    for (const { name } of card.exceptionTo) exceptions.set(name, [...(exceptions.get(name) ?? []), card]);
  }
  const visiting = new Set<Card>();
  const done = new Set<Card>();
  const visit = (card: Card): void => {
    if (done.has(card)) return;
    if (visiting.has(card)) {
      problems.add(card.place, 'EXCEPTION_CYCLE', '例外互相指向,成了一个圈;请删去其中一处「例外于」', card.id);
      return;
    }
    visiting.add(card);
    for (const name of [card.id, ...card.groups]) for (const each of exceptions.get(name) ?? []) visit(each);
    visiting.delete(card);
    done.add(card);
  };
  for (const card of all) visit(card);
}
