import type { Subject } from '../../core/access/can.js';
import type { Seat } from '../../core/releases/approval.js';
import type { CourtPlace } from '../../core/releases/differences.js';
import { changesBetween } from '../../core/releases/draft-files.js';
import { bearsOnAssignment } from '../../core/releases/who-may-approve.js';
import { permit } from '../permit.js';
import type { Context, Service } from '../ports.js';
import { sourcesOfRelease } from './draft-content.js';
import { editionOf } from './editions.js';
import { releaseFound } from './found.js';

/** Who decides: in one court, and with all postings of today. */
export interface Approver extends Context {
  readonly postings: readonly Subject[];
}

/** The courts in whose benches somebody sits today, in any of their postings. */
async function seatsOf({ store }: Service, subjects: readonly Subject[]): Promise<CourtPlace[]> {
  const seats: CourtPlace[] = [];
  for (const { court, judges } of subjects) {
    if (judges.length === 0) continue;
    const bench = await store.read(court, (tx) => tx.bench());
    const { code, province } = bench?.docket.court ?? { code: court, province: '' };
    if (bench?.docket.judges.some(({ id }) => judges.includes(id))) seats.push({ code, province });
  }
  return seats;
}

/** Where the approver sits, and what of the release bears on who gets the cases there. Worked out before the court waits for us. */
export async function seatsIn(approver: Approver, number: number): Promise<Seat[]> {
  const { subject, service, postings } = approver;
  permit(subject, 'release.decide');
  const places = await seatsOf(service, postings);
  if (places.length === 0) return [];
  return service.store.read(subject.court, async (tx) => {
    const { bundle, base } = await releaseFound(tx.releases, number);
    if (base === null) return [];
    const before = await editionOf(tx.releases, (await releaseFound(tx.releases, base)).bundle);
    const after = await editionOf(tx.releases, bundle);
    const sources = new Map((await tx.releases.manifest(bundle)).sources);
    const paths = [...changesBetween(await sourcesOfRelease(tx.releases, base), sources).keys()];
    return places.map((place) => ({ court: place.code, bears: bearsOnAssignment(before, after, paths, place) }));
  });
}
