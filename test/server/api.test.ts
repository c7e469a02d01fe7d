import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { createCore } from '../../src-server/core.ts';
import { createContentMemory } from '../../src-server/storage/content/memory.ts';
import { createPasswords } from '../../src-server/features/passwords.ts';
import { openSqlite } from '../../src-server/storage/sqlite/storage.ts';
import { apiCalls } from '../../src-shared/protocol/api.ts';

test('what openapi.json tells is what the server answers, call by call', async (t) => {
  const core = createCore({ storage: openSqlite({ file: ':memory:' }), content: createContentMemory(), now: () => 0, randomBytes, passwords: createPasswords(randomBytes) });
  t.after(() => core.close());
  const known = (name: string): boolean => name !== 'healthz' && !name.startsWith('figures-page');
  // a HEAD of what has a GET under the same name is told with it
  const answered = [...new Set(core.routes.filter(({ name }) => known(name)).map(({ name }) => name))].sort();
  assert.deepEqual(answered, apiCalls.map(({ name }) => name).sort());
  for (const call of apiCalls) {
    const path = call.path.replace('{scope}', 'H48').replace('{unit}/{year}/{register}', 'H48/2026/van-ban-di').replace(/\{(hash|sha256)\}/, 'a'.repeat(64)).replace('{upload}', '0'.repeat(8) + '-0000-4000-8000-' + '0'.repeat(12))
      .replace('{id}', call.path.includes('packages') ? '01900000-0000-7000-8000-000000000000' : 'a'.repeat(16)).replace('{signer}', 'a'.repeat(32)).replace('{file}', 'Van-Thu-1.0.0.exe');
    const route = core.routes.find(({ name, method, path: pattern }) => name === call.name && method === call.method && pattern.test(path));
    assert.ok(route !== undefined, `${call.method} ${call.path}`);
    assert.equal(route.open === true, call.open === true, call.name);
  }
});
