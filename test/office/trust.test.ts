import assert from 'node:assert/strict';
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, before, describe, test } from 'node:test';
import type { Program } from '../../src-main/backend/program.ts';
import { organizationCode, personId } from '../../src-shared/domain/ids.ts';
import type { TrustManifest } from '../../src-shared/protocol/trust.ts';
import { createCertificates, sha256, writeFolder } from '../unit/trust/certificates.ts';
import { commune, openProgramAt, openProvince, password, testDoor, userOf, type Province } from './session-support.ts';

const pki = createCertificates();
let province: Province;
let programs: Program[] = [];
let folders = 0;

before(async () => {
  province = await openProvince();
  const person = { id: personId.parse('quan.tri'), fullName: 'Lê Văn Quản', position: 'Công chức', unit: organizationCode.parse(commune.code), roles: ['clerk', 'administrator'] as const };
  await province.server.admin.addPerson({ person: { ...person, roles: [...person.roles] }, user: 'quan.tri', password, role: 'clerk' });
});
after(async () => {
  await province.close();
  pki.remove();
});
afterEach(async () => {
  for (const program of programs) await program.close();
  programs = [];
});

async function sitDown(user: string, dir = join(province.dir, `desk-${folders++}`), signIn = true) {
  const program = await openProgramAt(dir);
  programs.push(program);
  const at = testDoor(program.connect());
  if (signIn) await at.ask('session.signIn', { serverUrl: province.line.url, user, password, role: null });
  return { ...at, dir, close: async () => { programs = programs.filter((one) => one !== program); await program.close(); } };
}

function publish(version: number, entries: Parameters<typeof writeFolder>[2]): void {
  const dir = writeFolder(pki, `list-${version}`, entries);
  const manifest = JSON.parse(readFileSync(`${dir}/trust.json`, 'utf8')) as TrustManifest;
  writeFileSync(`${dir}/trust.json`, JSON.stringify({ ...manifest, version }));
  const folder = join(province.dir, 'server/trust');
  rmSync(folder, { recursive: true, force: true });
  cpSync(dir, folder, { recursive: true });
}

describe('the list of trust of a real office', () => {
  test('begins with what the program ships, and is the administrator’s to change, nobody else’s', async () => {
    const mai = await sitDown(userOf('mai'));
    const seen = await mai.ask('trust.read', {});
    assert.deepEqual([seen.version, seen.certificates, seen.refused, seen.damaged, seen.followServer, seen.mayChange], [1, [], [], false, true, false]);
    const file = { name: 'root.pem', bytes: new Uint8Array(pki.pem('root')) };
    const { candidates } = await mai.ask('trust.examine', { file });
    assert.deepEqual(candidates.map(({ commonName, role, known, problem }) => [commonName, role, known, problem]), [['root', 'anchor', false, null]]);
    for (const [channel, input] of [['trust.add', { file, thumbprints: [sha256(pki.root)] }], ['trust.remove', { thumbprint: sha256(pki.root) }], ['trust.follow', { followServer: false }]] as const) assert.equal((await mai.refused(channel, input)).code, 'not-allowed');
    assert.deepEqual((await mai.ask('trust.read', {})).certificates, []);
  });

  test('what an administrator takes in is told to every window, and is there when the program starts again without a line', async () => {
    const admin = await sitDown('quan.tri');
    const file = { name: 'root.pem', bytes: new Uint8Array(pki.pem('root')) };
    const after = await admin.ask('trust.add', { file, thumbprints: [sha256(pki.root)] });
    assert.deepEqual([after.version, after.mayChange, after.certificates.map(({ commonName, origin }) => [commonName, origin])], [2, true, [['root', 'administrator']]]);
    assert.deepEqual(await admin.until('trust.changed', () => true), { version: 2, by: 'desk' });
    await admin.close();
    province.line.cut();
    try {
      const again = await sitDown('quan.tri', admin.dir, false);
      assert.deepEqual((await again.ask('trust.read', {})).certificates.map(({ thumbprint }) => thumbprint), [sha256(pki.root)]);
      assert.equal((await again.refused('trust.update', {})).code, 'sync.offline');
      assert.deepEqual((await again.ask('trust.remove', { thumbprint: sha256(pki.root) })).certificates, []);
    } finally {
      province.line.mend();
    }
  });

  test('the province’s list comes by itself with the session, and a later one when it is asked for', async () => {
    publish(1, [{ file: 'a.pem', role: 'anchor', der: pki.root }, { file: 'b.der', role: 'intermediate', der: pki.issuing }]);
    const mai = await sitDown(userOf('mai'));
    assert.deepEqual(await mai.until('trust.changed', () => true), { version: 2, by: 'server' });
    const { certificates, server } = await mai.ask('trust.read', {});
    assert.deepEqual(certificates.map(({ commonName, role, origin }) => [commonName, role, origin]), [['root', 'anchor', 'server'], ['issuing', 'intermediate', 'server']]);
    assert.deepEqual([server.version, server.problem, server.signedBy], [1, null, null]);
    publish(2, [{ file: 'a.pem', role: 'anchor', der: pki.root2 }]);
    const later = await mai.ask('trust.update', {});
    assert.deepEqual([later.version, later.certificates.map(({ commonName }) => commonName), later.server.version], [3, ['root2'], 2]);
  });

  test('an office that keeps its own list is not asked for the server’s, and says so', async () => {
    const admin = await sitDown('quan.tri');
    await admin.until('trust.changed', ({ by }) => by === 'server');
    const { certificates, followServer, server } = await admin.ask('trust.follow', { followServer: false });
    assert.deepEqual([certificates, followServer, server.version], [[], false, null]);
    assert.equal((await admin.refused('trust.update', {})).code, 'not-allowed');
    const { version } = await admin.ask('trust.follow', { followServer: true });
    await admin.until('trust.changed', (change) => change.by === 'server' && change.version > version);
    assert.equal((await admin.ask('trust.read', {})).certificates.length, 1);
  });
});
