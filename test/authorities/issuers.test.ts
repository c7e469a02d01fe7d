import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import { createRevocationClient } from '../../src-main/authorities/revocation-client.ts';
import type { RevocationPort } from '../../src-main/ports/authorities.ts';
import { startAuthorities, type Authorities } from '../support/authorities.ts';
import { createTestPki, issueCertificate, type TestCertificate, type TestPki } from '../support/pki.ts';

let dir: string;
let authorities: Authorities;
let offline: TestPki;
let pki: TestPki;
let shelf: Server;
/** What the shelf gives under each path. */
const published = new Map<string, Uint8Array>();

before(async () => {
  dir = mkdtempSync(join(tmpdir(), 'van-thu-issuer-'));
  offline = createTestPki(join(dir, 'pki'));
  authorities = await startAuthorities(offline);
  pki = authorities.pki;
  shelf = createServer((request, response) => {
    const bytes = published.get(request.url ?? '');
    response.writeHead(bytes === undefined ? 404 : 200).end(bytes);
  });
  await new Promise<void>((resolve) => shelf.listen(0, '127.0.0.1', resolve));
});
afterEach(() => authorities.fault(null));
after(async () => {
  const closed = new Promise((resolve) => shelf.close(resolve));
  shelf.closeAllConnections();
  await Promise.all([closed, authorities.close()]);
  rmSync(dir, { recursive: true, force: true });
});

const createClient = (): RevocationPort => createRevocationClient({ proxyUrl: '', environment: {}, wait: async () => undefined });
const address = (path: string): string => `http://127.0.0.1:${String((shelf.address() as AddressInfo).port)}${path}`;

function naming(name: string, ...issuers: readonly string[]): TestCertificate {
  return issueCertificate(pki, { name, addresses: { ocsp: [], crls: [], issuers } });
}

test("the issuer's certificate is found where the certificate says, up to the root, and asked for once", async () => {
  const client = createClient();
  const asked = authorities.count('issuer');
  assert.deepEqual(Buffer.from((await client.findIssuer(pki.leader.der)) ?? []), pki.issuing.der);
  assert.deepEqual(Buffer.from((await client.findIssuer(pki.organization.der)) ?? []), pki.issuing.der);
  assert.equal(authorities.count('issuer'), asked + 1);
  assert.deepEqual(Buffer.from((await client.findIssuer(pki.issuing.der)) ?? []), pki.root.der);
});

test('bundles and PEM are read as well as DER, and of several certificates the one that fits is taken', async () => {
  published.set('/chain.p7c', execFileSync('openssl', ['crl2pkcs7', '-nocrl', '-certfile', pki.root.pem, '-certfile', pki.issuing.pem, '-outform', 'DER']));
  published.set('/chain.pem', Buffer.concat([readFileSync(pki.root.pem), readFileSync(pki.issuing.pem)]));
  for (const path of ['/chain.p7c', '/chain.pem']) {
    const found = await createClient().findIssuer(naming(path.slice(1), address(path)).der);
    assert.deepEqual(Buffer.from(found ?? []), pki.issuing.der, path);
  }
});

test('what does not fit is not taken, and the next address is asked', async () => {
  // The same name, another key: what a stranger would publish.
  const stranger = issueCertificate(pki, { name: 'impostor', by: null, usage: 'issuing', subject: '/C=VN/O=Thử nghiệm/CN=CA cấp chứng thư thử nghiệm' });
  published.set('/impostor.crt', stranger.der);
  published.set('/page.html', Buffer.from('<html></html>'));
  published.set('/issuing.crt', pki.issuing.der);
  const wrong = [address('/impostor.crt'), address('/page.html'), address('/missing.crt')];
  assert.equal(await createClient().findIssuer(naming('lost', ...wrong).der), null);
  assert.deepEqual(Buffer.from((await createClient().findIssuer(naming('found', ...wrong, address('/issuing.crt')).der)) ?? []), pki.issuing.der);
});

test('no address, no service, no certificate and no time are each simply nothing', async () => {
  assert.equal(await createClient().findIssuer(offline.leader.der), null);
  assert.equal(await createClient().findIssuer(Buffer.from('Kính gửi')), null);
  authorities.fault('down', 'issuer');
  assert.equal(await createClient().findIssuer(pki.leader.der), null);
  authorities.fault('slow', 'issuer');
  assert.equal(await createClient().findIssuer(pki.leader.der, { deadlineMs: 100 }), null);
});
