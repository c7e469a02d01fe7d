import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { createTestPki, type TestPki } from '../support/pki.ts';
import { createTestToken, type TestToken } from '../support/softhsm.ts';

const main = join(import.meta.dirname, '../../src-main/cli/main.ts');
const fixtures = join(import.meta.dirname, '../fixtures');
const letter = join(fixtures, 'pdf/cong-van-xa.pdf');
const sealImage = join(fixtures, 'images/con-dau-do.png');
const signatureImage = join(fixtures, 'images/chu-ky-lanh-dao.png');

let dir: string;
let pki: TestPki;
let token: TestToken;

before(async () => {
  dir = mkdtempSync(join(tmpdir(), 'van-thu-cli-'));
  pki = createTestPki(join(dir, 'pki'));
  token = await createTestToken(dir, pki);
});
after(() => rmSync(dir, { recursive: true, force: true }));

type Ended = { readonly status: number | null; readonly stdout: string; readonly stderr: string };

function vanThu(args: readonly string[], env: Readonly<Record<string, string>> = {}): Ended {
  return spawnSync(process.execPath, [main, ...args], { encoding: 'utf8', env: { ...process.env, ...token.env, LC_ALL: 'C.UTF-8', ...env } });
}

function sign(input: string, out: string, changes: Readonly<Record<string, string | null>> = {}, pin: string = token.pin): Ended {
  const options: Record<string, string | null> = {
    '--out': out, '--module': token.module, '--token': token.tokenLabel, '--cert': 'Lãnh đạo', '--pin-env': 'KY_PIN', '--profile': 'office', '--reason': 'Ký duyệt', '--chain': pki.chainPem, ...changes,
  };
  return vanThu(['sign', input, ...Object.entries(options).flatMap(([name, value]) => (value === null ? [] : [name, value]))], { KY_PIN: pin });
}

/** Never half: no output and nothing left beside it. */
function assertNothingWritten(out: string): void {
  assert.ok(!existsSync(out), 'no output file');
  assert.deepEqual(readdirSync(dir).filter((name) => name.endsWith('.partial')), []);
}

function assertRefused(ended: Ended, code: string): void {
  assert.equal(ended.status, 2, ended.stderr);
  assert.match(ended.stderr, new RegExp(`^${code.replace('.', '\\.')}: \\S`), ended.stderr);
}

test('help is in both languages and ends well', () => {
  const ended = vanThu(['--help']);
  assert.equal(ended.status, 0);
  assert.match(ended.stdout, /Cách dùng · Usage/);
});

test('a wrong word is named, with exit 2', () => {
  assertRefused(vanThu(['kí']), 'cli.usage');
  assertRefused(vanThu([]), 'cli.usage');
  assertRefused(vanThu(['sign', letter, '--oute', 'x']), 'cli.usage');
  assertRefused(sign(letter, join(dir, 'x.pdf'), { '--rect': '10,20,30' }), 'cli.usage');
  assertRefused(sign(letter, join(dir, 'x.pdf'), { '--page': '0' }), 'cli.usage');
  assertRefused(sign(letter, join(dir, 'x.pdf'), {}, ''), 'cli.usage');
});

test('token list prints tokens and certificates as JSON', () => {
  const ended = vanThu(['token', 'list', '--module', token.module, '--json']);
  assert.equal(ended.status, 0, ended.stderr);
  const listed = JSON.parse(ended.stdout) as { tokens: { label: string; certificates: { thumbprint: string }[] }[] };
  assert.equal(listed.tokens[0]?.label, token.tokenLabel);
  assert.ok(listed.tokens[0]?.certificates.some((one) => one.thumbprint === token.leaderThumbprint));
});

test('token list names a driver that is not there, with exit 2', () => {
  assertRefused(vanThu(['token', 'list', '--module', join(dir, 'khong-co.so')]), 'token.driver-missing');
});

test('a visible signature made on the token is found whole by pdfsig and by the program itself', () => {
  for (const profile of ['office', 'pades']) {
    const out = join(dir, `signed-${profile}.pdf`);
    const ended = sign(letter, out, { '--profile': profile, '--page': '1', '--rect': '110,230,50,22', '--image': signatureImage });
    assert.equal(ended.status, 0, ended.stderr);
    const input = readFileSync(letter);
    assert.ok(readFileSync(out).subarray(0, input.length).equals(input), 'the input is a byte prefix');
    assert.match(execFileSync('pdfsig', ['-nocert', out], { encoding: 'utf8' }), /Signature is Valid/);
    const verified = vanThu(['verify', out, '--json', '--trust', pki.root.pem]);
    const report = JSON.parse(verified.stdout) as { verdict: string; signatures: Record<string, unknown>[]; problems: unknown[] };
    assert.equal(verified.status, report.verdict === 'valid' ? 0 : 1);
    assert.equal(report.signatures.length, 1);
    const [signature] = report.signatures;
    assert.deepEqual(Object.keys(signature ?? {}), ['field', 'revision', 'signedBytes', 'subFilter', 'signer', 'chain', 'integrity', 'coverage', 'level', 'trust', 'revocations', 'changesAfter', 'look', 'verdict', 'time', 'place', 'problems']);
    assert.equal(signature?.['integrity'], 'intact');
    assert.equal(signature?.['coverage'], 'whole-file');
    assert.equal(signature?.['subFilter'], profile === 'pades' ? 'ETSI.CAdES.detached' : 'adbe.pkcs7.detached');
    assert.equal((signature?.['signer'] as { commonName: string } | null)?.commonName, 'Nguyễn Đức Thắng');
    assert.equal(report.verdict, 'valid', verified.stdout);
  }
});

test('an invisible signature by a P-256 key named by its thumbprint verifies, and a changed byte does not', () => {
  const out = join(dir, 'ec.pdf');
  const ended = sign(letter, out, { '--cert': token.leaderEcThumbprint });
  assert.equal(ended.status, 0, ended.stderr);
  const bytes = readFileSync(out);
  const at = bytes.indexOf('stream') + 10;
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  const changed = join(dir, 'ec-changed.pdf');
  writeFileSync(changed, bytes);
  const verified = vanThu(['verify', changed, '--json', '--trust', pki.root.pem]);
  assert.equal(verified.status, 1, verified.stderr);
  assert.notEqual((JSON.parse(verified.stdout) as { verdict: string }).verdict, 'valid');
});

test('the organisation\'s signature after the leader\'s keeps the first whole, in every form of file', () => {
  for (const name of ['cong-van-xa', 'quyet-dinh-linearized-objstm']) {
    const input = join(fixtures, `pdf/${name}.pdf`);
    const once = join(dir, `${name}-1.pdf`);
    const twice = join(dir, `${name}-2.pdf`);
    assert.equal(sign(input, once, { '--rect': '110,230,50,22', '--image': signatureImage }).status, 0);
    assert.equal(sign(once, twice, { '--cert': 'Văn thư', '--rect': '90,225,36,36', '--image': sealImage, '--reason': 'Phát hành' }).status, 0);
    assert.equal(execFileSync('pdfsig', ['-nocert', twice], { encoding: 'utf8' }).match(/Signature is Valid/g)?.length, 2);
    execFileSync('qpdf', ['--check', twice]);
    const verified = vanThu(['verify', twice, '--json', '--trust', pki.root.pem]);
    assert.equal(verified.status, 0, verified.stdout);
    const report = JSON.parse(verified.stdout) as { signatures: { verdict: string; coverage: string }[] };
    assert.deepEqual(report.signatures.map(({ verdict, coverage }) => [verdict, coverage]), [['valid-extended', 'whole-revision'], ['valid', 'whole-file']]);
    const told = vanThu(['verify', twice, '--trust', pki.root.pem]).stdout;
    assert.match(told, /Nguyễn Đức Thắng, UBND xã Sơn Tịnh · \d{4}-\d\d-\d\dT[\d:]{8}\+07:00/);
  }
});

test('without the root the signature is whole but its signer is not known', () => {
  const out = join(dir, 'untrusted.pdf');
  assert.equal(sign(letter, out).status, 0);
  const verified = vanThu(['verify', out, '--json']);
  assert.equal(verified.status, 1);
  const report = JSON.parse(verified.stdout) as { verdict: string; signatures: { integrity: string; trust: { status: string } }[] };
  assert.notEqual(report.verdict, 'valid');
  assert.equal(report.signatures[0]?.integrity, 'intact');
  assert.notEqual(report.signatures[0]?.trust.status, 'trusted');
});

test('an unsigned file is not valid: exit 1', () => {
  const verified = vanThu(['verify', letter, '--json']);
  assert.equal(verified.status, 1, verified.stderr);
  assert.equal((JSON.parse(verified.stdout) as { verdict: string }).verdict, 'unsigned');
});

test('a file that cannot be read, an empty one and one that is no PDF are refused by name', () => {
  const empty = join(dir, 'empty.pdf');
  const text = join(dir, 'text.pdf');
  writeFileSync(empty, '');
  writeFileSync(text, 'Kính gửi');
  const out = join(dir, 'none.pdf');
  assertRefused(vanThu(['verify', join(dir, 'khong-co.pdf')]), 'file.unreadable');
  assertRefused(vanThu(['verify', mkdtempSync(join(dir, 'trong-'))]), 'file.no-pdf');
  assertRefused(vanThu(['verify', empty]), 'file.empty');
  assertRefused(vanThu(['verify', text]), 'pdf.not-pdf');
  assertRefused(vanThu(['verify', letter, '--trust', text]), 'file.unreadable');
  assertRefused(sign(empty, out), 'file.empty');
  assertRefused(sign(text, out), 'pdf.not-pdf');
  assertRefused(sign(join(fixtures, 'pdf/giay-moi-encrypted-password.pdf'), out), 'pdf.password-needed');
  assertNothingWritten(out);
});

test('a wrong PIN, a token and a certificate that are not there are told, and nothing is written', () => {
  const out = join(dir, 'refused.pdf');
  const wrongPin = sign(letter, out, {}, 'sai-ma-pin');
  assertRefused(wrongPin, 'token.pin-wrong');
  assert.ok(!wrongPin.stderr.includes('sai-ma-pin'));
  const noToken = sign(letter, out, { '--token': 'Khác' });
  assertRefused(noToken, 'token.absent');
  assert.match(noToken.stderr, /“Khác”.*“Thử nghiệm”/s);
  const noCertificate = sign(letter, out, { '--cert': 'Giám đốc' });
  assertRefused(noCertificate, 'token.certificate-missing');
  assert.match(noCertificate.stderr, /“Giám đốc”.*“Lãnh đạo”/s);
  assertRefused(sign(letter, out, { '--cert': 'CA' }), 'token.key-missing');
  assertRefused(sign(letter, out, { '--cert': 'Nguyễn Đức Thắng' }), 'cli.usage');
  assertRefused(sign(letter, out, { '--module': join(dir, 'khong-co.so') }), 'token.driver-missing');
  assertNothingWritten(out);
});

test('an image that is not a PNG with transparency and a place off the page are refused', () => {
  const out = join(dir, 'no-image.pdf');
  const jpeg = join(dir, 'not.png');
  writeFileSync(jpeg, Buffer.from('ffd8ffe000104a464946', 'hex'));
  assertRefused(sign(letter, out, { '--rect': '110,230,50,22', '--image': jpeg }), 'image.not-png');
  assertRefused(sign(letter, out, { '--rect': '500,230,50,22', '--image': signatureImage }), 'placement.outside-page');
  assertRefused(sign(letter, out, { '--rect': '110,230,50,22', '--page': '99', '--image': signatureImage }), 'pdf.no-such-page');
  assertNothingWritten(out);
});

test('the output is never the input, by whatever name', () => {
  const input = join(dir, 'self.pdf');
  copyFileSync(letter, input);
  symlinkSync(input, join(dir, 'self-symlink.pdf'));
  for (const out of [input, join(dir, 'self-symlink.pdf'), join(dir, '.', 'self.pdf')]) assertRefused(sign(input, out), 'signing.same-file');
  assert.ok(readFileSync(input).equals(readFileSync(letter)));
});

test('an existing output is replaced only by a whole new one', () => {
  const out = join(dir, 'existing.pdf');
  writeFileSync(out, 'what was there');
  assertRefused(sign(letter, out, {}, 'sai-ma-pin'), 'token.pin-wrong');
  assert.equal(readFileSync(out, 'utf8'), 'what was there');
  assert.equal(sign(letter, out).status, 0);
  assert.match(execFileSync('pdfsig', ['-nocert', out], { encoding: 'utf8' }), /Signature is Valid/);
});

test('an output folder that is not there is refused and the input stays', () => {
  assertRefused(sign(letter, join(dir, 'khong-co', 'out.pdf')), 'file.unwritable');
});
