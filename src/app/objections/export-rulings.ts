import type { Ruling } from '../../core/documents/ruling.js';
import { rulesOnFirst, rulingOf } from '../../core/rulings/ruling-of.js';
import type { Page } from '../page.js';
import { permit } from '../permit.js';
import type { Context } from '../ports.js';
import { Refusal } from '../refusal.js';
import { benchOf } from '../stored-filing.js';

/** Decided objections as examples of the rules, and the court whose they are. */
export interface RulingsPage extends Page<Ruling> {
  readonly court: string;
  readonly province: string;
}

/**
 * The rulings of a court on whose first responsibility a case is, without anybody's name, in the order in which the objections were
 * raised. A page may hold fewer than asked for: what was ruled on cases that the rules did not assign says nothing of the rules.
 */
export async function exportRulings(
  { subject, service }: Context,
  { limit, after }: { readonly limit: number; readonly after?: string | undefined },
): Promise<RulingsPage> {
  permit(subject, 'ruling.read');
  const { evaluator, store } = service;
  const { court, lawbook, flows, found } = await store.read(subject.court, async (tx) => {
    const flows = new Map(tx.lawbook.flows.filter(rulesOnFirst).map((flow) => [flow.key, flow]));
    const found = await tx.objections.decided([...flows.keys()], limit + 1, after);
    return { court: (await benchOf(tx)).docket.court, lawbook: tx.lawbook, flows, found };
  });
  const items: Ruling[] = [];
  for (const { run, before, next } of found.slice(0, limit)) {
    const flow = flows.get(run.flow);
    if (!flow) throw new Refusal('NOT_FOUND', '规则里没有这一流程');
    const ruling = await rulingOf({ flow, run, before, after: next ?? undefined }, lawbook, evaluator);
    if (ruling) items.push(ruling);
  }
  const last = found[limit - 1];
  return { court: court.code, province: court.province, items, next: found.length > limit && last ? last.id : null };
}
