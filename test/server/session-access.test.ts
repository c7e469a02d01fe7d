import assert from 'node:assert/strict';
import { test } from 'node:test';
import { access, findRefusal, isProvinceUnit } from '../../src-server/features/access.ts';
import { roles, type Role } from '../../src-shared/domain/organization.ts';
import { organizationCode } from '../../src-shared/domain/ids.ts';
import { apiCalls, type ApiCall } from '../../src-shared/protocol/api.ts';
import { sessionResponse } from '../../src-shared/protocol/wire.ts';
import { commune, openOffice, password, people, personOf, post, province } from './office.ts';

/** Written out here once more, by hand: who may do what is not to change by accident. C clerk, L leader, O officer, A administrator; `a` an administrator of the province only. */
const expected: Readonly<Record<string, string>> = {
  'session-password': 'CLOA', 'session-end': 'CLOA', sessions: 'A', 'sessions-end': 'A', audit: 'a',
  push: 'CLO', changes: 'CLO', events: 'CLO', snapshot: 'CLO', 'snapshot-bytes': 'CLO',
  lease: 'C', 'book-return': 'C', 'book-numbers': 'CL', directory: 'CLOA', trust: 'CLOA',
  'upload-options': 'CLO', 'upload-open': 'CLO', 'upload-head': 'CLO', 'upload-patch': 'CLO', blob: 'CLO', 'blob-head': 'CLO',
  'package-key': 'CLO', 'package-station': 'CLO',
  'update-release': 'CLOA', 'update-yml': 'CLOA', 'update-file': 'CLOA',
  figures: 'CLO',
  // what is brought acts as its author
  packages: 'CLOA', 'package-head': 'CLOA', 'package-patch': 'CLOA', 'package-take': 'CLOA', 'package-station-end': 'CLOA',
};
const letters: Readonly<Record<Role, string>> = { clerk: 'C', leader: 'L', officer: 'O', administrator: 'A' };

const uuid = '01890000-0000-7000-8000-000000000000';
/** An address that the call's route takes, of nothing that is there. */
function routeOf({ path }: ApiCall): string {
  return path.replace('{scope}', commune.code).replace('{file}', 'Van-Thu-9.9.9.exe').replace('{unit}/{year}/{register}', `${commune.code}/2026/van-ban-di`).replace(/\{(hash|sha256)\}/, 'a'.repeat(64)).replace('{upload}', uuid).replace('{signer}', '0'.repeat(32)).replace('packages/{id}', `packages/${uuid}`).replace('{id}', '0'.repeat(16));
}

test('every call of the wire has its roles, and a role beyond them is refused', () => {
  for (const { name, open } of apiCalls) {
    if (open === true) continue;
    const may = expected[name];
    assert.ok(may, `${name} stands in no table`);
    for (const role of roles) {
      for (const unit of [commune, province]) {
        const allowed: boolean = may.includes(letters[role]) || (may === 'a' && role === 'administrator' && unit === province);
        assert.deepEqual(findRefusal(name, { role, unit, mustChange: false }), allowed ? null : { code: 'not-allowed' }, `${name} by ${role} of ${unit.code}`);
      }
    }
  }
  assert.deepEqual(apiCalls.filter(({ name, open }) => open !== true && !Object.hasOwn(access, name)).map(({ name }) => name), [], 'a call without roles is nobody’s');
});

test('a route that the table does not name is nobody’s', () => {
  for (const name of ['', 'constructor', '__proto__', 'no-such-route']) for (const role of roles) assert.deepEqual(findRefusal(name, { role, unit: province, mustChange: false }), { code: 'not-allowed' });
});

test('the province’s own unit is known by its code', () => {
  for (const code of ['H48', '000.00.00.H48']) assert.equal(isProvinceUnit(organizationCode.parse(code)), true, code);
  for (const code of ['H48.60', '000.00.01.H48', '012.60.00.H48']) assert.equal(isProvinceUnit(organizationCode.parse(code)), false, code);
});

test('the running server refuses what the table refuses, for every role and every route', async (t) => {
  const { url, admin } = await openOffice(t);
  for (const unit of [commune, province]) {
    for (const role of roles) {
      const name = `${unit.code}.${role}`;
      await admin.addPerson({ person: { ...personOf(unit === commune ? 'communeClerk' : 'provinceClerk'), roles: [role] }, user: name, password, role });
      const { token } = sessionResponse.parse(await (await post(`${url}/v1/session`, { user: name, password })).json());
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
      for (const call of apiCalls) {
        // those of the session itself would end it
        if (call.open === true || call.name === 'session-end' || call.name === 'events') continue;
        const route = routeOf(call);
        const answer = await fetch(`${url}${route}`, { method: call.method, headers, ...(call.method === 'POST' || call.method === 'PATCH' ? { body: '{}' } : {}) });
        const text = await answer.text();
        const refused = findRefusal(call.name, { role, unit, mustChange: false }) !== null;
        assert.equal(answer.status === 403, refused, `${call.method} ${route} by ${role} of ${unit.code} answered ${answer.status} ${text.slice(0, 100)}`);
        assert.notEqual(answer.status, 500);
      }
    }
  }
});

test('without a session every call but the open ones answers 401', async (t) => {
  const { url } = await openOffice(t);
  for (const call of apiCalls) {
    if (call.open === true) continue;
    const route = routeOf(call);
    for (const headers of [{}, { authorization: 'Bearer x' }, { authorization: `Bearer ${'A'.repeat(43)}` }]) {
      const answer = await fetch(`${url}${route}`, { method: call.method, headers });
      await answer.arrayBuffer();
      assert.equal(answer.status, 401, `${call.method} ${route}`);
    }
  }
  assert.equal((await post(`${url}/v1/session`, { user: people.communeClerk.user, password })).status, 200);
});
