import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { after, before, test } from 'node:test';
import type { SignatureReport, VerificationReport } from '../../src-shared/contract/verification.ts';
import { bytesSource } from '../../src-main/ports/bytes.ts';
import { createSigningEngine } from '../../src-main/signing/engine.ts';
import { startAuthorities, type Authorities } from '../support/authorities.ts';
import { createTestPki, issueCertificate, type TestCertificate } from '../support/pki.ts';
import { createSoftKey } from '../support/soft-keys.ts';

const main = join(import.meta.dirname, '../../src-main/cli/main.ts');
const letter = join(import.meta.dirname, '../fixtures/pdf/cong-van-xa.pdf');

let dir: string;
let authorities: Authorities;
/** A folder as an archive has it: good files in two levels, one changed, one that is no PDF but says so, and a note. */
let archive: string;

before(async () => {
  dir = mkdtempSync(join(tmpdir(), 'van-thu-verify-'));
  authorities = await startAuthorities(createTestPki(join(dir, 'pki')));
  archive = join(dir, 'Lưu trữ 2026');
  mkdirSync(join(archive, 'Tháng 3'), { recursive: true });
  const signed = await signedBy(authorities.pki.leader);
  writeFileSync(join(archive, '2.pdf'), signed);
  writeFileSync(join(archive, '10.pdf'), signed);
  writeFileSync(join(archive, 'Tháng 3', '1.PDF'), signed);
  writeFileSync(join(archive, 'ghi chú.txt'), 'không phải văn bản');
});
after(async () => {
  await authorities.close();
  rmSync(dir, { recursive: true, force: true });
});

async function signedBy(who: TestCertificate, bytes: Uint8Array = new Uint8Array(readFileSync(letter))): Promise<Uint8Array> {
  const key = createSoftKey(who, 'rsa-pkcs1-sha256');
  const signed = await createSigningEngine().sign(bytesSource(bytes), { key, profile: 'office', chain: [authorities.pki.issuing.der], reason: '', location: '', at: new Date(), place: null, image: null });
  assert.ok(signed.ok, JSON.stringify(signed));
  return Buffer.concat([bytes, signed.value.tail]);
}

type Ended = { readonly status: number; readonly stdout: string; readonly stderr: string };

/** The services answer from this process: it must not stand still while the command runs. */
function vanThu(args: readonly string[]): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(process.execPath, [main, ...args], { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C.UTF-8' }, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      resolve({ status: error === null ? 0 : Number(error.code), stdout, stderr });
    });
  });
}

type Line = Pick<VerificationReport, 'verdict' | 'extent' | 'checkedAt'> & { readonly file: string; readonly signatures: readonly SignatureReport[]; readonly error?: { readonly code: string; readonly message: string } };

async function verifyLines(...args: readonly string[]): Promise<{ readonly status: number; readonly lines: readonly Line[]; readonly stderr: string }> {
  const ended = await vanThu(['verify', ...args, '--json', '--trust', authorities.pki.root.pem]);
  return { status: ended.status, lines: ended.stdout.trimEnd().split('\n').map((line) => JSON.parse(line) as Line), stderr: ended.stderr };
}

async function verifyOne(path: string, ...args: readonly string[]): Promise<{ readonly status: number; readonly report: Line }> {
  const ended = await vanThu(['verify', path, ...args, '--json', '--trust', authorities.pki.root.pem]);
  assert.equal(ended.stderr, '');
  return { status: ended.status, report: JSON.parse(ended.stdout) as Line };
}

test('a folder is judged with all that is below it, one line a file, in the order that people read names', async () => {
  const { status, lines, stderr } = await verifyLines(archive);
  assert.equal(status, 0, stderr);
  assert.deepEqual(lines.map(({ file }) => basename(file)), ['2.pdf', '10.pdf', '1.PDF']);
  assert.deepEqual(lines.map(({ verdict }) => verdict), ['valid', 'valid', 'valid']);
  assert.match(stderr, /\[3\/3\]/);
  assert.match(stderr, /3 hợp lệ, 0 không hợp lệ/);
});

test('one that is changed makes the whole 1, one that cannot be read 2, and the others are judged all the same', async () => {
  const changed = join(dir, 'changed.pdf');
  const bytes = readFileSync(join(archive, '2.pdf'));
  bytes.writeUInt8(bytes.readUInt8(1000) ^ 1, 1000);
  writeFileSync(changed, bytes);
  const bad = await verifyLines(changed, join(archive, '2.pdf'));
  assert.deepEqual([bad.status, bad.lines.map(({ verdict }) => verdict)], [1, ['invalid', 'valid']]);
  const unreadable = await verifyLines(join(dir, 'khong-co.pdf'), join(archive, '2.pdf'));
  assert.equal(unreadable.status, 2);
  assert.equal(unreadable.lines[0]?.error?.code, 'file.unreadable');
  assert.equal(unreadable.lines[1]?.verdict, 'valid');
});

test('without --json each file has its name and a sentence a signature', async () => {
  const ended = await vanThu(['verify', archive, '--trust', authorities.pki.root.pem, '--offline']);
  assert.equal(ended.status, 0, ended.stderr);
  assert.match(ended.stdout, /2\.pdf: hợp lệ\n.*Nguyễn Đức Thắng/);
});

test('--at judges at that moment, written as people write it', async () => {
  const file = join(archive, '2.pdf');
  const late = await verifyOne(file, '--at', '2060-01-01');
  assert.equal(late.report.checkedAt, '2060-01-01T16:59:59.000Z');
  const early = await verifyOne(file, '--at', '05/03/2020');
  assert.equal(early.report.checkedAt, '2020-03-05T16:59:59.000Z');
  // signed long after it
  assert.equal(early.status, 1);
  assert.equal(early.report.verdict, 'indeterminate');
  for (const wrong of ['31/02/2026', 'hôm qua', '2026-13-01', '2026-02-30T10:00']) {
    const refused = await vanThu(['verify', file, '--at', wrong]);
    assert.equal(refused.status, 2);
    assert.match(refused.stderr, /^cli\.usage: /);
  }
});

test('whoever issued the certificate is asked, and nobody with --offline: the report says which', async () => {
  const file = join(archive, '2.pdf');
  const before = authorities.count('ocsp');
  const asked = (await verifyOne(file)).report;
  assert.equal(asked.extent, 'full');
  assert.deepEqual(asked.signatures[0]?.revocations.map(({ status, source }) => [status, source]), [['good', 'asked'], ['good', 'asked']]);
  assert.ok(authorities.count('ocsp') > before);
  const offline = (await verifyOne(file, '--offline')).report;
  assert.equal(offline.extent, 'offline');
  assert.deepEqual(offline.signatures[0]?.revocations.map(({ status, unasked }) => [status, unasked]), [['unproven', 'revocation.offline'], ['unproven', 'revocation.offline']]);
});

test('who was revoked before signing is told from who was not', async () => {
  const late = issueCertificate(authorities.pki, { name: 'bi-thu-hoi', key: 'rsa2048', subject: '/C=VN/O=Ủy ban nhân dân xã Thử/CN=Trần Văn Cũ' });
  authorities.revoke(late, new Date(Date.now() - 3600_000));
  const file = join(dir, 'revoked.pdf');
  writeFileSync(file, await signedBy(late));
  const { status, report } = await verifyOne(file);
  assert.equal(status, 1);
  assert.notEqual(report.signatures[0]?.trust.revocation, 'good');
  assert.equal(report.signatures[0]?.revocations[0]?.status, 'revoked');
});

test('--report writes a PDF to keep, with the certificates and what was said of them attached', async () => {
  const file = join(archive, '2.pdf');
  const out = join(dir, 'phieu.pdf');
  const { status } = await verifyOne(file, '--report', out);
  assert.equal(status, 0);
  const text = execFileSync('pdftotext', ['-layout', out, '-'], { encoding: 'utf8' });
  assert.match(text, /PHIẾU KIỂM TRA CHỮ KÝ SỐ/);
  assert.match(text, /Nguyễn Đức Thắng/);
  assert.ok(text.includes(createHash('sha256').update(readFileSync(file)).digest('hex').slice(0, 16)));
  const attached = execFileSync('pdfdetach', ['-list', out], { encoding: 'utf8' });
  for (const kind of [/bao-cao\.json/, /\.cer/, /\.ors/]) assert.match(attached, kind);
});

test('many files get a report each, named after them; the examined file itself is never written over', async () => {
  const out = join(dir, 'các phiếu');
  const again = join(archive, 'Tháng 3', '2.pdf');
  writeFileSync(again, readFileSync(join(archive, '2.pdf')));
  const { status, stderr } = await verifyLines(archive, '--report', out, '--offline');
  assert.equal(status, 0, stderr);
  assert.deepEqual(readdirSync(out).sort(), ['1.kiem-tra.pdf', '10.kiem-tra.pdf', '2.kiem-tra-2.pdf', '2.kiem-tra.pdf']);
  const refused = await vanThu(['verify', again, '--report', again]);
  assert.equal(refused.status, 2);
  assert.match(refused.stderr, /^signing\.same-file: /);
  assert.deepEqual(readFileSync(again), readFileSync(join(archive, '2.pdf')));
});

test('pages are drawn and compared, unless told not to', async () => {
  const file = join(dir, 'two.pdf');
  const bytes = readFileSync(join(archive, '2.pdf'));
  writeFileSync(file, await signedBy(authorities.pki.organization, bytes));
  const compared = (await verifyOne(file, '--offline')).report;
  assert.deepEqual([compared.verdict, compared.signatures[0]?.look.status], ['valid-extended', 'same']);
  const not = (await verifyOne(file, '--offline', '--no-look')).report;
  assert.deepEqual([not.signatures[0]?.look.status, not.signatures[0]?.look.reason], ['not-compared', 'off']);
});
