import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { checkSavedDraft } from '../../../app/releases/check-draft.js';
import { compareSavedDraft } from '../../../app/releases/compare-draft.js';
import { createDraft, describeDraft, discardDraft } from '../../../app/releases/create-draft.js';
import { proposeRelease } from '../../../app/releases/propose-release.js';
import { rebaseDraft } from '../../../app/releases/rebase-draft.js';
import { saveFile } from '../../../app/releases/save-file.js';
import {
  seeDraft,
  seeDraftFile,
  seeDraftFiles,
  seeDraftHistory,
  seeDraftRevision,
  seeDrafts,
} from '../../../app/releases/see-drafts.js';
import { doneView, pageOf } from '../contract/common.js';
import { noQuery } from '../contract/query.js';
import {
  baseView,
  checkBody,
  checkView,
  describeBody,
  diffReport,
  draftBody,
  draftFilesView,
  draftFileView,
  draftParams,
  draftRow,
  draftsQuery,
  draftView,
  fileQuery,
  historyQuery,
  numberView,
  proposeBody,
  rebaseBody,
  removeBody,
  revisionParams,
  revisionView,
  saveBody,
  saveRow,
  saveView,
  versionBody,
} from '../contract/releases.js';
import { contextAnywhere, type Desk, requestKeyOf } from '../desk.js';
import { diffOf } from '../diff-view.js';

const BASE = '/api/v1/rules/drafts';
/** One file of the largest size that is taken, as JSON writes it. */
const FILE_BODY_BYTES = 6 * 1024 * 1024;
/** Several, together. */
const FILES_BODY_BYTES = 16 * 1024 * 1024;

/** 规则草稿: changes to the rules that two people may write at once, and that bind nobody until they are approved. */
export const draftRoutes: FastifyPluginAsyncZod<{ readonly desk: Desk }> = async (app, { desk }) => {
  app.get(
    BASE,
    { config: { action: 'release.read' }, schema: { querystring: draftsQuery, response: { 200: pageOf(draftRow) } } },
    async (request) => {
      const { items, next } = await seeDrafts(contextAnywhere(desk, request, 'release.read'), request.query);
      return { items: items.map((draft) => ({ ...draft, authors: [...draft.authors] })), next };
    },
  );

  app.post(
    BASE,
    {
      config: { action: 'release.draft', idempotency: 'taken' },
      schema: { body: draftBody, response: { 201: doneView } },
    },
    async (request, reply) => {
      const { title, note = '' } = request.body;
      const context = contextAnywhere(desk, request, 'release.draft');
      return reply.code(201).send({ id: await createDraft(context, { title, note }, requestKeyOf(desk, request)) });
    },
  );

  app.get(
    `${BASE}/:draft`,
    {
      config: { action: 'release.read' },
      schema: { params: draftParams, querystring: noQuery, response: { 200: draftView } },
    },
    async (request) => {
      const draft = await seeDraft(contextAnywhere(desk, request, 'release.read'), request.params.draft);
      return { ...draft, authors: [...draft.authors], files: [...draft.files] };
    },
  );

  app.patch(
    `${BASE}/:draft`,
    {
      config: { action: 'release.draft', idempotency: 'taken' },
      schema: { params: draftParams, body: describeBody, response: { 200: doneView } },
    },
    async (request) => {
      const { draft: id } = request.params;
      const { note = '', ...rest } = request.body;
      const context = contextAnywhere(desk, request, 'release.draft');
      await describeDraft(context, id, { ...rest, note }, requestKeyOf(desk, request));
      return { id };
    },
  );

  app.post(
    `${BASE}/:draft/discard`,
    {
      config: { action: 'release.draft', idempotency: 'taken' },
      schema: { params: draftParams, body: versionBody, response: { 200: doneView } },
    },
    async (request) => {
      const { draft: id } = request.params;
      const context = contextAnywhere(desk, request, 'release.draft');
      await discardDraft(context, id, request.body.version, requestKeyOf(desk, request));
      return { id };
    },
  );

  app.get(
    `${BASE}/:draft/files`,
    {
      config: { action: 'release.read' },
      schema: { params: draftParams, querystring: noQuery, response: { 200: draftFilesView } },
    },
    async (request) => ({
      items: await seeDraftFiles(contextAnywhere(desk, request, 'release.read'), request.params.draft),
    }),
  );

  app.get(
    `${BASE}/:draft/file`,
    {
      config: { action: 'release.read' },
      schema: { params: draftParams, querystring: fileQuery, response: { 200: draftFileView } },
    },
    async (request) => {
      const context = contextAnywhere(desk, request, 'release.read');
      return seeDraftFile(context, request.params.draft, request.query.path);
    },
  );

  app.put(
    `${BASE}/:draft/file`,
    {
      bodyLimit: FILE_BODY_BYTES,
      config: { action: 'release.draft', idempotency: 'taken' },
      schema: { params: draftParams, body: saveBody, response: { 200: revisionView } },
    },
    async (request) => {
      const context = contextAnywhere(desk, request, 'release.draft');
      const key = requestKeyOf(desk, request);
      return { revision: await saveFile(context, request.params.draft, request.body, key) };
    },
  );

  app.post(
    `${BASE}/:draft/file/removal`,
    {
      config: { action: 'release.draft', idempotency: 'taken' },
      schema: { params: draftParams, body: removeBody, response: { 200: revisionView } },
    },
    async (request) => {
      const context = contextAnywhere(desk, request, 'release.draft');
      const key = requestKeyOf(desk, request);
      return { revision: await saveFile(context, request.params.draft, { ...request.body, text: null }, key) };
    },
  );

  app.get(
    `${BASE}/:draft/history`,
    {
      config: { action: 'release.read' },
      schema: { params: draftParams, querystring: historyQuery, response: { 200: pageOf(saveRow) } },
    },
    async (request) => {
      const context = contextAnywhere(desk, request, 'release.read');
      const { items, next } = await seeDraftHistory(context, request.params.draft, request.query);
      return { items: [...items], next };
    },
  );

  app.get(
    `${BASE}/:draft/history/:revision`,
    {
      config: { action: 'release.read' },
      schema: { params: revisionParams, querystring: noQuery, response: { 200: saveView } },
    },
    async (request) => {
      const { draft, revision } = request.params;
      return seeDraftRevision(contextAnywhere(desk, request, 'release.read'), draft, revision);
    },
  );

  app.post(
    `${BASE}/:draft/check`,
    {
      bodyLimit: FILES_BODY_BYTES,
      config: { action: 'release.read', alsoActions: ['release.check'] },
      schema: { params: draftParams, body: checkBody, response: { 200: checkView } },
    },
    async (request) => {
      const context = contextAnywhere(desk, request, 'release.check', 'release.read');
      const { problems, pending, remarks, counts, ...rest } = await checkSavedDraft(
        context,
        request.params.draft,
        request.body.files,
      );
      return { ...rest, problems: [...problems], pending: [...pending], remarks: [...remarks], counts: counts ?? null };
    },
  );

  app.post(
    `${BASE}/:draft/diff`,
    {
      bodyLimit: FILES_BODY_BYTES,
      config: { action: 'release.read', alsoActions: ['release.check'] },
      schema: { params: draftParams, body: checkBody, response: { 200: diffReport } },
    },
    async (request) => {
      const context = contextAnywhere(desk, request, 'release.check', 'release.read');
      const { diff, problems, ...rest } = await compareSavedDraft(context, request.params.draft, request.body.files);
      return { ...rest, diff: diff && diffOf(diff), problems: [...problems] };
    },
  );

  app.post(
    `${BASE}/:draft/rebase`,
    {
      bodyLimit: FILES_BODY_BYTES,
      config: { action: 'release.draft', idempotency: 'taken' },
      schema: { params: draftParams, body: rebaseBody, response: { 200: baseView } },
    },
    async (request) => {
      const { version, files = [] } = request.body;
      const context = contextAnywhere(desk, request, 'release.draft');
      const key = requestKeyOf(desk, request);
      return { base: await rebaseDraft(context, request.params.draft, { version, files }, key) };
    },
  );

  app.post(
    `${BASE}/:draft/proposal`,
    {
      config: { action: 'release.draft', idempotency: 'taken' },
      schema: { params: draftParams, body: proposeBody, response: { 201: numberView } },
    },
    async (request, reply) => {
      const context = contextAnywhere(desk, request, 'release.draft');
      const key = requestKeyOf(desk, request);
      const number = await proposeRelease(context, request.params.draft, request.body, key);
      return reply.code(201).send({ number });
    },
  );
};
