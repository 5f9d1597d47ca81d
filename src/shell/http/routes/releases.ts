import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import {
  approveRelease,
  cancelRelease,
  rejectRelease,
  scheduleRelease,
  withdrawRelease,
} from '../../../app/releases/decide-release.js';
import type { ReleaseRow } from '../../../app/releases/release-views.js';
import { reviewRelease } from '../../../app/releases/review-release.js';
import { rollBack } from '../../../app/releases/roll-back.js';
import { seeEarlierDecisions } from '../../../app/releases/see-earlier-decisions.js';
import { seeRelease, seeReleaseFile, seeReleaseFiles, seeReleases } from '../../../app/releases/see-releases.js';
import { plainDate } from '../../../core/kernel/plain-date.js';
import { labelOf, type Vocabulary } from '../../../core/rules/vocabulary.js';
import { pageOf } from '../contract/common.js';
import { noQuery } from '../contract/query.js';
import {
  approveBody,
  earlierQuery,
  earlierView,
  fileQuery,
  fileTextView,
  numberView,
  reasonBody,
  releaseFilesView,
  releaseParams,
  releaseRow,
  releasesQuery,
  releaseView,
  reviewBody,
  rollBackBody,
  scheduleBody,
} from '../contract/releases.js';
import { approverOf, contextAnywhere, contextOf, type Desk, requestKeyOf } from '../desk.js';
import { diffOf } from '../diff-view.js';

const BASE = '/api/v1/rules/releases';

/** 规则发布: from proposal to the day on which it decides, for the whole installation; each act is of the court in which one has the role. */
export const releaseRoutes: FastifyPluginAsyncZod<{ readonly desk: Desk }> = async (app, { desk }) => {
  const words = async () => (await desk.service.editions.now()).book.vocabulary;
  const worded = <T extends ReleaseRow>({ ground, review, ...rest }: T, vocabulary: Vocabulary) => ({
    ...rest,
    ground,
    groundWord: ground === null ? null : labelOf(vocabulary, '紧急发布事由', ground),
    review,
    may: [...rest.may],
  });

  app.get(
    BASE,
    {
      config: { action: 'release.read' },
      schema: { querystring: releasesQuery, response: { 200: pageOf(releaseRow) } },
    },
    async (request) => {
      const { items, next } = await seeReleases(contextAnywhere(desk, request, 'release.read'), request.query);
      const vocabulary = await words();
      return { items: items.map((row) => worded(row, vocabulary)), next };
    },
  );

  app.get(
    `${BASE}/:number`,
    {
      config: { action: 'release.read' },
      schema: { params: releaseParams, querystring: noQuery, response: { 200: releaseView } },
    },
    async (request) => {
      const { number } = request.params;
      const { steps, changes, reports, ...row } = await seeRelease(
        contextAnywhere(desk, request, 'release.read'),
        number,
      );
      const { check, diff } = reports;
      return {
        ...worded(row, await words()),
        steps: [...steps],
        changes: [...changes],
        reports: { check, diff: diff && diffOf(diff) },
      };
    },
  );

  app.get(
    `${BASE}/:number/files`,
    {
      config: { action: 'release.read' },
      schema: { params: releaseParams, querystring: noQuery, response: { 200: releaseFilesView } },
    },
    async (request) => ({
      items: await seeReleaseFiles(contextAnywhere(desk, request, 'release.read'), request.params.number),
    }),
  );

  app.get(
    `${BASE}/:number/file`,
    {
      config: { action: 'release.read' },
      schema: { params: releaseParams, querystring: fileQuery, response: { 200: fileTextView } },
    },
    async (request) => {
      const { path } = request.query;
      const context = contextAnywhere(desk, request, 'release.read');
      return { path, text: await seeReleaseFile(context, request.params.number, path) };
    },
  );

  app.get(
    `${BASE}/:number/earlier-decisions`,
    {
      config: { action: 'release.read' },
      schema: { params: releaseParams, querystring: earlierQuery, response: { 200: earlierView } },
    },
    async (request) => {
      const { court, ...asked } = request.query;
      const context =
        court === undefined ? contextAnywhere(desk, request, 'release.read') : contextOf(desk, request, court);
      const found = await seeEarlierDecisions(context, request.params.number, asked);
      const rules = found.rules.map(({ windows, ...rule }) => ({ ...rule, windows: [...windows] }));
      return { ...found, rules, items: [...found.items] };
    },
  );

  app.post(
    `${BASE}/:number/withdrawal`,
    {
      config: { action: 'release.withdraw', idempotency: 'taken' },
      schema: { params: releaseParams, body: reasonBody, response: { 200: numberView } },
    },
    async (request) => {
      const { number } = request.params;
      const context = contextAnywhere(desk, request, 'release.withdraw');
      await withdrawRelease(context, number, request.body, requestKeyOf(desk, request));
      return { number };
    },
  );

  app.post(
    `${BASE}/:number/approval`,
    {
      config: { action: 'release.decide', idempotency: 'taken' },
      schema: { params: releaseParams, body: approveBody, response: { 200: numberView } },
    },
    async (request) => {
      const { number } = request.params;
      const { effectiveOn, ...rest } = request.body;
      const decision = { ...rest, ...(effectiveOn !== undefined && { effectiveOn: plainDate(effectiveOn) }) };
      await approveRelease(approverOf(desk, request), number, decision, requestKeyOf(desk, request));
      return { number };
    },
  );

  app.post(
    `${BASE}/:number/rejection`,
    {
      config: { action: 'release.decide', idempotency: 'taken' },
      schema: { params: releaseParams, body: reasonBody, response: { 200: numberView } },
    },
    async (request) => {
      const { number } = request.params;
      await rejectRelease(approverOf(desk, request), number, request.body, requestKeyOf(desk, request));
      return { number };
    },
  );

  app.post(
    `${BASE}/:number/schedule`,
    {
      config: { action: 'release.decide', idempotency: 'taken' },
      schema: { params: releaseParams, body: scheduleBody, response: { 200: numberView } },
    },
    async (request) => {
      const { number } = request.params;
      const { version, effectiveOn } = request.body;
      const wanted = { version, effectiveOn: plainDate(effectiveOn) };
      await scheduleRelease(approverOf(desk, request), number, wanted, requestKeyOf(desk, request));
      return { number };
    },
  );

  app.post(
    `${BASE}/:number/cancellation`,
    {
      config: { action: 'release.cancel', idempotency: 'taken' },
      schema: { params: releaseParams, body: reasonBody, response: { 200: numberView } },
    },
    async (request) => {
      const { number } = request.params;
      const context = contextAnywhere(desk, request, 'release.cancel');
      await cancelRelease(context, number, request.body, requestKeyOf(desk, request));
      return { number };
    },
  );

  app.post(
    `${BASE}/:number/review`,
    {
      config: { action: 'release.decide', idempotency: 'taken' },
      schema: { params: releaseParams, body: reviewBody, response: { 200: numberView } },
    },
    async (request) => {
      const { number } = request.params;
      await reviewRelease(approverOf(desk, request), number, request.body, requestKeyOf(desk, request));
      return { number };
    },
  );

  app.post(
    `${BASE}/:number/rollback`,
    {
      config: { action: 'release.draft', idempotency: 'taken' },
      schema: { params: releaseParams, body: rollBackBody, response: { 201: numberView } },
    },
    async (request, reply) => {
      const context = contextAnywhere(desk, request, 'release.draft');
      const number = await rollBack(context, request.params.number, request.body, requestKeyOf(desk, request));
      return reply.code(201).send({ number });
    },
  );
};
