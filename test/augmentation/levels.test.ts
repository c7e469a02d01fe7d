import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import { createAugmenter } from '../../src-main/augmentation/augment.ts';
import type { TimestampPort } from '../../src-main/ports/authorities.ts';
import { bytesSource, type ByteSource } from '../../src-main/ports/bytes.ts';
import { entryOf, openPdf, pdfArray, pdfDict, pdfRef, pdfStream, createUpdate, withEntries, type PdfFile } from '../../src-main/pdf/index.ts';
import type { VerificationReport } from '../../src-shared/contract/verification.ts';
import { issueCertificate } from '../support/pki.ts';
import { opensslStamp, signingKey } from '../unit/signing/levels-stamp.ts';
import { run } from '../unit/signing/judges.ts';
import { assertJudgesAgree } from './judges.ts';
import { engine, fixture, openOffice, type Office } from './office.ts';

const day = 86_400_000;
let office: Office;

before(async () => {
  office = await openOffice();
});
afterEach(() => {
  office.authorities.fault(null);
  office.authorities.release();
});
after(() => office.close());

/** Field and level of each signature; document time-stamps have none of their own. */
function levels(report: VerificationReport): readonly (readonly [string, string])[] {
  return report.signatures.map((each) => [each.field, each.level] as const);
}

function open(pdf: Uint8Array, password?: string): PdfFile {
  const file = openPdf({ ...bytesSource(pdf), ...(password === undefined ? {} : { password }) });
  assert.ok(file.ok);
  return file.value;
}

/** How many streams each list of the DSS holds. */
function storeOf(file: PdfFile): Readonly<Record<string, number>> {
  const store = file.get(file.catalog, 'DSS');
  return Object.fromEntries(['Certs', 'OCSPs', 'CRLs'].map((key) => {
    const list = file.get(store, key);
    return [key, list.kind === 'array' ? list.items.length : 0];
  }));
}

const fixtures = ['cong-van-xa', 'quyet-dinh-linearized-objstm', 'giay-moi-chromium', 'cong-van-xa-gs14'];

for (const name of fixtures) {
  test(`${name} signed offline is taken to B-T, B-LT and B-LTA step by step, and each is so to every judge`, async () => {
    const signed = await office.sign(fixture(`pdf/${name}.pdf`), office.pki.leader);
    let pdf: Uint8Array = signed;
    for (const [level, stamps, endsSigned] of [['B-T', 1, true], ['B-LT', 1, false], ['B-LTA', 2, true]] as const) {
      const done = await office.augment(pdf, { level });
      assert.deepEqual([done.level, done.missing], [level, []]);
      assertJudgesAgree(office, done.pdf, { signatures: 1, stamps, endsSigned });
      const report = await office.verify(done.pdf);
      assert.equal(report.verdict, 'valid-extended', JSON.stringify(report, null, 1));
      assert.equal(report.signatures[0]?.level, level);
      assert.equal(report.signatures[0]?.trust.revocation, level === 'B-T' ? 'not-checked' : 'good');
      assert.equal(report.signatures[0]?.changesAfter.status, 'allowed');
      // What is there already is not added again.
      assert.equal((await office.augment(done.pdf, { level })).tail.length, 0);
      pdf = done.pdf;
    }
    assert.ok(Buffer.from(pdf.subarray(0, signed.length)).equals(signed));
  });
}

test('a signature with a time-stamp of its own gets no other for B-LT, and one over all of it for B-LTA', async () => {
  const signed = await office.sign(fixture('pdf/giay-moi.pdf'), office.pki.organization, { timestamp: office.timestamp });
  assert.equal((await office.augment(signed, { level: 'B-T' })).tail.length, 0);
  const kept = await office.augment(signed, { level: 'B-LT' });
  assertJudgesAgree(office, kept.pdf, { signatures: 1, stamps: 0, endsSigned: false });
  assert.deepEqual(levels(await office.verify(kept.pdf)), [['chu_ky_1', 'B-LT']]);
  const archived = await office.augment(signed);
  assertJudgesAgree(office, archived.pdf, { signatures: 1, stamps: 1, endsSigned: true });
  assert.deepEqual(levels(await office.verify(archived.pdf)), [['chu_ky_1', 'B-LTA'], ['dau_thoi_gian_1', 'unknown']]);
});

test('the store names its proofs by signature: SHA-1 of /Contents with its zeros, in upper case', async () => {
  const { pdf } = await office.augment(await office.sign(fixture('pdf/giay-moi.pdf'), office.pki.leader, { timestamp: office.timestamp }), { level: 'B-LT' });
  const file = open(pdf);
  const text = Buffer.from(pdf).toString('latin1');
  const [contents] = [...text.matchAll(/\/Contents <([0-9A-F]+)>/g)].map((match) => Buffer.from(match[1] ?? '', 'hex'));
  assert.ok(contents !== undefined && contents.at(-1) === 0);
  const vri = file.get(file.get(file.catalog, 'DSS'), 'VRI');
  assert.ok(vri.kind === 'dict');
  assert.deepEqual([...vri.entries.keys()], [createHash('sha1').update(contents).digest('hex').toUpperCase()]);
  const own = file.get(vri, [...vri.entries.keys()][0] ?? '');
  assert.ok(own.kind === 'dict');
  assert.deepEqual([...own.entries.keys()].sort(), ['Cert', 'OCSP', 'TU', 'Type']);
  // Signer, TSA, issuing CA, root and the OCSP responder; answers about the first three.
  assert.deepEqual(storeOf(file), { Certs: 5, OCSPs: 3, CRLs: 0 });
});

test('each certificate is asked about once, and by CRL where OCSP is down', async () => {
  const signed = await office.sign(fixture('pdf/giay-moi.pdf'), office.pki.leader, { timestamp: office.timestamp });
  const before = office.authorities.count('ocsp');
  await office.augment(signed, { level: 'B-LT' });
  assert.equal(office.authorities.count('ocsp') - before, 3);
  office.authorities.fault('down', 'ocsp');
  const byList = await office.augment(signed, { level: 'B-LT' });
  assert.deepEqual([byList.level, byList.missing], ['B-LT', []]);
  // One list of the issuing CA for signer and TSA, one of the root.
  assert.deepEqual(storeOf(open(byList.pdf)), { Certs: 4, OCSPs: 0, CRLs: 2 });
  assert.deepEqual(levels(await office.verify(byList.pdf)), [['chu_ky_1', 'B-LT']]);
});

test('the certificate of the issuer is fetched where nobody brought it along', async () => {
  const leafOnly = await office.sign(fixture('pdf/giay-moi.pdf'), office.pki.leader, { chain: [] });
  const done = await office.augment(leafOnly);
  assert.deepEqual([done.level, done.missing], ['B-LTA', []]);
  assertJudgesAgree(office, done.pdf, { signatures: 1, stamps: 2, endsSigned: true });
  // Read with the root alone: the rest is in the file.
  assert.equal((await office.verify(done.pdf)).signatures[0]?.level, 'B-LTA');
});

test('a prepared document, signed by the leader and sealed, is archived with both signatures whole', async () => {
  const input = fixture('pdf/cong-van-xa.pdf');
  const places = await engine.findPlaces(bytesSource(input));
  assert.ok(places.ok);
  const prepared = await engine.prepare(bytesSource(input), places.value);
  assert.ok(prepared.ok);
  const leaders = await office.sign(Buffer.concat([input, prepared.value.tail]), office.pki.leader, { timestamp: office.timestamp, place: places.value.signature, image: fixture('images/chu-ky-lanh-dao.png') });
  const issued = await engine.issue(bytesSource(leaders), {
    key: signingKey(office.pki.organization), profile: 'office', chain: [office.pki.issuing.der], reason: '', location: '', at: new Date(),
    place: places.value.seal, image: fixture('images/con-dau-do.png'), number: '15', day: '05', month: '02', places: places.value,
  });
  assert.ok(issued.ok, JSON.stringify(issued));
  const done = await office.augment(Buffer.concat([leaders, issued.value.tail]));
  assert.deepEqual([done.level, done.missing], ['B-LTA', []]);
  assertJudgesAgree(office, done.pdf, { signatures: 2, stamps: 2, endsSigned: true });
  const report = await office.verify(done.pdf);
  assert.deepEqual(report.signatures.map(({ field, level, verdict }) => [field, level, verdict]), [
    ['chu_ky_lanh_dao', 'B-LTA', 'valid-extended'], ['con_dau_co_quan', 'B-LTA', 'valid-extended'],
    ['dau_thoi_gian_1', 'unknown', 'valid-extended'], ['dau_thoi_gian_2', 'unknown', 'valid'],
  ], JSON.stringify(report, null, 1));
});

test('a signature after the archive time-stamp is completed and covered anew', async () => {
  const first = await office.augment(await office.sign(fixture('pdf/giay-moi.pdf'), office.pki.leader, { timestamp: office.timestamp }));
  const second = await office.sign(first.pdf, office.pki.organization, { timestamp: office.timestamp });
  assert.deepEqual(levels(await office.verify(second)), [['chu_ky_1', 'B-LTA'], ['dau_thoi_gian_1', 'unknown'], ['chu_ky_2', 'B-T']]);
  const done = await office.augment(second);
  assert.deepEqual(levels(await office.verify(done.pdf)), [['chu_ky_1', 'B-LTA'], ['dau_thoi_gian_1', 'unknown'], ['chu_ky_2', 'B-LTA'], ['dau_thoi_gian_2', 'unknown']]);
  assertJudgesAgree(office, done.pdf, { signatures: 2, stamps: 2, endsSigned: true });
});

test('a store of another maker grows and keeps what it held, where it held it', async () => {
  for (const direct of [true, false]) {
    const signed = await office.sign(fixture('pdf/giay-moi.pdf'), office.pki.leader, { timestamp: office.timestamp });
    const file = open(signed);
    const update = createUpdate(file);
    const [certificate, list, store] = [update.allocate(), update.allocate(), update.allocate()];
    update.put(certificate, 0, pdfStream(pdfDict({}), office.pki.issuing.der));
    update.put(list, 0, pdfArray([pdfRef(certificate)]));
    const held = pdfDict({ Certs: pdfRef(list), VRI: pdfDict({ ABCD: pdfDict({ Cert: pdfRef(list) }) }) });
    update.put(store, 0, held);
    const root = entryOf(file.trailer, 'Root');
    assert.ok(root.kind === 'ref');
    update.put(root.num, root.gen, withEntries(file.catalog, { DSS: direct ? held : pdfRef(store) }));
    const foreign = Buffer.concat([signed, update.build().tail]);
    const done = await office.augment(foreign);
    assert.deepEqual([done.level, done.missing], ['B-LTA', []]);
    assertJudgesAgree(office, done.pdf, { signatures: 1, stamps: 1, endsSigned: true });
    const report = await office.verify(done.pdf);
    assert.equal(report.verdict, 'valid-extended', JSON.stringify(report, null, 1));
    const after = open(done.pdf);
    const grown = after.get(after.get(after.catalog, 'DSS'), 'Certs');
    assert.ok(grown.kind === 'array');
    assert.deepEqual(grown.items[0], pdfRef(certificate));
    assert.deepEqual(storeOf(after), { Certs: 5, OCSPs: 3, CRLs: 0 });
    const vri = after.get(after.get(after.catalog, 'DSS'), 'VRI');
    assert.ok(vri.kind === 'dict' && vri.entries.has('ABCD') && vri.entries.size === 2);
  }
});

/** A TSA beside the office's own, whose certificate has so many days left. */
function otherTsa(name: string, days: number): TimestampPort {
  const { pki } = office;
  const at = (date: Date): string => `${date.toISOString().slice(0, 19).replace(/[-T:]/g, '')}Z`;
  const made = issueCertificate(pki, { name, usage: 'tsa', key: 'rsa2048', dates: [at(new Date(Date.now() - day)), at(new Date(Date.now() + days * day))] });
  const tsaConfig = join(pki.dir, `${name}.cnf`);
  writeFileSync(tsaConfig, readFileSync(pki.tsaConfig, 'utf8').replaceAll(pki.tsa.pem, made.pem).replaceAll(pki.tsa.key, made.key));
  return opensslStamp({ ...pki, tsaConfig });
}

test('before the certificate of the last time-stamp ends, its chain goes into the store and a new one is put over it', async () => {
  const archived = await office.augment(await office.sign(fixture('pdf/giay-moi.pdf'), office.pki.leader, { timestamp: office.timestamp }), { timestamp: otherTsa('tsa-ending', 60) });
  assert.equal(archived.level, 'B-LTA');
  assert.equal((await office.augment(archived.pdf, {}, createAugmenter({ renewWithinMs: 30 * day }))).tail.length, 0);
  // A time-stamp that ends no later is no renewal, and would be added with every try.
  const inVain = await office.augment(archived.pdf, { timestamp: otherTsa('tsa-ending-too', 50) });
  assert.deepEqual([inVain.level, inVain.missing], ['B-LTA', [{ what: 'Dấu thời gian', error: { code: 'augment.renew-later', params: { name: 'tsa-ending-too' } }, final: false }]]);
  assert.equal((await office.augment(inVain.pdf, { timestamp: otherTsa('tsa-ending-also', 50) })).tail.length, 0);
  const renewed = await office.augment(archived.pdf);
  assert.deepEqual([renewed.level, renewed.missing], ['B-LTA', []]);
  assertJudgesAgree(office, renewed.pdf, { signatures: 1, stamps: 2, endsSigned: true });
  const trusts = async (pdf: Uint8Array): Promise<unknown> => (await office.verify(pdf)).signatures.map(({ field, level, trust }) => [field, level, trust.revocation]);
  assert.deepEqual(await trusts(archived.pdf), [['chu_ky_1', 'B-LTA', 'good'], ['dau_thoi_gian_1', 'unknown', 'not-checked']]);
  assert.deepEqual(await trusts(renewed.pdf), [['chu_ky_1', 'B-LTA', 'good'], ['dau_thoi_gian_1', 'unknown', 'good'], ['dau_thoi_gian_2', 'unknown', 'good']]);
  // The new one is good for a thousand days.
  assert.equal((await office.augment(renewed.pdf)).tail.length, 0);
});

test('a time-stamp whose maker cannot be asked about is not renewed yet, and nothing is written', async () => {
  const archived = await office.augment(await office.sign(fixture('pdf/giay-moi.pdf'), office.pki.leader, { timestamp: office.timestamp }), { timestamp: otherTsa('tsa-ending-offline', 60) });
  office.authorities.fault('down', 'ocsp');
  office.authorities.fault('down', 'crl');
  const waiting = await office.augment(archived.pdf);
  assert.deepEqual([waiting.level, waiting.tail.length], ['B-LTA', 0]);
  assert.deepEqual(waiting.missing.map(({ what, error, final }) => [what, error.code, final]), [['tsa-ending-offline', 'revocation.unreachable', false]]);
});

test('a document time-stamp larger than the room for it is asked for again, once', async () => {
  const signed = await office.sign(fixture('pdf/giay-moi.pdf'), office.pki.leader);
  const fat = opensslStamp(office.pki, () => 8);
  const done = await office.augment(signed, { level: 'B-T', timestamp: fat });
  assert.deepEqual([done.level, done.missing, fat.calls()], ['B-T', [], 2]);
  assertJudgesAgree(office, done.pdf, { signatures: 1, stamps: 1, endsSigned: true });
  const growing = await office.augment(signed, { level: 'B-T', timestamp: opensslStamp(office.pki, (call) => 8 * (call + 1)) });
  assert.deepEqual([growing.level, growing.tail.length, growing.missing.map(({ error }) => error)], ['B-B', 0, [{ code: 'timestamp.invalid', params: { reason: 'too large' } }]]);
});

for (const [title, password, handler] of [['RC4-128', '', ['128']], ['AES-128', 'mo-tep', ['128', '--use-aes=y']], ['AES-256', 'mo-tep', ['256']]] as const) {
  test(`a file encrypted with ${title} is archived within its encryption`, async () => {
    const [plain, path] = [join(office.folder, 'plain.pdf'), join(office.folder, 'encrypted.pdf')];
    writeFileSync(plain, fixture('pdf/giay-moi.pdf'));
    assert.equal(run('qpdf', ['--allow-weak-crypto', '--encrypt', password, 'chu-so-huu', ...handler, '--', plain, path]).status, 0);
    const input = readFileSync(path);
    const source = (bytes: Uint8Array): ByteSource => ({ ...bytesSource(bytes), ...(password === '' ? {} : { password }) });
    const signed = await engine.sign(source(input), { key: signingKey(office.pki.leader), profile: 'pades', chain: [office.pki.issuing.der], reason: '', location: '', at: new Date(), place: null, image: null });
    assert.ok(signed.ok, JSON.stringify(signed));
    const pdf = Buffer.concat([input, signed.value.tail]);
    const done = await createAugmenter().augment(source(pdf), { level: 'B-LTA', timestamp: office.timestamp, revocation: office.revocation(), anchors: [office.pki.root.der], intermediates: [], now: new Date() });
    assert.ok(done.ok, JSON.stringify(done));
    assert.deepEqual([done.value.level, done.value.missing], ['B-LTA', []]);
    const archived = Buffer.concat([pdf, done.value.tail]);
    // It stands in the tokens in hex, and in the store for who has the password alone.
    assert.ok(!archived.includes(office.pki.tsa.der.subarray(0, 64)));
    assert.equal(storeOf(open(archived, password))['Certs'], 5);
    assertJudgesAgree(office, archived, { signatures: 1, stamps: 2, endsSigned: true, password });
  });
}
