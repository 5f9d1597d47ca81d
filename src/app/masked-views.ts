import { withoutNumbersIn } from '../core/law/number-masking.js';
import type { Views } from './views.js';

/**
 * The same reads with every identity number masked that somebody wrote into a text: a name, a claim, a note, a purpose, a remark. What
 * is stored stays as it is, and with it every digest and replay. Two reads are no view and come as they are: the docket, which its
 * export masks unless whole numbers are asked for, and the events that the chain is checked by.
 */
export function maskedViews(views: Views): Views {
  return {
    filings: async (...of) => withoutNumbersIn(await views.filings(...of)),
    counts: (court) => views.counts(court),
    search: async (...of) => withoutNumbersIn(await views.search(...of)),
    filing: async (...of) => withoutNumbersIn(await views.filing(...of)),
    owner: (...of) => views.owner(...of),
    batches: async (...of) => withoutNumbersIn(await views.batches(...of)),
    batch: async (...of) => withoutNumbersIn(await views.batch(...of)),
    decision: async (...of) => withoutNumbersIn(await views.decision(...of)),
    decisionsOf: async (...of) => withoutNumbersIn(await views.decisionsOf(...of)),
    bench: async (court) => withoutNumbersIn(await views.bench(court)),
    docket: (court) => views.docket(court),
    audit: async (...of) => withoutNumbersIn(await views.audit(...of)),
    auditEvents: (...of) => views.auditEvents(...of),
    auditHead: (court) => views.auditHead(court),
  };
}
