import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, test, type TestContext } from 'node:test';
import { trustAnswer, trustList, trustManifest, type TrustManifest } from '../../src-shared/protocol/trust.ts';
import { createCertificates, sha256, writeFolder } from '../unit/trust/certificates.ts';
import { openOffice, signIn, tempDir } from './office.ts';

const pki = createCertificates();
after(pki.remove);

type Line = { readonly level: string; readonly message: string; readonly fields: Readonly<Record<string, unknown>> };

/** A server whose folder of trust holds these. */
async function openWith(t: TestContext, entries: Parameters<typeof writeFolder>[2], dir = tempDir(t)) {
  const lines: Line[] = [];
  const folder = writeFolder(pki, `folder-${Math.random()}`, entries);
  const open = async () => {
    const server = await openOffice(t, { dir, trustDir: folder, log: (level, message, fields = {}) => lines.push({ level, message, fields }) });
    const client = await signIn(server.url, 'communeClerk');
    return { server, ask: (headers: Record<string, string> = {}) => client.get('/v1/trust', headers) };
  };
  const number = (version: number): void => {
    const manifest = JSON.parse(readFileSync(`${folder}/trust.json`, 'utf8')) as TrustManifest;
    writeFileSync(`${folder}/trust.json`, JSON.stringify({ ...manifest, version }));
  };
  const faults = (): readonly unknown[] => lines.filter(({ level }) => level === 'error').map(({ fields }) => fields['reason']);
  return { folder, dir, lines, open, number, faults };
}

async function listOf(response: Response) {
  assert.equal(response.status, 200);
  const { list, signature } = trustAnswer.parse(await response.json());
  return { ...trustList.parse(JSON.parse(list)), signature, text: list };
}

test('the folder of the administrator is served as one list with a tag, and 304 to whoever has it', async (t) => {
  const { open } = await openWith(t, [{ file: 'root.pem', role: 'anchor', der: pki.root }, { file: 'issuing.der', role: 'intermediate', der: pki.issuing }]);
  const { ask } = await open();
  const answer = await ask();
  const tag = answer.headers.get('etag') ?? '';
  assert.match(tag, /^"1-[0-9a-f]{32}"$/);
  const { version, certificates, signature } = await listOf(answer);
  assert.deepEqual([version, signature], [1, null]);
  assert.deepEqual(certificates.map((each) => [each.role, each.der, each.sha256]), [['anchor', Buffer.from(pki.root).toString('base64'), sha256(pki.root)], ['intermediate', Buffer.from(pki.issuing).toString('base64'), sha256(pki.issuing)]]);
  const again = await ask({ 'if-none-match': `"other", ${tag}` });
  assert.deepEqual([again.status, again.headers.get('etag'), await again.text()], [304, tag, '']);
  assert.equal((await ask({ 'if-none-match': '"1-0"' })).status, 200);
});

test('nobody gets it without a session, and a province that publishes none answers 404', async (t) => {
  const { url } = await openOffice(t);
  assert.equal((await fetch(`${url}/v1/trust`)).status, 401);
  assert.equal((await (await signIn(url, 'communeClerk')).get('/v1/trust')).status, 404);
});

test('a changed folder is noticed; one with a fault is told in the log once, and the last list in order is served on, after a restart too', async (t) => {
  const { folder, open, number, faults } = await openWith(t, [{ file: 'root.pem', role: 'anchor', der: pki.root }]);
  const { server, ask } = await open();
  const first = await ask();
  const tag = first.headers.get('etag') ?? '';

  copyFileSync(pki.path('root2.pem'), `${folder}/root.pem`);
  number(2);
  assert.equal((await ask({ 'if-none-match': tag })).status, 304);
  assert.equal((await ask({ 'if-none-match': tag })).status, 304);
  assert.deepEqual(faults(), [`root.pem: sha256 is ${sha256(pki.root2)}`]);
  await server.close();

  const { ask: askAgain } = await open();
  assert.equal((await listOf(await askAgain())).version, 1);
  assert.equal(faults().length, 2);

  copyFileSync(pki.path('root.pem'), `${folder}/root.pem`);
  const second = await listOf(await askAgain({ 'if-none-match': tag }));
  assert.deepEqual([second.version, second.certificates.map((each) => each.sha256)], [2, [sha256(pki.root)]]);
});

test('a number that goes back, and other content under a number that was published, are not served', async (t) => {
  const { folder, open, number, faults } = await openWith(t, [{ file: 'root.pem', role: 'anchor', der: pki.root }]);
  number(7);
  const { ask } = await open();
  const tag = (await ask()).headers.get('etag') ?? '';
  number(6);
  assert.equal((await ask({ 'if-none-match': tag })).status, 304);
  number(7);
  const manifest = trustManifest.parse(JSON.parse(readFileSync(`${folder}/trust.json`, 'utf8')));
  writeFileSync(`${folder}/trust.json`, JSON.stringify({ ...manifest, note: 'khác' }));
  assert.equal((await ask({ 'if-none-match': tag })).status, 304);
  assert.deepEqual(faults(), ['its number is 6, and 7 has been published', 'number 7 has been published with other content; give it the next number']);
});

test('what no desk would take is not served: no authority, a weak key, SHA-1 under an intermediate, several in one file, a file that is missing', async (t) => {
  const clerk = pki.issue('clerk');
  const small = pki.make('small', { bits: 1024 });
  const old = pki.make('old-sub', { hash: 'sha1', issuer: 'root2' });
  const noSign = pki.make('no-sign', { extensions: 'basicConstraints=critical,CA:TRUE\nkeyUsage=critical,digitalSignature\n' });
  const cases = [
    [{ file: 'a.pem', role: 'anchor', der: noSign }, /not the certificate of an authority/],
    [{ file: 'a.pem', role: 'anchor', der: clerk }, /not the certificate of an authority/],
    [{ file: 'a.pem', role: 'anchor', der: small }, /too weak/],
    [{ file: 'a.pem', role: 'intermediate', der: old }, /sha1/i],
    [{ file: 'a.pem', role: 'list-signer', der: pki.root }, /list-signer/],
  ] as const;
  for (const [entry, expected] of cases) {
    const { open, faults } = await openWith(t, [entry]);
    const { ask } = await open();
    assert.equal((await ask()).status, 404);
    assert.match(String(faults()[0]), expected);
  }
  const { folder, open, faults } = await openWith(t, [{ file: 'a.pem', role: 'anchor', der: pki.root }]);
  rmSync(`${folder}/a.pem`);
  const { ask } = await open();
  assert.equal((await ask()).status, 404);
  writeFileSync(`${folder}/a.pem`, Buffer.concat([pki.pem('root'), pki.pem('root2')]));
  assert.equal((await ask()).status, 404);
  assert.match(faults().join(' '), /missing.*several/);
});

test('a signature that lies beside the list is sent along, and may come after the list', async (t) => {
  const { folder, open } = await openWith(t, [{ file: 'a.pem', role: 'anchor', der: pki.root }]);
  const { ask } = await open();
  const tag = (await ask()).headers.get('etag') ?? '';
  writeFileSync(`${folder}/list.p7s`, 'chữ ký');
  const signed = await ask({ 'if-none-match': tag });
  assert.equal((await listOf(signed)).signature, Buffer.from('chữ ký').toString('base64'));
  assert.notEqual(signed.headers.get('etag'), tag);
});

const run = (...args: string[]) => spawnSync(process.execPath, ['src-server/main.ts', 'trust-list', ...args], { encoding: 'utf8' });

test('the administrator’s tool makes a list from a folder of certificates, with its number and fingerprints to compare', async (t) => {
  const folder = path.join(tempDir(t), 'certs');
  mkdirSync(folder);
  copyFileSync(pki.path('root.pem'), `${folder}/root.pem`);
  writeFileSync(`${folder}/sub.cer`, pki.issuing);
  const made = run(folder, '--date', '2026-11-20', '--note', 'Danh sách của tỉnh');
  assert.equal(made.status, 0, made.stdout + made.stderr);
  assert.match(made.stdout, /List no\. 1 of 2026-11-20/);
  assert.match(made.stdout, /ANCHOR {2}root {2}\(root\.pem\)/);
  assert.match(made.stdout, /helps {2}issuing {2}\(sub\.cer\)/);
  assert.ok(made.stdout.includes((sha256(pki.root).toUpperCase().match(/.{4}/g) ?? []).join(' ')));
  const manifest = trustManifest.parse(JSON.parse(readFileSync(`${folder}/trust.json`, 'utf8')));
  assert.deepEqual([manifest.version, manifest.note, manifest.certificates.map(({ role, since }) => [role, since])], [1, 'Danh sách của tỉnh', [['anchor', '2026-11-20'], ['intermediate', '2026-11-20']]]);

  // the next list: the next number, what was known keeps its day; a sub CA is an anchor only when told
  copyFileSync(pki.path('root2.pem'), `${folder}/new.crt`);
  const text = path.join(folder, 'list.txt');
  assert.equal(run(folder, '--date', '2026-12-01', '--anchor', 'sub.cer', '--text', text).status, 0);
  const next = trustManifest.parse(JSON.parse(readFileSync(`${folder}/trust.json`, 'utf8')));
  assert.deepEqual([next.version, next.note, next.certificates.map(({ file, role, since }) => [file, role, since])], [2, 'Danh sách của tỉnh', [['new.crt', 'anchor', '2026-12-01'], ['root.pem', 'anchor', '2026-11-20'], ['sub.cer', 'anchor', '2026-11-20']]]);
  assert.equal(run(folder, '--check').status, 0);

  const server = await openOffice(t, { trustDir: folder });
  assert.equal((await listOf(await (await signIn(server.url, 'communeClerk')).get('/v1/trust'))).text, readFileSync(text, 'utf8'));
});

test('the tool makes nothing of a folder with a fault, and explains itself', (t) => {
  const folder = tempDir(t);
  assert.equal(run('--help').status, 0);
  assert.match(run('--help').stdout, /second source/);
  for (const args of [[], [folder, 'more'], [folder, '--number', 'x'], ['--nonsense', folder]]) assert.equal(run(...args).status, 2);
  pki.issue('person');
  copyFileSync(pki.path('person.pem'), `${folder}/person.pem`);
  const refused = run(folder);
  assert.equal(refused.status, 1);
  assert.match(refused.stdout, /person\.pem is not the certificate of an authority/);
  assert.equal(run(folder, '--check').status, 1);
  assert.equal(run(path.join(folder, 'nowhere')).status, 1);
  assert.equal(run(folder, '--anchor', 'b.pem').status, 1);
});
