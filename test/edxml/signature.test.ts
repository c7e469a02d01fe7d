import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { nodeDigests } from '../../src-server/gateway/digests.ts';
import { digestUris, envelopedTransform, exclusiveCanonical, signatureUris, type HashName, type SignatureAlgorithm } from '../../src-shared/edxml/signature-algorithms.ts';
import type { SignatureResult } from '../../src-shared/edxml/signature.ts';
import { writePackage, writeStatus } from '../../src-shared/edxml/writer.ts';
import { makeKey, signerOf, type Key } from './support/keys.ts';
import { gather, readBytes } from './support/read.ts';
import { status, toSend } from './support/sample.ts';

const folder = mkdtempSync(join(tmpdir(), 'edxml-signature-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const rsa = makeKey(folder, 'rsa');
const ec = makeKey(folder, 'ecdsa');
const inclusiveUri = 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315';
const dsig = 'http://www.w3.org/2000/09/xmldsig#';
const qcvn = 'http://www.mic.gov.vn/TBT/QCVN_102_2016';

const signed = await gather(writePackage(toSend, { columns: 76, signing: { signer: signerOf(rsa, 'rsa-sha256'), digests: nodeDigests } }));

async function signatureOf(bytes: Uint8Array): Promise<SignatureResult> {
  const { outcome } = await readBytes(bytes);
  assert.ok(outcome.ok, outcome.ok ? '' : JSON.stringify(outcome.refusal));
  return outcome.signature;
}

for (const algorithm of ['rsa-sha1', 'rsa-sha256', 'rsa-sha384', 'rsa-sha512', 'ecdsa-sha256', 'ecdsa-sha512'] as const satisfies readonly SignatureAlgorithm[]) {
  test(`what we sign with ${algorithm} is read as intact, with its signer, and SHA-1 is named legacy`, async () => {
    const key = algorithm.startsWith('rsa') ? rsa : ec;
    const signing = { signer: signerOf(key, algorithm), digests: nodeDigests };
    for (const bytes of [await gather(writePackage(toSend, { columns: 0, signing })), await gather(writeStatus(status, { signing }))]) {
      const result = await signatureOf(bytes);
      assert.ok(result.state === 'intact', JSON.stringify(result));
      assert.equal(result.algorithm, algorithm);
      assert.equal(result.legacy, algorithm === 'rsa-sha1');
      assert.deepEqual(Buffer.from(result.certificate), Buffer.from(key.certificate));
    }
  });
}

test('a package without a signature says so', async () => {
  assert.deepEqual(await signatureOf(await gather(writePackage(toSend, { columns: 0 }))), { state: 'none' });
});

/** A signature by xmllint and OpenSSL alone: nothing of ours has a part in it. */
function signOutside(unsigned: string, { at, key, hash, form, method, references = '', inside = '' }: { readonly at: string; readonly key: Key; readonly hash: HashName; readonly form: string; readonly method: string; readonly references?: string; readonly inside?: string }): string {
  const canonical = (xml: string, uri: string): Buffer => {
    const file = join(folder, 'outside.xml');
    writeFileSync(file, xml);
    return execFileSync('xmllint', [uri === exclusiveCanonical ? '--exc-c14n' : '--c14n', '--nonet', '--huge', file], { maxBuffer: 1 << 26 });
  };
  const digest = (bytes: Buffer): string => execFileSync('openssl', ['dgst', `-${hash}`, '-binary'], { input: bytes }).toString('base64');
  const algorithm: SignatureAlgorithm = `rsa-${hash}`;
  const content = [
    `<CanonicalizationMethod Algorithm="${method}"/>`,
    `<SignatureMethod Algorithm="${signatureUris[algorithm]}"/>`,
    `<Reference URI=""><Transforms><Transform Algorithm="${envelopedTransform}"/><Transform Algorithm="${form}"/></Transforms>`,
    `<DigestMethod Algorithm="${digestUris[hash]}"/><DigestValue>${digest(canonical(unsigned, form))}</DigestValue></Reference>${references}`,
  ].join('\n  ');
  const surroundings = method === exclusiveCanonical ? '' : ` xmlns:edXML="${qcvn}"`;
  const signedInfo = canonical(`<SignedInfo xmlns="${dsig}"${surroundings}>${content}</SignedInfo>`, method);
  const value = execFileSync('openssl', ['dgst', `-${hash}`, '-sign', key.keyFile], { input: signedInfo }).toString('base64');
  const signature = `<Signature xmlns="${dsig}"><SignedInfo>${content}</SignedInfo><SignatureValue>\n${value}\n</SignatureValue><KeyInfo><X509Data><X509Certificate>${Buffer.from(key.certificate).toString('base64')}</X509Certificate></X509Data></KeyInfo>${inside}</Signature>`;
  const place = unsigned.indexOf(at);
  assert.ok(place > 0);
  return unsigned.slice(0, place) + signature + unsigned.slice(place);
}

for (const [hash, form, method] of [
  ['sha1', exclusiveCanonical, inclusiveUri],
  ['sha256', inclusiveUri, inclusiveUri],
  ['sha512', exclusiveCanonical, exclusiveCanonical],
  ['sha384', inclusiveUri, exclusiveCanonical],
] as const) {
  test(`a signature made by OpenSSL over xmllint’s bytes stands: ${hash}, document ${form === exclusiveCanonical ? 'exclusive' : 'inclusive'}, SignedInfo ${method === exclusiveCanonical ? 'exclusive' : 'inclusive'}`, async () => {
    const unsigned = (await gather(writePackage(toSend, { columns: 76 }))).toString().replaceAll('><edXML:', '>\r\n  <edXML:');
    for (const at of ['</edXML:edXMLHeader>', '<edXML:MessageHeader>']) {
      const bytes = Buffer.from(signOutside(unsigned, { at, key: rsa, hash, form, method }));
      const result = await signatureOf(bytes);
      assert.ok(result.state === 'intact', `${at}: ${JSON.stringify(result)}`);
      assert.equal(result.legacy, hash === 'sha1');
      for (const [from, to] of [['V/v kết', 'V/v hết'], ['Trần Thị B', 'Trần Thị C']] as const) assert.deepEqual(await signatureOf(Buffer.from(bytes.toString().replace(from, to))), { state: 'broken', why: 'digest' });
    }
  });
}

test('a signature after a header of megabytes stands: what was held until it came is more than is held', async () => {
  const to = Array.from({ length: 3000 }, (_, at) => ({ organId: `H14.${at}`, organName: `Nơi nhận thứ ${at} ${'của tỉnh '.repeat(10)}`.trim() }));
  for (const algorithm of ['rsa-sha256', 'rsa-sha512'] as const) {
    const bytes = await gather(writePackage({ ...toSend, header: { ...toSend.header, to } }, { columns: 76, signing: { signer: signerOf(rsa, algorithm), digests: nodeDigests } }));
    assert.equal((await signatureOf(bytes)).state, 'intact');
    assert.deepEqual(await signatureOf(Buffer.from(bytes.toString().replace('thứ 7 ', 'thứ 8 '))), { state: 'broken', why: 'digest' });
  }
});

test('a signature over more than the document (a property inside itself) stands, and breaks with that property', async () => {
  const object = '<Object Id="thoi-gian"><t xmlns="urn:t">2026-11-20</t></Object>';
  const file = join(folder, 'object.xml');
  writeFileSync(file, object.replace('<Object', `<Object xmlns="${dsig}"`));
  const value = execFileSync('openssl', ['dgst', '-sha256', '-binary'], { input: execFileSync('xmllint', ['--exc-c14n', file]) }).toString('base64');
  const references = `<Reference URI="#thoi-gian"><Transforms><Transform Algorithm="${exclusiveCanonical}"/></Transforms><DigestMethod Algorithm="${digestUris.sha256}"/><DigestValue>${value}</DigestValue></Reference>`;
  const unsigned = (await gather(writePackage(toSend, { columns: 0 }))).toString();
  const text = signOutside(unsigned, { at: '</edXML:edXMLHeader>', key: rsa, hash: 'sha256', form: exclusiveCanonical, method: exclusiveCanonical, references, inside: object });
  assert.equal((await signatureOf(Buffer.from(text))).state, 'intact');
  assert.deepEqual(await signatureOf(Buffer.from(text.replace('2026-11-20</t>', '2026-11-21</t>'))), { state: 'broken', why: 'digest' });
});

const breaks: readonly (readonly [name: string, why: string, change: (text: string) => string])[] = [
  ['a changed subject', 'digest', (text) => text.replace('liên thông', 'liên thong')],
  ['a blank between two elements', 'digest', (text) => text.replace('</edXML:From><', '</edXML:From> <')],
  ['an element that nobody reads', 'digest', (text) => text.replace('</edXML:From>', '<edXML:Khac>x</edXML:Khac></edXML:From>')],
  ['another digest in SignedInfo', 'digest', (text) => text.replace(/<DigestValue>../, (found) => `${found.slice(0, -2)}${found.endsWith('AA') ? 'BB' : 'AA'}`)],
  ['another value of the signature', 'signature', (text) => text.replace(/<SignatureValue>../, (found) => `${found.slice(0, -2)}${found.endsWith('AA') ? 'BB' : 'AA'}`)],
  ['another signer’s certificate', 'signature', (text) => text.replace(/<X509Certificate>[^<]*/, `<X509Certificate>${Buffer.from(ec.certificate).toString('base64')}`)],
  ['a certificate that is none', 'signature', (text) => text.replace(/<X509Certificate>[^<]*/, '<X509Certificate>AAAA')],
  ['no certificate', 'certificate', (text) => text.replace(/<KeyInfo>.*<\/KeyInfo>/, '')],
  ['an algorithm that is not read', 'unsupported', (text) => text.replace(signatureUris['rsa-sha256'], 'http://www.w3.org/2000/09/xmldsig#hmac-sha1')],
  ['a transform that is not read', 'unsupported', (text) => text.replace(envelopedTransform, 'http://www.w3.org/TR/1999/REC-xpath-19991116')],
  ['a reference to a part', 'coverage', (text) => text.replace('URI=""', 'URI="#x"')],
  ['a signature after the header', 'place', (text) => text.replace(/(<Signature .*<\/Signature>)(<\/edXML:edXMLHeader>)/, '$2$1')],
  ['no value', 'malformed', (text) => text.replace(/<SignatureValue>.*<\/SignatureValue>/, '')],
  ['two signatures', 'several', (text) => text.replace(/<Signature .*<\/Signature>/, (found) => found + found)],
  ['the samples’ own way, without the namespace', 'namespace', (text) => text.replaceAll(`xmlns="${dsig}"`, `xmlns="${qcvn}"`)],
];
for (const [name, why, change] of breaks) {
  test(`broken, and why: ${name}`, async () => {
    const text = signed.toString();
    const changed = change(text);
    assert.notEqual(changed, text);
    assert.deepEqual(await signatureOf(Buffer.from(changed)), { state: 'broken', why });
  });
}

test('what a canonical form leaves out may change: comments, how a character is written, the order of declarations', async () => {
  const changed = signed.toString().replace('<edXML:Subject>', '<!-- x --><edXML:Subject >').replace('Công văn<', 'C&#xF4;ng v<![CDATA[ăn]]><').replaceAll('\n', '\r\n');
  assert.equal((await signatureOf(Buffer.from(changed))).state, 'intact');
});
