import type { FastifyDynamicSwaggerOptions } from '@fastify/swagger';
import type { FastifySchema } from 'fastify';
import { jsonSchemaTransform } from 'fastify-type-provider-zod';
import type { OpenAPIV3_1 } from 'openapi-types';
import { z } from 'zod';
import { KEPT } from '../../app/accounts/limits.js';
import { problemView } from './contract/common.js';
import { IDEMPOTENCY_KEY } from './desk.js';
import './route-config.js';

/** The OpenAPI document: what zod says of each route, and beside it what headers, forms, files and refusals are. */
export const openApi = (version: string): FastifyDynamicSwaggerOptions => ({
  openapi: {
    openapi: '3.1.0',
    info: {
      title: '首责 Shouze',
      version,
      description: '分案与流程服务。失败以 RFC 9457 答复；错误码见 docs/errors.md。',
    },
    servers: [{ url: '/' }],
    components: { schemas: { Problem: problemSchema() } },
  },
  transform: (described) => {
    const { schema, url } = jsonSchemaTransform(described);
    if (schema?.hide || !url.startsWith('/api/')) return { schema, url };
    return { schema: completed(schema ?? {}, described.route), url };
  },
});

type Described = Parameters<NonNullable<FastifyDynamicSwaggerOptions['transform']>>[0]['route'];

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);
const FORM = 'multipart/form-data';
const BINARY = { type: 'string', format: 'binary' } as const;

function completed(schema: FastifySchema, { method, config = {} }: Described): FastifySchema {
  const { consumes = [], produces = [], response, ...rest } = schema;
  const changes = ![method].flat().every((one) => SAFE.has(one));
  return {
    ...rest,
    ...(consumes.includes(FORM) && { consumes, body: oneFile }),
    headers: headersOf(changes && !config.public, config),
    response: {
      ...(response as object | undefined),
      ...(produces.length > 0 && {
        200: {
          description: '文件',
          content: Object.fromEntries(produces.map((type) => [type, { schema: shapeOf(type) }])),
        },
      }),
      default: refusal,
    },
  };
}

/** What stands in a form: nothing but the file. */
const oneFile = {
  type: 'object',
  properties: { file: { ...BINARY, description: '收案表：.xlsx、.csv 或者 .json' } },
  required: ['file'],
};

const shapeOf = (type: string) => (type.startsWith('text/') ? { type: 'string' } : BINARY);

const refusal = {
  description: '没有办成：RFC 9457，code 见 docs/errors.md',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
};

function problemSchema(): OpenAPIV3_1.SchemaObject {
  const { $schema: _, ...schema } = z.toJSONSchema(problemView);
  return schema as OpenAPIV3_1.SchemaObject;
}

const AGAIN = `${KEPT.answerDays} 天之内用同一个重试，得到第一次的结果，不会重复办理`;
const KEY_WORDS = {
  needed: `必须带上，没有就答复 400：每次提交生成一个，例如 UUID；${AGAIN}`,
  taken: `可以带上：每次提交生成一个，例如 UUID；${AGAIN}`,
} as const;

/** The token is not `required`: commands on the service's machine go without it. */
function headersOf(isGuarded: boolean, { idempotency, waits }: NonNullable<Described['config']>): object {
  const header = (description: string, more: object = {}) => ({ type: 'string', ...more, description });
  const properties = {
    ...(isGuarded && { 'x-csrf-token': header('登录时得到的 csrfToken；浏览器的请求必须带上，本机管理命令的不用') }),
    ...(idempotency !== undefined && {
      'Idempotency-Key': header(KEY_WORDS[idempotency], { pattern: IDEMPOTENCY_KEY.source }),
    }),
    ...(waits && { Prefer: header('最多等几秒，等全部分完再答复：wait=10（RFC 7240）；不写则登记后立即答复') }),
  };
  return { type: 'object', properties, required: idempotency === 'needed' ? ['Idempotency-Key'] : [] };
}
