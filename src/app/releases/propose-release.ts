import type { LawbookDiff } from '../../core/checking/diff-lawbooks.js';
import type { FieldError } from '../../core/documents/field-errors.js';
import type { PlainDate } from '../../core/kernel/plain-date.js';
import { type Bundle, bundleOf } from '../../core/releases/bundle.js';
import { compiledOf } from '../../core/releases/compiled.js';
import { changesBetween } from '../../core/releases/draft-files.js';
import type { Problem, RuleFile } from '../../core/rules/source.js';
import type { Vocabulary } from '../../core/rules/vocabulary.js';
import { actorOf, permit } from '../permit.js';
import type { Context, CourtTx, RequestKey } from '../ports.js';
import { Refusal } from '../refusal.js';
import type { Urgency } from '../release-ports.js';
import { countsOf, draftTexts, soundness } from './check-draft.js';
import { type Checked, checkDraft, compareDraft } from './draft-checks.js';
import { openDraft } from './found.js';
import { refuseStranding } from './keep-open-runs.js';
import type { CheckSummary } from './release-views.js';

/** How a release is to be dealt with, and why. */
export interface ProposalTerms {
  readonly urgency: Urgency;
  /** Of an emergency: a word of 紧急发布事由. */
  readonly ground?: string | undefined;
  /** What it is for; stays with the release. */
  readonly reason: string;
}

const TOLD_MAX = 100;

/**
 * Proposes a draft as it is saved: checks it once more and freezes it in a bundle. What is approved later is that bundle and nothing else.
 *
 * @returns the number of the release
 */
export async function proposeRelease(
  context: Context,
  id: string,
  { revision, ...terms }: ProposalTerms & { readonly revision: number },
  request?: RequestKey,
): Promise<number> {
  const { subject, service } = context;
  permit(subject, 'release.draft');
  refuseUnknownGround((await service.editions.now()).book.vocabulary, terms.ground);
  const { content, files, base: before, today } = await draftTexts(context, id);
  const { base } = content.draft;
  if (changesBetween(content.base, content.files).size === 0)
    throw new Refusal('STATE_CONFLICT', '草稿和它依据的规则没有差别，没有可以发布的内容');
  const checked = await checkDraft(id, files, today);
  if (!soundness(checked)) throw unsound(checked.problems);
  const compared = await compareDraft(id, before, files);
  const bundle = bundled(files, checked, 'changes' in compared ? compared : null, today);
  const { number } = await service.store.act({ court: subject.court, user: actorOf(subject), request }, async (tx) => {
    await tx.releases.lock();
    const draft = await openDraft(tx.releases, id);
    if (draft.revision !== revision || content.draft.revision !== revision || draft.base !== base)
      throw new Refusal('VERSION_CONFLICT', '您打开以后，草稿又有改动；请刷新，看过改动、重新检查后再提出');
    const tip = await tx.releases.tip();
    if (tip?.number !== base) {
      throw new Refusal(
        'DRAFT_BEHIND',
        `草稿依据的是第 ${base} 号规则，之后又批准了第 ${tip?.number} 号；请先把草稿并到最新的规则上`,
      );
    }
    const number = await addProposal(tx, bundle, { title: draft.title, draft: id, base, rollsBack: null }, terms);
    await tx.releases.changeDraft(id, { state: 'proposed', checkedRevision: revision, checkedBase: base });
    return { number };
  });
  return number;
}

function bundled(files: readonly RuleFile[], checked: Checked, diff: LawbookDiff | null, on: PlainDate): Bundle {
  const { edition, report } = checked;
  const counts = countsOf(checked);
  if (!edition || !report || !counts) throw unsound([]);
  const check: CheckSummary = { on, counts, problems: 0, pending: report.pending.length };
  return bundleOf(files, compiledOf(edition.book), { check, diff });
}

/** Stores a bundle that somebody proposes. @throws Refusal where the terms do not fit each other, or runs that are open could not go on */
export async function addProposal(
  tx: CourtTx,
  bundle: Bundle | string,
  of: {
    readonly title: string;
    readonly draft: string | null;
    readonly base: number;
    readonly rollsBack: number | null;
  },
  { urgency, ground, reason }: ProposalTerms,
): Promise<number> {
  if ((urgency === 'emergency') !== (ground !== undefined))
    throw new Refusal('GROUND_UNKNOWN', urgency === 'emergency' ? '紧急发布要写明事由' : '只有紧急发布才写事由');
  if (typeof bundle !== 'string') await tx.releases.saveBundle(bundle);
  const digest = typeof bundle === 'string' ? bundle : bundle.digest;
  await refuseStranding(tx, { base: of.base, bundle: digest });
  const number = await tx.releases.addRelease({
    ...of,
    bundle: digest,
    note: reason,
    origin: of.rollsBack === null ? 'draft' : 'rollback',
    urgency,
    ground: ground ?? null,
  });
  const { base, draft, rollsBack } = of;
  const body = { bundle: digest, base, draft, rollsBack, urgency, ground: ground ?? null };
  tx.record({ action: 'release.propose', subject: String(number), body });
  return number;
}

/** @throws Refusal where the ground is none of the vocabulary's */
export function refuseUnknownGround(vocabulary: Vocabulary, ground: string | undefined): void {
  const terms = vocabulary.enumerations.get('紧急发布事由')?.terms ?? [];
  if (ground === undefined || terms.some(({ key }) => key === ground)) return;
  const words = terms.map(({ word, key }) => `${word}（${key}）`).join('、');
  throw new Refusal('GROUND_UNKNOWN', `紧急发布的事由只能是：${words}`);
}

function unsound(problems: readonly Problem[]): Refusal {
  const [first] = problems;
  const where = first ? `：${first.file}:${first.line}:${first.column} ${first.message}` : '';
  const errors: FieldError[] = problems.slice(0, TOLD_MAX).map(({ file, line, column, code, message }) => ({
    path: `${file}:${line}:${column}`,
    code,
    message,
  }));
  return new Refusal('RULES_UNSOUND', `规则有 ${problems.length} 处问题，不能提出${where}`, errors);
}
