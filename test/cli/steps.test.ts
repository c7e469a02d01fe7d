import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { openFileSource } from '../../src-main/backend/file-source.ts';
import { readCommand } from '../../src-main/cli/arguments.ts';
import { writeSigned } from '../../src-main/cli/write-output.ts';
import { startAuthorities, type Authorities } from '../support/authorities.ts';
import { createTestPki } from '../support/pki.ts';
import { createTestToken, type TestToken } from '../support/softhsm.ts';

const main = join(import.meta.dirname, '../../src-main/cli/main.ts');
const fixtures = join(import.meta.dirname, '../fixtures');
const letter = join(fixtures, 'pdf/cong-van-xa.pdf');
const sealImage = join(fixtures, 'images/con-dau-do.png');
const signatureImage = join(fixtures, 'images/chu-ky-lanh-dao.png');

let dir: string;
let authorities: Authorities;
let token: TestToken;

before(async () => {
  dir = mkdtempSync(join(tmpdir(), 'van-thu-cli-steps-'));
  authorities = await startAuthorities(createTestPki(join(dir, 'pki')));
  token = await createTestToken(dir, authorities.pki);
});
after(async () => {
  await authorities.close();
  rmSync(dir, { recursive: true, force: true });
});

type Ended = { readonly status: number | null; readonly stdout: string; readonly stderr: string };

/** Not `spawnSync`: the certification services answer from this very process. */
function vanThu(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended> {
  const child = spawn(process.execPath, [main, ...args], { env: { ...process.env, ...token.env, LC_ALL: 'C.UTF-8', ...env } });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => { stdout += text; });
  child.stderr.setEncoding('utf8').on('data', (text: string) => { stderr += text; });
  return new Promise((resolve) => child.on('close', (status) => resolve({ status, stdout, stderr })));
}

function withToken(cert: string): readonly string[] {
  return ['--module', token.module, '--token', token.tokenLabel, '--cert', cert, '--pin-env', 'KY_PIN', '--chain', authorities.pki.chainPem, '--trust', authorities.pki.root.pem];
}

function sign(words: readonly string[], cert = 'Lãnh đạo', env: Readonly<Record<string, string>> = {}): Promise<Ended> {
  return vanThu(['sign', ...words, ...withToken(cert)], { KY_PIN: token.pin, ...env });
}

function lines(ended: Ended): readonly Record<string, unknown>[] {
  return ended.stdout.split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as Record<string, unknown>);
}

function assertRefused(ended: Ended, code: string): void {
  assert.equal(ended.status, 2, ended.stderr);
  assert.match(ended.stderr, new RegExp(`^${code.replace('.', '\\.')}: \\S`, 'm'), ended.stderr);
}

function textOf(path: string): string {
  return execFileSync('pdftotext', ['-layout', path, '-'], { encoding: 'utf8' }).normalize('NFC');
}

async function verified(path: string): Promise<{ readonly verdict: string; readonly signatures: readonly { readonly verdict: string; readonly level: string }[] }> {
  return JSON.parse((await vanThu(['verify', path, '--json', '--trust', authorities.pki.root.pem])).stdout) as never;
}

test('the leader approves and the clerk issues where the page says, and both places are told with their confidence', async () => {
  const [approved, issued] = [join(dir, 'approved.pdf'), join(dir, 'issued.pdf')];
  const first = await sign([letter, '--out', approved, '--step', 'leader', '--auto-place', '--image', signatureImage]);
  assert.equal(first.status, 0, first.stderr);
  const place = lines(first)[0]?.['place'] as { page: number; confidence: number };
  assert.equal(place.page, 1);
  assert.ok(place.confidence > 0.7, JSON.stringify(place));
  const second = await sign([approved, '--out', issued, '--step', 'issue', '--number', '09', '--date', '05/03/2026', '--auto-place', '--image', sealImage], 'Văn thư');
  assert.equal(second.status, 0, second.stderr);
  assert.equal(execFileSync('pdfsig', ['-nocert', issued], { encoding: 'utf8' }).match(/Signature is Valid/g)?.length, 2);
  const report = await verified(issued);
  assert.deepEqual(report.signatures.map(({ verdict }) => verdict), ['valid-extended', 'valid']);
  assert.ok(readFileSync(issued).subarray(0, statSync(approved).size).equals(readFileSync(approved)), 'what was signed is a byte prefix');
});

test('every mark is signed and can be read by others', async () => {
  const cases = [
    { step: 'incoming', words: ['--number', '418', '--date', '2026-03-05', '--forward-to', 'Văn phòng', '--organization', 'UBND xã Sơn Tịnh'], seen: /ĐẾN/ },
    { step: 'copy', words: ['--form', 'trich-sao'], seen: /TRÍCH SAO; *Ủy ban nhân dân xã Sơn Tịnh;/ },
    { step: 'appendix', words: ['--number', '15/QĐ-UBND', '--date', '05/03/2026'], seen: /15\/QĐ-UBND; *05\/03\/2026;/ },
    { step: 'comment', words: ['--text', 'Giao Văn phòng tham mưu, báo cáo trước ngày 10/3.'], seen: /Giao Văn phòng tham mưu/ },
  ] as const;
  for (const { step, words, seen } of cases) {
    const out = join(dir, `${step}.pdf`);
    const ended = await sign([letter, '--out', out, '--step', step, ...words], step === 'comment' ? 'Lãnh đạo' : 'Văn thư');
    assert.equal(ended.status, 0, `${step}: ${ended.stderr}`);
    assert.match(textOf(out).replace(/\s+/g, ' '), seen, step);
    assert.match(execFileSync('pdfsig', ['-nocert', out], { encoding: 'utf8' }), /Signature is Valid/);
    assert.equal((await verified(out)).verdict, 'valid', step);
  }
});

test('a step without the words that it prints is refused by the missing one', () => {
  const cases = [
    [['--step', 'issue'], '--number'], [['--step', 'appendix', '--number', '1'], '--date'], [['--step', 'comment'], '--text'], [['--step', 'kí'], '--step kí'],
    [['--step', 'issue', '--number', '1', '--date', '31/02/2026'], '--date 31/02/2026'], [['--level', 'lt'], '--tsa'], [['--level', 'x'], '--level x'], [['--digest', 'md5'], '--digest md5'],
    [['--auto-place', '--rect', '1,1,9,9'], '--auto-place'], [['--batch', dir], '--batch'], [['--pin-pad'], '--pin-env'], [['--image-mm', '500'], '--image-mm 500'], [['--step', 'copy', '--form', 'photo'], '--form photo'],
  ] as const;
  for (const [words, missing] of cases) {
    const read = readCommand(['sign', letter, '--out', 'x.pdf', ...words, ...withToken('Lãnh đạo')]);
    assert.equal(read.ok, false, words.join(' '));
    assert.equal(read.error.code, 'cli.usage');
    assert.ok(String(read.error.params?.['what']).includes(missing), `${words.join(' ')}: ${String(read.error.params?.['what'])}`);
  }
});

test('each level is reached in one command, and another command raises it later', async () => {
  for (const [level, reached] of [['t', 'B-T'], ['lt', 'B-LT'], ['lta', 'B-LTA']] as const) {
    const out = join(dir, `level-${level}.pdf`);
    const ended = await sign([letter, '--out', out, '--level', level, '--tsa', authorities.tsaUrl]);
    assert.equal(ended.status, 0, ended.stderr);
    assert.equal(lines(ended)[0]?.['level'], reached);
    const report = await verified(out);
    assert.equal(report.signatures[0]?.level, reached, JSON.stringify(report));
  }
});

test('a time-stamp server that is down leaves a signature that a later command completes', async () => {
  const [signed, completed, again] = [join(dir, 'offline.pdf'), join(dir, 'completed.pdf'), join(dir, 'again.pdf')];
  authorities.fault('down', 'tsa');
  const ended = await sign([letter, '--out', signed, '--level', 't', '--tsa', authorities.tsaUrl]);
  authorities.fault(null);
  assert.equal(ended.status, 3, ended.stderr);
  assert.match(ended.stderr, /^timestamp\.unreachable: /m);
  assert.equal(lines(ended)[0]?.['level'], 'B-B');
  const raised = await vanThu(['augment', signed, '--out', completed, '--level', 'lta', '--tsa', authorities.tsaUrl, '--trust', authorities.pki.chainPem]);
  assert.equal(raised.status, 0, raised.stderr);
  assert.ok(readFileSync(completed).subarray(0, statSync(signed).size).equals(readFileSync(signed)), 'what was signed is a byte prefix');
  assert.equal((await verified(completed)).signatures[0]?.level, 'B-LTA');
  const unsigned = await vanThu(['augment', letter, '--out', again, '--level', 'lt', '--tsa', authorities.tsaUrl]);
  assertRefused(unsigned, 'augment.unsigned');
  assert.ok(!existsSync(again));
});

test('a folder is signed with one command; what is signed already is left, and the one bad file does not stop the rest', async () => {
  const [folder, out] = [join(dir, 'many'), join(dir, 'many-signed')];
  mkdirSync(folder);
  for (let n = 1; n <= 4; n += 1) copyFileSync(letter, join(folder, `van-ban-${n}.pdf`));
  writeFileSync(join(folder, 'hong.pdf'), 'Kính gửi');
  const ended = await sign(['--batch', folder, '--out', out, '--auto-place', '--image', signatureImage]);
  assert.equal(ended.status, 2, ended.stderr);
  assert.deepEqual(lines(ended).map(({ file, status, code }) => [file, status, code]), [['hong.pdf', 'failed', 'pdf.not-pdf'], ...[1, 2, 3, 4].map((n) => [`van-ban-${n}.pdf`, 'signed', undefined])]);
  assert.deepEqual(readdirSync(out).toSorted(), [1, 2, 3, 4].map((n) => `van-ban-${n}.pdf`));
  rmSync(join(out, 'van-ban-3.pdf'));
  const kept = readFileSync(join(out, 'van-ban-1.pdf'));
  rmSync(join(folder, 'hong.pdf'));
  const again = await sign(['--batch', folder, '--out', out, '--auto-place', '--image', signatureImage]);
  assert.equal(again.status, 0, again.stderr);
  assert.deepEqual(lines(again).map(({ file, status }) => [file, status]), [['van-ban-1.pdf', 'already'], ['van-ban-2.pdf', 'already'], ['van-ban-4.pdf', 'already'], ['van-ban-3.pdf', 'signed']]);
  assert.ok(readFileSync(join(out, 'van-ban-1.pdf')).equals(kept), 'what stood signed was not written again');
  writeFileSync(join(out, 'van-ban-2.pdf'), 'của ai khác');
  const occupied = await sign(['--batch', folder, '--out', out]);
  assert.equal(occupied.status, 2);
  assert.deepEqual(lines(occupied).filter(({ status }) => status === 'failed').map(({ file, code }) => [file, code]), [['van-ban-2.pdf', 'file.exists']]);
  assert.equal(readFileSync(join(out, 'van-ban-2.pdf'), 'utf8'), 'của ai khác');
});

test('a run of many that is killed leaves every file signed or absent, and the same command goes on', async () => {
  const [folder, out] = [join(dir, 'killed'), join(dir, 'killed-signed')];
  mkdirSync(folder);
  for (let n = 1; n <= 30; n += 1) copyFileSync(letter, join(folder, `${n}.pdf`));
  const words = ['sign', '--batch', folder, '--out', out, ...withToken('Lãnh đạo')];
  const child = spawn(process.execPath, [main, ...words], { env: { ...process.env, ...token.env, KY_PIN: token.pin } });
  await new Promise<void>((resolve) => {
    let seen = 0;
    child.stdout.on('data', (chunk: Buffer) => {
      seen += chunk.toString().split('\n').length - 1;
      if (seen >= 3) child.kill('SIGKILL');
    });
    child.on('close', () => resolve());
  });
  const left = readdirSync(out).filter((name) => name.endsWith('.pdf') && !name.startsWith('.'));
  assert.ok(left.length >= 3 && left.length < 30, String(left.length));
  for (const name of left) assert.match(execFileSync('pdfsig', ['-nocert', join(out, name)], { encoding: 'utf8' }), /Signature is Valid/, name);
  const again = await vanThu(words, { KY_PIN: token.pin });
  assert.equal(again.status, 0, again.stderr);
  assert.equal(readdirSync(out).filter((name) => name.endsWith('.pdf') && !name.startsWith('.')).length, 30);
  assert.equal(lines(again).filter(({ status }) => status === 'already').length, left.length);
});

test('a wrong PIN stops a run of many before its first file', async () => {
  const [folder, out] = [join(dir, 'pin'), join(dir, 'pin-signed')];
  mkdirSync(folder);
  for (let n = 1; n <= 3; n += 1) copyFileSync(letter, join(folder, `${n}.pdf`));
  const ended = await sign(['--batch', folder, '--out', out], 'Lãnh đạo', { KY_PIN: 'sai-ma-pin' });
  assertRefused(ended, 'token.pin-wrong');
  assert.deepEqual(readdirSync(out), []);
});

test('an encrypted file is signed with its password, and refused without it or with another', async () => {
  const locked = join(dir, 'locked.pdf');
  execFileSync('qpdf', ['--encrypt', 'mo-tep', 'chu-tep', '256', '--', letter, locked]);
  const out = join(dir, 'locked-signed.pdf');
  assertRefused(await sign([locked, '--out', out]), 'pdf.password-needed');
  assertRefused(await sign([locked, '--out', out, '--user-password-env', 'MAT_KHAU'], 'Lãnh đạo', { MAT_KHAU: 'sai' }), 'pdf.password-wrong');
  assertRefused(await sign([locked, '--out', out, '--user-password-env', 'KHONG_CO']), 'cli.usage');
  assert.ok(!existsSync(out));
  const ended = await sign([locked, '--out', out, '--user-password-env', 'MAT_KHAU', '--auto-place', '--image', signatureImage], 'Lãnh đạo', { MAT_KHAU: 'mo-tep' });
  assert.equal(ended.status, 0, ended.stderr);
  assert.match(execFileSync('pdfsig', ['-nocert', '-upw', 'mo-tep', out], { encoding: 'utf8' }), /Signature is Valid/);
  const report = await vanThu(['verify', out, '--json', '--trust', authorities.pki.root.pem, '--user-password-env', 'MAT_KHAU'], { MAT_KHAU: 'mo-tep' });
  assert.equal((JSON.parse(report.stdout) as { verdict: string }).verdict, 'valid', report.stdout);
});

test('a file that changed while it was being signed is not written', async () => {
  const [input, out] = [join(dir, 'moving.pdf'), join(dir, 'moving-signed.pdf')];
  const change: Record<string, () => void> = {
    'longer': () => writeFileSync(input, 'x', { flag: 'a' }),
    'cut off': () => truncateSync(input, 1000),
    'written anew': () => { rmSync(input); copyFileSync(letter, input); utimesSync(input, 1, 1); },
  };
  for (const [how, run] of Object.entries(change)) {
    copyFileSync(letter, input);
    const source = openFileSource(input);
    assert.ok(source.ok);
    run();
    const written = await writeSigned(input, source.value, Buffer.from('tail'), out);
    source.value.close();
    assert.equal(written.ok ? null : written.error.code, 'signing.file-changed', how);
    assert.ok(!existsSync(out));
    assert.deepEqual(readdirSync(dir).filter((name) => name.endsWith('.partial')), []);
  }
});

test('a full disk and a folder that takes no files are told by name, and nothing half-written is left', async (t) => {
  assertRefused(await sign([letter, '--out', '/proc/signed.pdf']), 'file.unwritable');
  const small = join(dir, 'small-disk');
  mkdirSync(small);
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', small]);
  if (mounted.status !== 0) return t.skip('no small disk can be mounted here (needs root)');
  try {
    assertRefused(await sign([letter, '--out', join(small, 'signed.pdf')]), 'signing.disk-full');
    assert.deepEqual(readdirSync(small), []);
    spawnSync('mount', ['-o', 'remount,ro', small]);
    assertRefused(await sign([letter, '--out', join(small, 'signed.pdf')]), 'file.unwritable');
  } finally {
    spawnSync('umount', [small]);
  }
});

test('a broken file that nobody signed is rebuilt into a copy, and a signed one is not', async () => {
  const [broken, repaired, signed] = [join(dir, 'broken.pdf'), join(dir, 'repaired.pdf'), join(dir, 'broken-signed.pdf')];
  const bytes = readFileSync(letter).toString('latin1').replace(/startxref\s+\d+/, 'startxref\n7');
  writeFileSync(broken, bytes, 'latin1');
  assertRefused(await sign([broken, '--out', repaired]), 'pdf.broken');
  const ended = await vanThu(['repair', broken, '--out', repaired]);
  assert.equal(ended.status, 0, ended.stderr);
  execFileSync('qpdf', ['--check', repaired]);
  assert.equal(textOf(repaired), textOf(letter));
  assert.equal((await sign([repaired, '--out', join(dir, 'repaired-signed.pdf')])).status, 0);
  const whole = readFileSync(join(dir, 'repaired-signed.pdf')).toString('latin1');
  writeFileSync(signed, `${whole.slice(0, whole.lastIndexOf('startxref'))}startxref\n7\n%%EOF\n`, 'latin1');
  assertRefused(await vanThu(['repair', signed, '--out', join(dir, 'no.pdf')]), 'pdf.repair-signed');
});
