import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, unwrap } from './client.js';

const ONE_PAGE = 50;
/** Drafts and releases change by other people's hands: what is looked at is asked for again this often. */
const AGAIN_MS = 15_000;
const LONG_MS = 600_000;

export const ruleWordsQuery = queryOptions({
  queryKey: ['rules', 'words'],
  queryFn: async () => unwrap(await api.GET('/api/v1/rules/words')),
  staleTime: LONG_MS,
});

export const draftsQuery = queryOptions({
  queryKey: ['rules', 'drafts'],
  queryFn: async ({ signal }) =>
    unwrap(await api.GET('/api/v1/rules/drafts', { params: { query: { limit: ONE_PAGE } }, signal })).items,
  refetchInterval: AGAIN_MS,
});

export const releasesQuery = queryOptions({
  queryKey: ['rules', 'releases'],
  queryFn: async ({ signal }) =>
    unwrap(await api.GET('/api/v1/rules/releases', { params: { query: { limit: ONE_PAGE } }, signal })).items,
  refetchInterval: AGAIN_MS,
});

export const releaseQuery = (number: number) =>
  queryOptions({
    queryKey: ['rules', 'release', number],
    queryFn: async ({ signal }) =>
      unwrap(await api.GET('/api/v1/rules/releases/{number}', { params: { path: { number } }, signal })),
    refetchInterval: AGAIN_MS,
  });

/** A court's decisions on filings of days for which a release says something else than before. */
export const earlierDecisionsQuery = (number: number, court: string) =>
  infiniteQueryOptions({
    queryKey: ['rules', 'earlier decisions', number, court],
    queryFn: async ({ signal, pageParam }) => {
      const query = { court, limit: ONE_PAGE, ...(pageParam !== '' && { after: pageParam }) };
      const params = { path: { number }, query };
      return unwrap(await api.GET('/api/v1/rules/releases/{number}/earlier-decisions', { params, signal }));
    },
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
  });

/** The text of a file as a release has it; what was released does not change. */
export const releaseFileQuery = (number: number, path: string) =>
  queryOptions({
    queryKey: ['rules', 'release file', number, path],
    queryFn: async ({ signal }) => {
      const params = { path: { number }, query: { path } };
      return unwrap(await api.GET('/api/v1/rules/releases/{number}/file', { params, signal })).text;
    },
    staleTime: Number.POSITIVE_INFINITY,
  });

export const draftQuery = (draft: string) =>
  queryOptions({
    queryKey: ['rules', 'draft', draft],
    queryFn: async ({ signal }) =>
      unwrap(await api.GET('/api/v1/rules/drafts/{draft}', { params: { path: { draft } }, signal })),
    refetchInterval: AGAIN_MS,
  });

export const draftFilesQuery = (draft: string, revision: number) =>
  queryOptions({
    queryKey: ['rules', 'draft files', draft, revision],
    queryFn: async ({ signal }) =>
      unwrap(await api.GET('/api/v1/rules/drafts/{draft}/files', { params: { path: { draft } }, signal })).items,
    placeholderData: (before, query) => (query?.queryKey[2] === draft ? before : undefined),
  });

export const draftFileQuery = (draft: string, path: string) =>
  queryOptions({
    queryKey: ['rules', 'draft file', draft, path],
    queryFn: async ({ signal }) => {
      const params = { path: { draft }, query: { path } };
      return unwrap(await api.GET('/api/v1/rules/drafts/{draft}/file', { params, signal }));
    },
    refetchInterval: AGAIN_MS,
  });

/** Every save of one file, the latest first. */
export const draftHistoryQuery = (draft: string, path: string, revision: number) =>
  queryOptions({
    queryKey: ['rules', 'draft history', draft, path, revision],
    queryFn: async ({ signal }) => {
      const params = { path: { draft }, query: { path, limit: ONE_PAGE } };
      return unwrap(await api.GET('/api/v1/rules/drafts/{draft}/history', { params, signal })).items;
    },
  });

/** A file of the rules with its text. */
export interface RuleText {
  readonly path: string;
  readonly text: string;
}

/** A text that is not saved yet; null: the file is taken out. */
export interface UnsavedText {
  readonly path: string;
  readonly text: string | null;
}

/** What is wrong with a draft as it would be with texts that are not saved yet. */
export const draftCheckQuery = (draft: string, revision: number, base: number, files: readonly UnsavedText[]) =>
  queryOptions({
    queryKey: ['rules', 'check', draft, revision, base, files],
    queryFn: async ({ signal }) => {
      const body = files.length === 0 ? {} : { files: [...files] };
      return unwrap(
        await api.POST('/api/v1/rules/drafts/{draft}/check', { params: { path: { draft } }, body, signal }),
      );
    },
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 30_000,
    // What was found last stays on the page while the next check is under way.
    placeholderData: (before, query) => (query?.queryKey[2] === draft ? before : undefined),
  });

/** A text as a person reads it; `beside` is the other file of a table of rules. */
export const readRulesQuery = (file: RuleText, beside: RuleText | undefined) =>
  queryOptions({
    queryKey: ['rules', 'read', file, beside],
    queryFn: async ({ signal }) => {
      const body = { ...file, ...(beside !== undefined && { beside }) };
      return unwrap(await api.POST('/api/v1/rules/read', { body, signal }));
    },
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 30_000,
    enabled: file.text !== '',
    placeholderData: keepPreviousData,
  });

/** A file as it was saved once; that does not change. */
export const draftSaveQuery = (draft: string, revision: number) =>
  queryOptions({
    queryKey: ['rules', 'draft save', draft, revision],
    queryFn: async ({ signal }) => {
      const params = { path: { draft, revision } };
      return unwrap(await api.GET('/api/v1/rules/drafts/{draft}/history/{revision}', { params, signal }));
    },
    staleTime: Number.POSITIVE_INFINITY,
  });

/** Which cases a draft decides otherwise than the release beneath it, with texts that are not saved yet. */
export const draftDiffQuery = (draft: string, revision: number, base: number, files: readonly UnsavedText[]) =>
  queryOptions({
    queryKey: ['rules', 'diff', draft, revision, base, files],
    queryFn: async ({ signal }) => {
      const body = files.length === 0 ? {} : { files: [...files] };
      return unwrap(await api.POST('/api/v1/rules/drafts/{draft}/diff', { params: { path: { draft } }, body, signal }));
    },
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 30_000,
    retry: 1,
  });
