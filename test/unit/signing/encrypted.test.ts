import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { X509Certificate } from 'node:crypto';
import { bytesSource, type ByteSource } from '../../../src-main/ports/bytes.ts';
import type { SignRequest, SigningPort } from '../../../src-main/ports/signing.ts';
import { openPdf, textOf } from '../../../src-main/pdf/index.ts';
import { createSigningEngine } from '../../../src-main/signing/engine.ts';
import { listFields } from '../../../src-main/signing/form.ts';
import { createVerifier } from '../../../src-main/verification/verifier.ts';
import { onePage, tablePdf } from '../pdf/make-pdf.ts';
import { assertJudgesAgree, run } from './judges.ts';
import { createTestPki, type TestPki } from './pki.ts';

const fixtures = new URL('../../fixtures/', import.meta.url);
const rect = { x: 110, y: 180, width: 50, height: 25 };
const owner = 'chủ sở hữu';
const user = 'mở tệp';

let folder: string;
let pki: TestPki;
let engine: SigningPort;

before(() => {
  folder = mkdtempSync(join(tmpdir(), 'van-thu-encrypted-'));
  pki = createTestPki(folder);
  engine = createSigningEngine();
});
after(() => rmSync(folder, { recursive: true, force: true }));

/** By qpdf: what another program makes of the standard security handler. */
const handlers = {
  'RC4 of 40 bits': ['40', '--'],
  'RC4 of 128 bits': ['128', '--use-aes=n', '--'],
  'RC4 in a crypt filter, metadata clear': ['128', '--force-V4', '--cleartext-metadata', '--'],
  'AES-128': ['128', '--use-aes=y', '--'],
  'AES-128, metadata clear': ['128', '--use-aes=y', '--cleartext-metadata', '--'],
  'AES-256 of revision 5': ['256', '--force-R5', '--'],
  'AES-256': ['256', '--'],
  'AES-256, metadata clear': ['256', '--cleartext-metadata', '--'],
} as const;

function encrypted(name: string, userPassword: string, handler: readonly string[]): Uint8Array {
  const path = join(folder, 'encrypted.pdf');
  const done = run('qpdf', ['--allow-weak-crypto', '--password-mode=unicode', '--encrypt', userPassword, handler[0] === '256' ? owner : 'chu-so-huu', ...handler, new URL(`pdf/${name}.pdf`, fixtures).pathname, path]);
  assert.equal(done.status, 0, done.output);
  return readFileSync(path);
}

function source(bytes: Uint8Array, password?: string): ByteSource {
  return { ...bytesSource(bytes), ...(password === undefined ? {} : { password }) };
}

function image(name: 'chu-ky-lanh-dao' | 'con-dau-do'): Uint8Array {
  return readFileSync(new URL(`images/${name}.png`, fixtures));
}

function request(changes: Partial<SignRequest> = {}): SignRequest {
  return { key: pki.leader, profile: 'office', chain: pki.chain, reason: 'Ký duyệt', location: 'Xã Thử', at: new Date(), place: { page: 1, rect }, image: image('chu-ky-lanh-dao'), ...changes };
}

async function signed(input: Uint8Array, password: string | undefined, changes: Partial<SignRequest> = {}): Promise<Uint8Array> {
  const result = await engine.sign(source(input, password), request(changes));
  assert.ok(result.ok, JSON.stringify(result));
  return Buffer.concat([input, result.value.tail]);
}

async function verdicts(bytes: Uint8Array, password?: string): Promise<readonly string[]> {
  const root = new Uint8Array(new X509Certificate(readFileSync(pki.rootPem)).raw);
  const report = await createVerifier().verify(source(bytes, password), { anchors: [root], intermediates: [], now: new Date() });
  return [report.verdict, ...report.signatures.map((each) => each.verdict), ...(report.signatures.length === 0 ? report.problems.map(({ code }) => code) : [])];
}

for (const [title, handler] of Object.entries(handlers)) {
  for (const [form, name] of [['a table', 'giay-moi'], ['object streams', 'quyet-dinh-linearized-objstm']] as const) {
    // A password of ASCII where the handler takes no Unicode: qpdf refuses to guess.
    const password = handler[0] === '256' ? user : 'mo-tep';
    for (const opens of ['', password]) {
      test(`${title}, ${form}, ${opens === '' ? 'the owner\'s password alone' : 'the user\'s password'}: signed twice, and every judge agrees`, async () => {
        const ownerPassword = handler[0] === '256' ? owner : 'chu-so-huu';
        const path = join(folder, 'encrypted.pdf');
        const done = run('qpdf', ['--allow-weak-crypto', '--encrypt', opens, ownerPassword, ...handler, new URL(`pdf/${name}.pdf`, fixtures).pathname, path]);
        assert.equal(done.status, 0, done.output);
        const input = readFileSync(path);
        const given = opens === '' ? undefined : opens;
        assert.partialDeepStrictEqual(engine.inspect(source(input, given)), { ok: true, value: { protection: opens === '' ? 'restricted' : 'password', signatures: 0 } });
        const once = await signed(input, given);
        // The second one opens it by the owner's password.
        const twice = await signed(once, opens === '' ? undefined : ownerPassword, { key: pki.seal, profile: 'pades', place: { page: 1, rect: { ...rect, x: 60 } }, image: image('con-dau-do') });
        assertJudgesAgree(folder, twice, 2, pki.rootPem, opens);
        assert.deepEqual(await verdicts(twice, given), ['valid-extended', 'valid-extended', 'valid']);
      });
    }
  }
}

test('nothing that a signature says is written in the clear, and all of it is read back', async () => {
  const input = encrypted('giay-moi', '', ['256', '--']);
  const output = await signed(input, undefined, { reason: 'Ly do rat rieng', image: null });
  const tail = Buffer.from(output.subarray(input.length)).toString('latin1');
  assert.doesNotMatch(tail, /Ly do rat rieng|\(D:20|chu_ky_1|Adobe\)/);
  const file = openPdf(bytesSource(output));
  assert.ok(file.ok);
  const [field] = listFields(file.value, file.value.catalog);
  const value = file.value.get(field!.dict, 'V');
  assert.equal(textOf(file.value.get(value, 'Reason')), 'Ly do rat rieng');
  assert.equal(textOf(file.value.get(value, 'Name')), 'Nguyễn Văn Thử');
  writeFileSync(join(folder, 'read.pdf'), output);
  assert.match(run('pdfsig', ['-nocert', join(folder, 'read.pdf')]).output, /Signing Time: /);
  // The appearance's font and text reach a reader that is not ours.
  assert.match(run('pdftotext', [join(folder, 'read.pdf'), '-']).output, /Người ký: Nguyễn Văn Thử/);
});

test('a prepared and issued letter stays encrypted and says its number', async () => {
  const input = encrypted('cong-van-xa', user, ['256', '--']);
  const places = await engine.findPlaces(source(input, user));
  assert.ok(places.ok, JSON.stringify(places));
  const prepared = await engine.prepare(source(input, user), places.value);
  assert.ok(prepared.ok);
  const approved = await signed(Buffer.concat([input, prepared.value.tail]), user, { place: places.value.signature });
  const issued = await engine.issue(source(approved, user), { ...request({ key: pki.seal, place: places.value.seal, image: image('con-dau-do') }), number: '15', day: '05', month: '02', places: places.value });
  assert.ok(issued.ok, JSON.stringify(issued));
  const output = Buffer.concat([approved, issued.value.tail]);
  assertJudgesAgree(folder, output, 2, pki.rootPem, user);
  assert.match(run('pdftotext', ['-upw', user, '-layout', join(folder, 'judged.pdf'), '-']).output, /Số:\s*15\s*\//);
  assert.equal((await verdicts(output, user))[0], 'valid-extended');
});

test('without its password, or with a wrong one, a file is not signed, not searched and not judged', async () => {
  const input = encrypted('giay-moi', user, ['256', '--']);
  for (const [password, code] of [[undefined, 'pdf.password-needed'], ['', 'pdf.password-needed'], ['sai', 'pdf.password-wrong']] as const) {
    assert.partialDeepStrictEqual(await engine.sign(source(input, password), request()), { ok: false, error: { code } });
    assert.partialDeepStrictEqual(engine.inspect(source(input, password)), { ok: false, error: { code } });
    assert.partialDeepStrictEqual(await engine.findPlaces(source(input, password)), { ok: false, error: { code } });
    assert.deepEqual(await verdicts(input, password), ['indeterminate', 'file.encrypted']);
  }
});

test('a file for certificates, or of an unknown version, is refused with the handler\'s name', () => {
  const text = Buffer.from(encrypted('giay-moi', '', ['256', '--'])).toString('latin1');
  const inspect = (from: RegExp, to: string): unknown => engine.inspect(bytesSource(Buffer.from(text.replace(from, to), 'latin1')));
  assert.deepEqual(inspect(/\/Filter \/Standard/, '/Filter /Adobe.PS'), { ok: false, error: { code: 'pdf.encrypted', params: { filter: 'Adobe.PS' } } });
  assert.deepEqual(inspect(/\/V 5/, '/V 3'), { ok: false, error: { code: 'pdf.encrypted', params: { filter: 'Standard V3 R6' } } });
  assert.deepEqual(inspect(/\/CFM \/AESV3/, '/CFM /None '), { ok: false, error: { code: 'pdf.encrypted', params: { filter: '/StdCF' } } });
});

test('crypt filters that leave strings, or streams, in the clear are kept by what is added', async () => {
  for (const [from, to] of [['/StrF /StdCF', '/StrF /Identity'], ['/StmF /StdCF', '/StmF /Identity']] as const) {
    // Of the encrypted file the encryption dictionary alone is changed; the page has nothing that could be read otherwise now.
    const path = join(folder, 'plain.pdf');
    writeFileSync(path, tablePdf(onePage()));
    const done = run('qpdf', ['--allow-weak-crypto', '--object-streams=disable', '--stream-data=uncompress', '--encrypt', '', 'x', '128', '--use-aes=y', '--', path, join(folder, 'clear.pdf')]);
    assert.equal(done.status, 0, done.output);
    const mended = engine.repair(bytesSource(Buffer.from(readFileSync(join(folder, 'clear.pdf')).toString('latin1').replace(from, to), 'latin1')));
    assert.ok(mended.ok, JSON.stringify(mended));
    const output = await signed(mended.value, undefined, { reason: 'Ly do rat rieng' });
    const tail = Buffer.from(output.subarray(mended.value.length)).toString('latin1');
    assert.equal(tail.includes('Ly do rat rieng'), to === '/StrF /Identity');
    const file = openPdf(bytesSource(output));
    assert.ok(file.ok);
    const [field] = listFields(file.value, file.value.catalog);
    assert.equal(textOf(file.value.get(file.value.get(field!.dict, 'V'), 'Reason')), 'Ly do rat rieng');
    const form = file.value.get(file.value.get(field!.dict, 'AP'), 'N');
    assert.ok(form.kind === 'stream');
    assert.match(Buffer.from(file.value.decode(form)).toString('latin1'), / Do/);
    // The form's own deflated data are in the file as they are, or are not.
    const raw = Buffer.from(output).subarray(form.start, form.start + form.length);
    assert.equal(raw[0] === 0x78 && Buffer.compare(raw, Buffer.from(file.value.readRaw(form))) === 0, to !== '/StrF /Identity');
    assertJudgesAgree(folder, output, 1, pki.rootPem);
  }
});

test('an encryption dictionary inside the trailer is handed on as it is', async () => {
  const held = Buffer.from(encrypted('giay-moi', '', ['256', '--'])).toString('latin1');
  const num = /\/Encrypt (\d+) 0 R/.exec(held)![1]!;
  const dict = new RegExp(`\\n${num} 0 obj\\n(<<[\\s\\S]*?>>)\\nendobj`).exec(held)![1]!;
  // The trailer is the last thing of the file: nothing moves.
  const input = Buffer.from(held.replace(`/Encrypt ${num} 0 R`, () => `/Encrypt ${dict}`), 'latin1');
  const output = await signed(await signed(input, undefined), undefined, { key: pki.seal, place: { page: 1, rect: { ...rect, x: 50 } } });
  assertJudgesAgree(folder, output, 2, pki.rootPem);
  assert.deepEqual(await verdicts(output), ['valid-extended', 'valid-extended', 'valid']);
});

test('encryption that an update brings to a signed file in the clear, or takes from an encrypted one, is never valid', async () => {
  const clear = await signed(readFileSync(new URL('pdf/giay-moi.pdf', fixtures)), undefined);
  const other = Buffer.from(encrypted('giay-moi', '', ['256', '--'])).toString('latin1');
  const num = /\/Encrypt (\d+) 0 R/.exec(other)![1]!;
  const dict = new RegExp(`\\n${num} 0 obj\\n(<<[\\s\\S]*?>>)\\nendobj`).exec(other)![1]!;
  const appended = (base: Uint8Array, change: (trailer: string) => string): Uint8Array => {
    const at = base.length;
    const opened = openPdf(bytesSource(base));
    assert.ok(opened.ok);
    const old = Buffer.from(base).toString('latin1');
    const trailer = old.slice(old.lastIndexOf('trailer'), old.lastIndexOf('startxref')).replace(/\/Prev \d+/, `/Prev ${opened.value.startXref}`);
    return Buffer.concat([base, Buffer.from(`xref\n0 0\n${change(trailer)}startxref\n${at}\n%%EOF\n`, 'latin1')]);
  };
  const brought = await verdicts(appended(clear, (trailer) => trailer.replace('<<', () => `<</Encrypt ${dict} /ID [<00><00>]\n`).replace(/\/ID \[(?!<00>)[^\]]*\]/, '')));
  assert.ok(['invalid', 'indeterminate'].includes(brought[0]!), brought.join());
  const taken = await verdicts(appended(await signed(encrypted('giay-moi', '', ['256', '--']), undefined), (trailer) => trailer.replace(/\/Encrypt \d+ 0 R/, '')));
  assert.ok(['invalid', 'indeterminate'].includes(taken[0]!), taken.join());
});

test('damage in an encrypted file ends in a refusal or in a signature, never in another error', async () => {
  let seed = 7;
  const random = (below: number): number => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return Math.floor((seed / 2 ** 32) * below);
  };
  for (const handler of [['128', '--use-aes=y', '--'], ['256', '--']]) {
    const good = encrypted('giay-moi', '', handler);
    const at = Buffer.from(good).indexOf('/Encrypt');
    const [, num] = /\/Encrypt (\d+) 0 R/.exec(Buffer.from(good).toString('latin1', at, at + 40)) ?? [];
    const start = Buffer.from(good).indexOf(`\n${num} 0 obj`);
    for (let round = 0; round < 150; round += 1) {
      const damaged = Buffer.from(good);
      // Half of it in the encryption dictionary itself.
      for (let i = random(5); i >= 0; i -= 1) damaged[round % 2 === 0 ? start + random(900) : random(damaged.length)] = random(3) === 0 ? random(256) : 0x30 + random(10);
      const result = engine.inspect(bytesSource(damaged));
      if (!result.ok) assert.match(result.error.code, /^pdf\./);
      else assert.equal(result.value.signatures, 0);
    }
  }
  const wrong = Buffer.from(Buffer.from(encrypted('giay-moi', '', ['128', '--use-aes=y', '--'])).toString('latin1').replace('/AESV2', '/AESV3'), 'latin1');
  assert.deepEqual(engine.inspect(bytesSource(wrong)), { ok: false, error: { code: 'pdf.encrypted', params: { filter: '/StdCF' } } });
});

test('a signed file whose encryption is changed afterwards is invalid', async () => {
  const input = encrypted('giay-moi', '', ['256', '--']);
  const once = await signed(input, undefined);
  const file = openPdf(bytesSource(once));
  assert.ok(file.ok);
  const { num, gen } = file.value.trailer.entries.get('Encrypt') as { num: number; gen: number };
  const held = Buffer.from(once).toString('latin1').match(new RegExp(`\\n${num} ${gen} obj\\n(<<[\\s\\S]*?>>)\\nendobj`))![1]!;
  const body = `\n${num} ${gen} obj\n${held.replace(/\/P -?\d+/, `/P -12`)}\nendobj\n`;
  const at = once.length;
  const trailer = Buffer.from(once).toString('latin1').slice(Buffer.from(once).lastIndexOf('trailer'));
  const changed = Buffer.concat([once, Buffer.from(`${body}xref\n${num} 1\n${String(at + 1).padStart(10, '0')} 00000 n\r\n${trailer.replace(/\/Prev \d+/, `/Prev ${file.value.startXref}`).replace(/startxref\n\d+/, `startxref\n${at + body.length}`)}`, 'latin1')]);
  const judged = await verdicts(changed);
  assert.equal(judged[0], 'invalid', judged.join());
});
