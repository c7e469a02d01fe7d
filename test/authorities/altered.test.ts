import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createPrivateKey } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { judgeCrl } from '../../src-main/authorities/crl-check.ts';
import { judgeOcsp } from '../../src-main/authorities/ocsp-check.ts';
import { encodeOcspRequest } from '../../src-main/authorities/ocsp-request.ts';
import { readTimestampReply } from '../../src-main/authorities/timestamp-messages.ts';
import { readCertificate, type Certificate } from '../../src-main/verification/certificate.ts';
import { startAuthorities, type Authorities } from '../support/authorities.ts';
import { producedDaysLater, withoutOcspNonce, withSingleExtension } from '../support/authority-forgeries.ts';
import { createTestPki, issueCertificate, type TestCertificate } from '../support/pki.ts';

let dir: string;
let authorities: Authorities;
let certificate: Certificate;
let issuer: Certificate;
const nonce = new Uint8Array(16).fill(7);
const now = new Date();

before(async () => {
  dir = mkdtempSync(join(tmpdir(), 'van-thu-altered-'));
  authorities = await startAuthorities(createTestPki(join(dir, 'pki')));
  certificate = read(authorities.pki.leader);
  issuer = read(authorities.pki.issuing);
});
after(async () => {
  await authorities.close();
  rmSync(dir, { recursive: true, force: true });
});

function read({ der }: TestCertificate): Certificate {
  const found = readCertificate(der);
  assert.ok(found !== null);
  return found;
}

async function fetchBytes(url: string, body: Uint8Array<ArrayBuffer> | null): Promise<Uint8Array> {
  const response = await fetch(url, body === null ? {} : { method: 'POST', body });
  return new Uint8Array(await response.arrayBuffer());
}

/** Every byte with its lowest and its highest bit turned, and the whole cut short anywhere. */
function* alterationsOf(bytes: Uint8Array): Generator<readonly [string, Uint8Array]> {
  for (let at = 0; at < bytes.length; at += 1) {
    for (const bit of [1, 0x80]) {
      const altered = bytes.slice();
      altered[at] = (altered[at] ?? 0) ^ bit;
      yield [`byte ${at}, bit ${bit}`, altered];
    }
    yield [`cut at ${at}`, bytes.subarray(0, at)];
  }
}

test('an OCSP answer with any one bit changed, or cut short, is no answer any more', async () => {
  const judge = (der: Uint8Array): string => judgeOcsp(der, { certificate, issuer, nonce, now }).kind;
  const answer = await fetchBytes(authorities.ocspUrl, Uint8Array.from(encodeOcspRequest(certificate, issuer, nonce)));
  assert.equal(judge(answer), 'answer');
  for (const [what, altered] of alterationsOf(answer)) assert.notEqual(judge(altered), 'answer', what);
});

test('an answer without an end lasts a day from stock, and any time when it is to this very question', async () => {
  authorities.fault('noNextUpdate', 'ocsp');
  const asked = Uint8Array.from(encodeOcspRequest(certificate, issuer, nonce));
  const judge = (der: Uint8Array, hours: number): string => {
    const judged = judgeOcsp(der, { certificate, issuer, nonce, now: new Date(now.getTime() + hours * 3600_000) });
    return judged.kind === 'invalid' ? judged.reason : judged.kind;
  };
  const toThis = await fetchBytes(authorities.ocspUrl, asked);
  const fromStock = await fetchBytes(authorities.ocspUrl, Uint8Array.from(withoutOcspNonce(asked)));
  authorities.fault(null);
  assert.deepEqual([judge(toThis, 23), judge(toThis, 25)], ['answer', 'answer']);
  assert.deepEqual([judge(fromStock, 23), judge(fromStock, 25)], ['answer', 'stale']);
});

test('an answer from tomorrow, one by a responder whose certificate has ended, and one that asks to be understood further, do not count', async () => {
  const { pki } = authorities;
  const asked = Uint8Array.from(encodeOcspRequest(certificate, issuer, nonce));
  const answer = await fetchBytes(authorities.ocspUrl, asked);
  const key = createPrivateKey(readFileSync(pki.ocsp.key));
  const judge = (der: Uint8Array, at = now): string => {
    const judged = judgeOcsp(der, { certificate, issuer, nonce, now: at });
    return judged.kind === 'invalid' ? judged.reason : judged.kind;
  };
  assert.equal(judge(producedDaysLater(answer, 0, key)), 'answer');
  assert.equal(judge(producedDaysLater(answer, 1, key)), 'stale');
  assert.equal(judge(withSingleExtension(answer, false, key)), 'answer');
  assert.equal(judge(withSingleExtension(answer, true, key)), 'garbage');
  const until = (hours: number): string => `${new Date(now.getTime() + hours * 3600_000).toISOString().slice(0, 19).replace(/[-T:]/g, '')}Z`;
  const short = issueCertificate(pki, { name: 'short-ocsp', usage: 'ocsp', dates: ['20260101000000Z', until(2)] });
  const [request, reply] = ['short.req', 'short.rep'].map((name) => join(dir, name));
  assert.ok(request !== undefined && reply !== undefined);
  writeFileSync(request, asked);
  execFileSync('openssl', ['ocsp', '-index', pki.ocspIndex, '-CA', pki.issuing.pem, '-rsigner', short.pem, '-rkey', short.key, '-ndays', '1', '-reqin', request, '-respout', reply], { stdio: 'ignore' });
  const later = (hours: number): Date => new Date(now.getTime() + hours * 3600_000);
  assert.deepEqual([judge(readFileSync(reply), later(1)), judge(readFileSync(reply), later(3))], ['answer', 'stale']);
});

test('a list with any one bit changed, or cut short, is no list any more', async () => {
  const judge = (der: Uint8Array): string => judgeCrl(der, { certificate, issuer, now }).kind;
  const list = await fetchBytes(authorities.crlUrl, null);
  assert.equal(judge(list), 'answer');
  for (const [what, altered] of alterationsOf(list)) assert.notEqual(judge(altered), 'answer', what);
});

test('random bytes are read by no reader and trouble none', () => {
  let seed = 20260722;
  const random = (): number => (seed = (seed * 1103515245 + 12345) & 0x7fffffff) >> 8;
  for (let round = 0; round < 2000; round += 1) {
    const bytes = Uint8Array.from({ length: random() % 400 }, () => random() & 0xff);
    // what begins as a SEQUENCE of its own length is looked into deeper
    if (round % 2 === 0 && bytes.length > 4 && bytes.length < 130) bytes.set([0x30, bytes.length - 2]);
    assert.equal(judgeOcsp(bytes, { certificate, issuer, nonce, now }).kind === 'answer', false);
    assert.deepEqual(judgeCrl(bytes, { certificate, issuer, now }), { kind: 'invalid', reason: 'garbage' });
    assert.notEqual(readTimestampReply(bytes).kind, 'token');
  }
});
