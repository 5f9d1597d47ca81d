import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, unwrap } from './client.js';
import type { BatchView, FilingState, Matter, ObjectionsFilter } from './types.js';

const ONE_PAGE = 50;
/** As many rows as the service gives at once. */
const LARGEST_PAGE = 200;

/** Which filings the list shows. */
export interface ListFilter {
  readonly state?: FilingState | undefined;
  readonly batch?: string | undefined;
  readonly dueWithinDays?: number | undefined;
}

const filterQuery = ({ state, batch, dueWithinDays }: ListFilter) => ({
  ...(state !== undefined && { state }),
  ...(batch !== undefined && { batch }),
  ...(dueWithinDays !== undefined && { dueWithinDays }),
});

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async () => unwrap(await api.GET('/api/v1/session')),
  staleTime: Number.POSITIVE_INFINITY,
  retry: false,
});

export const waysQuery = queryOptions({
  queryKey: ['ways'],
  queryFn: async () => unwrap(await api.GET('/api/v1/session/ways')),
  staleTime: Number.POSITIVE_INFINITY,
});

export const vocabularyQuery = queryOptions({
  queryKey: ['vocabulary'],
  queryFn: async () => unwrap(await api.GET('/api/v1/vocabulary')),
  staleTime: Number.POSITIVE_INFINITY,
});

export const causesQuery = (q: string, matter: Matter | undefined) =>
  queryOptions({
    queryKey: ['causes', matter, q],
    queryFn: async ({ signal }) => {
      const query = { q, ...(matter !== undefined && { matter }) };
      return unwrap(await api.GET('/api/v1/causes', { params: { query }, signal })).items;
    },
    enabled: q !== '',
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: keepPreviousData,
  });

export const listQuery = (court: string, filter: ListFilter, after: string | undefined) =>
  queryOptions({
    queryKey: ['court', court, 'list', filter, after],
    queryFn: async ({ signal }) => {
      const query = { ...filterQuery(filter), limit: ONE_PAGE, ...(after !== undefined && { after }) };
      return unwrap(await api.GET('/api/v1/courts/{court}/filings', { params: { path: { court }, query }, signal }));
    },
    // The page before stays while the next one comes; another list never stands under this one's title.
    placeholderData: (before, query) =>
      JSON.stringify(query?.queryKey[3]) === JSON.stringify(filter) ? before : undefined,
  });

export const searchQuery = (court: string, text: string, after: string | undefined) =>
  queryOptions({
    queryKey: ['court', court, 'search', text, after],
    queryFn: async ({ signal }) =>
      unwrap(
        await api.POST('/api/v1/courts/{court}/filings/search', {
          params: { path: { court } },
          body: { text, limit: ONE_PAGE, ...(after !== undefined && { after }) },
          signal,
        }),
      ),
    // As in a list: the page before stays while the next one comes.
    placeholderData: (before, query) => (query?.queryKey[3] === text ? before : undefined),
  });

export const countsQuery = (court: string) =>
  queryOptions({
    queryKey: ['court', court, 'counts'],
    queryFn: async ({ signal }) =>
      unwrap(await api.GET('/api/v1/courts/{court}/filings/counts', { params: { path: { court } }, signal })),
  });

export const filingQuery = (court: string, id: string) =>
  queryOptions({
    queryKey: ['court', court, 'filing', id],
    queryFn: async ({ signal }) =>
      unwrap(await api.GET('/api/v1/courts/{court}/filings/{id}', { params: { path: { court, id } }, signal })),
  });

/** 异议, 回避 and the other flows of a filing. */
export const flowsQuery = (court: string, id: string) =>
  queryOptions({
    queryKey: ['court', court, 'flows', id],
    queryFn: async ({ signal }) =>
      unwrap(await api.GET('/api/v1/courts/{court}/filings/{id}/flows', { params: { path: { court, id } }, signal }))
        .items,
  });

export const filingClocksQuery = (court: string, id: string) =>
  queryOptions({
    queryKey: ['court', court, 'clocks', id],
    queryFn: async ({ signal }) =>
      unwrap(await api.GET('/api/v1/courts/{court}/filings/{id}/clocks', { params: { path: { court, id } }, signal }))
        .items,
  });

/** One page of what waits for a decision, or of what has been decided. */
export const objectionsQuery = (court: string, filter: ObjectionsFilter, after: string | undefined) =>
  queryOptions({
    queryKey: ['court', court, 'objections', filter, after],
    queryFn: async ({ signal }) => {
      const query = { ...filter, limit: ONE_PAGE, ...(after !== undefined && { after }) };
      return unwrap(await api.GET('/api/v1/courts/{court}/objections', { params: { path: { court }, query }, signal }));
    },
    placeholderData: (before, query) =>
      JSON.stringify(query?.queryKey[3]) === JSON.stringify(filter) ? before : undefined,
  });

/** One objection with all that is weighed. */
export const objectionQuery = (court: string, id: string) =>
  queryOptions({
    queryKey: ['court', court, 'objection', id],
    queryFn: async ({ signal }) =>
      unwrap(await api.GET('/api/v1/courts/{court}/objections/{id}', { params: { path: { court, id } }, signal })),
  });

export const batchesQuery = (court: string) =>
  queryOptions({
    queryKey: ['court', court, 'batches'],
    queryFn: async ({ signal }) =>
      unwrap(
        await api.GET('/api/v1/courts/{court}/batches', { params: { path: { court }, query: { limit: 20 } }, signal }),
      ).items,
  });

const isRunning = (batch: BatchView | undefined): boolean => (batch?.counts.received ?? 0) > 0;

/** One batch; asked for again and again while it is being routed, since an event may be missed. */
export const batchQuery = (court: string, id: string) =>
  queryOptions({
    queryKey: ['court', court, 'batch', id],
    queryFn: async ({ signal }) =>
      unwrap(await api.GET('/api/v1/courts/{court}/batches/{id}', { params: { path: { court, id } }, signal })),
    refetchInterval: ({ state }) => (isRunning(state.data) ? 2000 : false),
  });

export const benchQuery = (court: string) =>
  queryOptions({
    queryKey: ['court', court, 'bench'],
    queryFn: async ({ signal }) =>
      unwrap(await api.GET('/api/v1/courts/{court}/judges', { params: { path: { court } }, signal })).judges,
    staleTime: 60_000,
  });

async function pageOf(court: string, state: FilingState, signal: AbortSignal) {
  const query = { state, limit: LARGEST_PAGE };
  return unwrap(await api.GET('/api/v1/courts/{court}/filings', { params: { path: { court }, query }, signal }));
}

/** Filings with a proposal that nobody has decided; `whole` is false where there are more than one page holds. */
export const proposalsQuery = (court: string) =>
  queryOptions({
    queryKey: ['court', court, 'proposals'],
    queryFn: async ({ signal }) => {
      const query = { proposal: 'true', limit: LARGEST_PAGE } as const;
      const { items, next } = unwrap(
        await api.GET('/api/v1/courts/{court}/filings', { params: { path: { court }, query }, signal }),
      );
      return { items, whole: next === null };
    },
    staleTime: 10_000,
  });

/** All filings that wait for a person, as far as one page reaches: the order in which answering goes on. */
export const waitingQuery = (court: string) =>
  queryOptions({
    queryKey: ['court', court, 'waiting'],
    queryFn: async ({ signal }) => (await pageOf(court, 'needs_review', signal)).items,
  });

/** The cases of the judge who asks: those that are new to them, or all others. */
export const myCasesQuery = (court: string, part: 'new' | 'held', after: string | undefined) =>
  queryOptions({
    queryKey: ['court', court, 'mine', part, after],
    queryFn: async ({ signal }) => {
      const query = { part, limit: ONE_PAGE, ...(after !== undefined && { after }) };
      return unwrap(await api.GET('/api/v1/courts/{court}/mine/cases', { params: { path: { court }, query }, signal }));
    },
    placeholderData: (before, query) => (query?.queryKey[3] === part ? before : undefined),
  });

/** Objections that concern the judge who asks. */
export const myObjectionsQuery = (court: string, state: 'open' | 'ended', after: string | undefined) =>
  queryOptions({
    queryKey: ['court', court, 'mine objections', state, after],
    queryFn: async ({ signal }) => {
      const query = { state, limit: ONE_PAGE, ...(after !== undefined && { after }) };
      return unwrap(
        await api.GET('/api/v1/courts/{court}/mine/objections', { params: { path: { court }, query }, signal }),
      );
    },
    placeholderData: (before, query) => (query?.queryKey[3] === state ? before : undefined),
  });

export const notificationsQuery = (court: string, state: 'unread' | 'seen') =>
  queryOptions({
    queryKey: ['court', court, 'notifications', state],
    queryFn: async ({ signal }) => {
      const params = { path: { court }, query: { state } };
      return unwrap(await api.GET('/api/v1/courts/{court}/mine/notifications', { params, signal })).items;
    },
  });

/** Clocks that run, the first due in front; `whole` is false where there are more than one page holds. */
export const clocksQuery = (court: string, judge: string | undefined) =>
  queryOptions({
    queryKey: ['court', court, 'clocks', judge],
    queryFn: async ({ signal }) => {
      const query = { limit: LARGEST_PAGE, ...(judge !== undefined && { judge }) };
      const { items, next } = unwrap(
        await api.GET('/api/v1/courts/{court}/clocks', { params: { path: { court }, query }, signal }),
      );
      return { items, whole: next === null };
    },
  });

/** How one clock was counted. */
export const clockExplanationQuery = (court: string, which: { filing: string; kind: string; flow?: string }) =>
  queryOptions({
    queryKey: ['court', court, 'clock explanation', which],
    queryFn: async ({ signal }) =>
      unwrap(
        await api.GET('/api/v1/courts/{court}/clocks/explain', { params: { path: { court }, query: which }, signal }),
      ),
  });

/** Rest days of a year, as the court counts them. */
export const calendarQuery = (year: string) =>
  queryOptions({
    queryKey: ['calendar', year],
    queryFn: async ({ signal }) => unwrap(await api.GET('/api/v1/calendar', { params: { query: { year } }, signal })),
    staleTime: Number.POSITIVE_INFINITY,
  });

/** What whoever objects to a filing on a ground may rest on. */
export const evidenceQuery = (court: string, id: string, flow: string, ground: string) =>
  queryOptions({
    queryKey: ['court', court, 'evidence', id, flow, ground],
    queryFn: async ({ signal }) =>
      unwrap(
        await api.GET('/api/v1/courts/{court}/filings/{id}/flows/evidence', {
          params: { path: { court, id }, query: { flow, ground } },
          signal,
        }),
      ),
  });

export const absencesQuery = (court: string) =>
  queryOptions({
    queryKey: ['court', court, 'absences'],
    queryFn: async ({ signal }) => {
      const query = { limit: LARGEST_PAGE };
      return unwrap(await api.GET('/api/v1/courts/{court}/absences', { params: { path: { court }, query }, signal }))
        .items;
    },
  });

/** What an absence of these days would do; refused as entering it would be. */
export const absencePreviewQuery = (court: string, days: { judge?: string; from: string; to?: string }) =>
  queryOptions({
    queryKey: ['court', court, 'absence preview', days],
    queryFn: async ({ signal }) => {
      const params = { path: { court }, query: days };
      return unwrap(await api.GET('/api/v1/courts/{court}/absences/preview', { params, signal }));
    },
    retry: false,
    staleTime: 0,
  });
