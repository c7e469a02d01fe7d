import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { openApi, openApiFile, openApiText } from '../../../build/openapi.ts';
import { apiCalls } from '../../../src-shared/protocol/api.ts';

test('docs/openapi.json is what the schemas say (build/openapi.ts writes it)', () => {
  assert.equal(readFileSync(openApiFile, 'utf8'), openApiText());
});

test('every call stands in it once, with its answers and its refusals', () => {
  const { paths } = openApi() as { paths: Record<string, Record<string, { operationId: string; responses: Record<string, unknown> }>> };
  const operations = Object.values(paths).flatMap((path) => Object.values(path));
  assert.deepEqual(operations.map(({ operationId }) => operationId).sort(), apiCalls.map(({ name }) => name).sort());
  for (const call of apiCalls) {
    const said = Object.keys(paths[call.path]?.[call.method.toLowerCase()]?.responses ?? {}).map(Number);
    for (const status of [...Object.keys(call.answers).map(Number), ...(call.refusals ?? []), 400, 503]) assert.ok(said.includes(status), `${call.name} ${status}`);
  }
});
