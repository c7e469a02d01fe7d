import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { apiCalls, errorResponse, eventHint, type ApiBody, type ApiCall } from '../src-shared/protocol/api.ts';

type Json = Readonly<Record<string, unknown>>;

/** The wire as OpenAPI 3.1, made of the very schemas that both sides parse with. */
export function openApi(): Json {
  const paths: Record<string, Record<string, Json>> = {};
  for (const call of apiCalls) (paths[call.path] ??= {})[call.method.toLowerCase()] = operation(call);
  return {
    openapi: '3.1.0',
    info: { title: 'Văn Thư, provincial server', version: '1', description: 'What a schema cannot say stands in docs/protocol.md. JSON travels plain, as brotli, or in the coding of src-shared/protocol/packing.ts.' },
    components: { securitySchemes: { session: { type: 'http', scheme: 'bearer', description: 'The opaque token of POST /v1/session.' } }, schemas: { Refusal: schemaOf(errorResponse), Hint: schemaOf(eventHint) } },
    security: [{ session: [] }],
    paths,
  };
}

function operation(call: ApiCall): Json {
  const parameters = [
    ...[...call.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({ name, in: 'path', required: true, schema: { type: 'string' } })),
    ...Object.entries(call.query ?? {}).map(([name, description]) => ({ name, in: 'query', description, schema: { type: 'string' } })),
    ...Object.entries(call.headers ?? {}).map(([name, description]) => ({ name, in: 'header', description, schema: { type: 'string' } })),
  ];
  const refused = [400, ...(call.open === true ? [] : [401, 403]), 429, 503, ...(call.refusals ?? [])].toSorted((a, b) => a - b);
  return {
    operationId: call.name,
    summary: call.summary,
    ...(call.open === true ? { security: [] } : {}),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(call.request === null ? {} : { requestBody: { required: true, content: contentOf(call.request) } }),
    responses: {
      ...Object.fromEntries(Object.entries(call.answers).map(([status, { what, body, headers }]) => [status, {
        description: what,
        ...(headers === undefined ? {} : { headers: Object.fromEntries(Object.entries(headers).map(([name, description]) => [name, { description, schema: { type: 'string' } }])) }),
        ...(body === null ? {} : { content: contentOf(body) }),
      }])),
      ...Object.fromEntries(refused.map((status) => [status, { description: refusals[status] ?? '', content: { 'application/json': { schema: { $ref: '#/components/schemas/Refusal' } } } }])),
    },
  };
}

const refusals: Readonly<Record<number, string>> = {
  400: 'malformed', 401: 'sign in', 403: 'not yours', 404: 'not there, or not yours', 409: 'another place, or another holder', 410: 'fetch a snapshot', 413: 'too large', 416: 'no such range', 423: 'another node writes to it: not before Retry-After', 422: 'damaged, or said before with other words', 429: 'not before Retry-After', 503: 'not before Retry-After',
};

function contentOf(body: Exclude<ApiBody, null>): Json {
  if (body === 'octets') return { 'application/octet-stream': {} };
  if (body === 'hints') return { 'text/event-stream': { schema: { $ref: '#/components/schemas/Hint' } } };
  return { 'application/json': { schema: schemaOf(body) } };
}

function schemaOf(schema: z.ZodType): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { unrepresentable: 'any', io: 'input' });
  return rest;
}

export const openApiFile = join(import.meta.dirname, '../docs/openapi.json');

export function openApiText(): string {
  return `${JSON.stringify(openApi(), null, 1)}\n`;
}

if (process.argv[1] === import.meta.filename) writeFileSync(openApiFile, openApiText());
