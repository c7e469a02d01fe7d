import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test, type TestContext } from 'node:test';
import { challengeText, challengeResponse, sessionResponse, accountChoice } from '../../src-shared/protocol/wire.ts';
import { ok } from '../../src-shared/result.ts';
import { runTrustList } from '../../src-server/trust-list.ts';
import type { ServerOptions } from '../../src-server/server.ts';
import { createTokens, type Tokens } from '../../src-main/token/client.ts';
import type { SigningKey } from '../../src-main/ports/token.ts';
import { createTestPki, issueCertificate, type TestCertificate, type TestPki } from '../support/pki.ts';
import { createSoftKey } from '../support/soft-keys.ts';
import { createTestToken, type TestToken } from '../support/softhsm.ts';
import { openOffice, password, people, post, tempDir } from './office.ts';

/** Tokens of SoftHSM2 at a real server's door. */
let dir: string;
let pki: TestPki;
let token: TestToken;
let tokens: Tokens;
before(async () => {
  dir = mkdtempSync(join(tmpdir(), 'van-thu-sign-in-'));
  pki = createTestPki(join(dir, 'pki'));
  token = await createTestToken(dir, pki);
  tokens = createTokens({ drivers: [token.module], env: token.env });
});
after(async () => {
  await tokens.close();
  rmSync(dir, { recursive: true, force: true });
});

const leader = people.communeLeader.user;
type Proof = { readonly challenge: string; readonly host: string; readonly certificates: readonly string[]; readonly signature: string };

async function challengeOf(url: string): Promise<string> {
  const answer = await post(`${url}/v1/session/challenge`, {});
  assert.equal(answer.status, 200);
  return challengeResponse.parse(await answer.json()).challenge;
}

async function proofOf(key: SigningKey, challenge: string, host: string): Promise<Proof> {
  const signature = await key.sign(Buffer.from(challengeText(host, challenge), 'utf8'));
  assert.ok(signature.ok);
  return { challenge, host, certificates: [key.certificate, ...key.others].map((der) => Buffer.from(der).toString('base64')), signature: Buffer.from(signature.value).toString('base64') };
}

/** Signed by the token itself, with its PIN. */
async function byToken(url: string, over: { readonly thumbprint?: string; readonly host?: string; readonly challenge?: string } = {}): Promise<Proof> {
  const challenge = over.challenge ?? (await challengeOf(url));
  const proof = await tokens.withKey(over.thumbprint ?? token.leaderThumbprint, token.pin, async (key) => ok(await proofOf(key, challenge, over.host ?? new URL(url).host)));
  assert.ok(proof.ok, JSON.stringify(proof));
  return proof.value;
}

/** The answer's status and its code; '' where it let somebody in. */
async function enter(url: string, proof: Proof, user: string | null = null): Promise<readonly [number, string]> {
  const answer = await post(`${url}/v1/session`, { ...proof, user });
  const body = await answer.json() as { readonly error?: { readonly code: string } };
  return [answer.status, body.error?.code ?? ''];
}

async function openBound(t: TestContext, options: Partial<ServerOptions> = {}, thumbprints: readonly string[] = [token.leaderThumbprint]) {
  const server = await openOffice(t, options);
  for (const thumbprint of thumbprints) await server.admin.bindCertificate(leader, thumbprint);
  return server;
}

const actionsOf = async (server: Awaited<ReturnType<typeof openBound>>, auditor: string): Promise<readonly string[]> => {
  const answer = await fetch(`${server.url}/v1/audit`, { headers: { authorization: `Bearer ${auditor}` } });
  return (await answer.text()).trim().split('\n').map((line) => {
    const { action, detail } = JSON.parse(line) as { readonly action: string; readonly detail: { readonly reason?: string } };
    return detail.reason === undefined ? action : `${action} ${detail.reason}`;
  });
};

async function auditorOf(server: Awaited<ReturnType<typeof openBound>>): Promise<string> {
  const person = { id: 'kiem.tra' as never, fullName: 'Người kiểm tra', position: 'Quản trị', unit: people.provinceClerk.unit.code, roles: ['administrator' as const] };
  await server.admin.addPerson({ person, user: 'kiem.tra', password, role: 'administrator' });
  return sessionResponse.parse(await (await post(`${server.url}/v1/session`, { user: 'kiem.tra', password })).json()).token;
}

describe('a token at the door', () => {
  test('opens the session of the account that its certificate is bound to, RSA and P-256 alike, and both stand in the audit', async (t) => {
    const server = await openBound(t, {}, [token.leaderThumbprint, token.leaderEcThumbprint]);
    for (const thumbprint of [token.leaderThumbprint, token.leaderEcThumbprint]) {
      const answer = await post(`${server.url}/v1/session`, { ...(await byToken(server.url, { thumbprint })), user: null });
      assert.equal(answer.status, 200);
      const session = sessionResponse.parse(await answer.json());
      assert.deepEqual([session.user, session.role, session.mustChange], [leader, 'leader', false]);
      assert.equal((await fetch(`${server.url}/v1/directory`, { headers: { authorization: `Bearer ${session.token}` } })).status, 200);
    }
    assert.equal((await actionsOf(server, await auditorOf(server))).filter((action) => action === 'session.opened').length, 3);
  });

  test('opens nothing with another key than the certificate’s, and the try is written down', async (t) => {
    const server = await openBound(t);
    const proof = await byToken(server.url);
    const other = await byToken(server.url, { thumbprint: token.organizationThumbprint });
    assert.deepEqual(await enter(server.url, { ...other, certificates: proof.certificates }), [401, 'session.bad-signature']);
    assert.ok((await actionsOf(server, await auditorOf(server))).includes('session.refused session.bad-signature'));
  });

  test('cannot use a challenge twice, nor one that the server never gave', async (t) => {
    const { url } = await openBound(t);
    const proof = await byToken(url);
    assert.deepEqual(await enter(url, proof), [200, '']);
    assert.deepEqual(await enter(url, proof), [401, 'session.challenge-spent']);
    assert.deepEqual(await enter(url, await byToken(url, { challenge: 'A'.repeat(43) })), [401, 'session.challenge-spent']);
  });

  test('has two minutes for a challenge', async (t) => {
    let now = Date.now();
    const { url } = await openBound(t, { clock: () => new Date(now) });
    const [early, late] = [await byToken(url), await byToken(url)];
    now += 119_000;
    assert.deepEqual(await enter(url, early), [200, '']);
    now += 1001;
    assert.deepEqual(await enter(url, late), [401, 'session.challenge-spent']);
  });

  test('is not let in with what was signed for another server, whatever the request calls itself', async (t) => {
    const { url } = await openBound(t);
    assert.deepEqual(await enter(url, await byToken(url, { host: 'vanthu.example' })), [401, 'session.other-host']);
    const elsewhere = await byToken(url, { host: 'vanthu.example' });
    assert.deepEqual(await enter(url, { ...elsewhere, host: new URL(url).host }), [401, 'session.bad-signature'], 'the host is inside what was signed');
    const named = await openBound(t, { publicHosts: ['vanthu.example:8443'] });
    assert.deepEqual(await enter(named.url, await byToken(named.url, { host: 'VanThu.example:8443' })), [200, '']);
    assert.deepEqual(await enter(named.url, await byToken(named.url)), [401, 'session.other-host'], 'and the Host header counts for nothing where names are set');
  });

  test('is refused when its certificate has ended, and told until when it was', async (t) => {
    const server = await openBound(t, {}, [pki.expired.thumbprint]);
    const answer = await post(`${server.url}/v1/session`, { ...(await proofOf(createSoftKey(pki.expired, 'rsa-pkcs1-sha256'), await challengeOf(server.url), new URL(server.url).host)), user: null });
    const { error } = await answer.json() as { readonly error: { readonly code: string; readonly params: { readonly until: string } } };
    assert.deepEqual([answer.status, error.code], [401, 'session.certificate-expired']);
    assert.match(error.params.until, /^\d{4}-\d\d-\d\d$/);
  });

  test('is refused when nobody has bound its certificate', async (t) => {
    const { url } = await openOffice(t);
    assert.deepEqual(await enter(url, await byToken(url)), [401, 'session.unknown-certificate']);
    assert.deepEqual(await enter(url, await byToken(url), leader), [401, 'session.unknown-certificate'], 'naming an account changes nothing');
  });

  test('ends with its account: sessions at once, and no new one', async (t) => {
    const server = await openBound(t);
    const session = sessionResponse.parse(await (await post(`${server.url}/v1/session`, { ...(await byToken(server.url)), user: null })).json());
    const headers = { authorization: `Bearer ${session.token}` };
    await server.admin.setDisabled(leader, true);
    assert.equal((await fetch(`${server.url}/v1/directory`, { headers })).status, 401);
    assert.deepEqual(await enter(server.url, await byToken(server.url)), [403, 'session.disabled']);
    await server.admin.setDisabled(leader, false);
    assert.deepEqual(await enter(server.url, await byToken(server.url)), [200, '']);
  });

  test('that was lost is refused whichever accounts it opens, and what it opened ends', async (t) => {
    const server = await openBound(t);
    const session = sessionResponse.parse(await (await post(`${server.url}/v1/session`, { ...(await byToken(server.url)), user: null })).json());
    await server.admin.refuseCertificate(token.leaderThumbprint, true);
    assert.equal((await fetch(`${server.url}/v1/directory`, { headers: { authorization: `Bearer ${session.token}` } })).status, 401);
    assert.deepEqual(await enter(server.url, await byToken(server.url)), [401, 'session.certificate-untrusted']);
    await server.admin.refuseCertificate(token.leaderThumbprint, false);
    assert.deepEqual(await enter(server.url, await byToken(server.url)), [200, '']);
  });

  test('that opens several accounts is asked which, and the same signature answers once', async (t) => {
    const server = await openBound(t);
    await server.admin.bindCertificate(people.communeClerk.user, token.leaderThumbprint);
    const proof = await byToken(server.url);
    const asked = await post(`${server.url}/v1/session`, { ...proof, user: null });
    assert.equal(asked.status, 409);
    assert.deepEqual(accountChoice.parse(await asked.json()).accounts.map(({ user, role }) => [user, role]), [[leader, 'leader'], [people.communeClerk.user, 'clerk']]);
    assert.deepEqual(await enter(server.url, proof), [401, 'session.challenge-spent'], 'not without a name');
    assert.deepEqual(await enter(server.url, proof, people.communeClerk.user), [200, '']);
    assert.deepEqual(await enter(server.url, proof, leader), [401, 'session.challenge-spent']);
    assert.deepEqual(await enter(server.url, await byToken(server.url), leader), [200, ''], 'or the name is given at once');
  });

  test('needs no chain where the province publishes no list, and needs one where it does', async (t) => {
    const trustDir = join(tempDir(t), 'trust');
    const lone = issueCertificate(pki, { name: 'tu-ky', by: null });
    const { url } = await openBound(t, { trustDir }, [token.leaderThumbprint, lone.thumbprint]);
    const byLone = async (): Promise<readonly [number, string]> => enter(url, await proofOf(createSoftKey(lone, 'ecdsa-sha256'), await challengeOf(url), new URL(url).host));
    assert.deepEqual(await byLone(), [200, '']);
    mkdirSync(trustDir);
    writeFileSync(join(trustDir, 'root.der'), pki.root.der);
    writeFileSync(join(trustDir, 'issuing.der'), pki.issuing.der);
    const said: string[] = [];
    assert.equal(runTrustList([trustDir], (text) => void said.push(text)), 0, said.join(''));
    assert.deepEqual(await byLone(), [401, 'session.certificate-untrusted']);
    assert.deepEqual(await enter(url, await byToken(url)), [200, '']);
  });

  test('may hold a key of every kind that signs documents, and none that is too weak', async (t) => {
    const strong = { rsa3072: 'rsa-pkcs1-sha256', rsaPss: 'rsa-pss-sha256', p384: 'ecdsa-sha384', p521: 'ecdsa-sha512' } as const;
    const issued = Object.entries(strong).map(([key, algorithm]) => [issueCertificate(pki, { name: `khoa-${key}`, key: key as keyof typeof strong }), algorithm] as const);
    const weak: readonly TestCertificate[] = [issueCertificate(pki, { name: 'yeu-rsa', key: 'rsa1024' }), issueCertificate(pki, { name: 'yeu-ec', key: 'p192' })];
    const { url } = await openBound(t, {}, [...issued.map(([{ thumbprint }]) => thumbprint), ...weak.map(({ thumbprint }) => thumbprint)]);
    const { host } = new URL(url);
    for (const [certificate, algorithm] of issued) assert.deepEqual(await enter(url, await proofOf(createSoftKey(certificate, algorithm), await challengeOf(url), host)), [200, ''], algorithm);
    for (const certificate of weak) assert.deepEqual(await enter(url, await proofOf(createSoftKey(certificate, 'ecdsa-sha256'), await challengeOf(url), host)), [401, 'session.bad-signature']);
  });

  test('asked for by a machine without end is told to wait', async (t) => {
    let now = Date.now();
    const { url } = await openBound(t, { clock: () => new Date(now) });
    for (let n = 0; n < 600; n += 50) await Promise.all(Array.from({ length: 50 }, () => challengeOf(url)));
    const refused = await post(`${url}/v1/session/challenge`, {});
    assert.equal(refused.status, 429);
    now += Number(refused.headers.get('retry-after')) * 1000;
    await challengeOf(url);
  });

  test('sends nonsense and is refused without a bug', async (t) => {
    const { url } = await openBound(t);
    const proof = await byToken(url);
    for (const certificates of [['AAAA'], ['']]) assert.deepEqual(await enter(url, { ...proof, certificates, challenge: await challengeOf(url) }), [401, 'session.bad-signature']);
    assert.deepEqual(await enter(url, { ...proof, certificates: [] }), [400, 'input.invalid']);
    assert.deepEqual(await enter(url, { ...proof, signature: 'A', challenge: await challengeOf(url) }), [401, 'session.bad-signature']);
  });
});
