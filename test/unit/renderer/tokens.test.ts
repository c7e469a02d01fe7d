import assert from 'node:assert/strict';
import { test } from 'node:test';
import { translate, type Translate } from '../../../src-renderer/i18n/translate.ts';
import { reportText } from '../../../src-renderer/features/tokens/report-text.ts';
import { diagnose } from '../../../src-renderer/features/tokens/diagnose.ts';
import type { DriverInfo, TokenCertificate, TokenInfo } from '../../../src-shared/contract/signing.ts';

const now = Date.parse('2026-11-22T03:00:00Z');
const certificate: TokenCertificate = {
  thumbprint: 'a'.repeat(64), label: '', commonName: 'Nguyễn Đức Thắng', organization: 'UBND xã', issuer: 'CA', notBefore: '2026-01-01T00:00:00Z', notAfter: '2028-01-01T00:00:00Z',
  holder: 'person', hasPrivateKey: true, usable: 'ok',
};
const pin = { countLow: false, finalTry: false, locked: false, pad: false };
const token: TokenInfo = { driver: 'p11.dll', label: 'Token', serial: '1', pin, certificates: [certificate] };
const working: DriverInfo = { driver: 'p11.dll', problem: null };
const failing = (code: string): DriverInfo => ({ driver: 'p11.dll', problem: { code, message: 'vì sao' } });

test('a loose USB is told from a missing driver, a 32-bit one and a broken one', () => {
  const told = (drivers: readonly DriverInfo[]) => { const { advice, failed, detail } = diagnose({ tokens: [], drivers }, now); return [advice, failed, detail]; };
  assert.deepEqual(told([]), ['driver-missing', 'driver', null]);
  assert.deepEqual(told([failing('token.driver-missing')]), ['driver-missing', 'driver', null]);
  assert.deepEqual(told([failing('token.driver-32-bit')]), ['driver-32-bit', 'driver', 'vì sao']);
  assert.deepEqual(told([failing('token.driver-unloadable')]), ['driver-broken', 'driver', 'vì sao']);
  // another maker's broken driver is no reason when one that works sees no device
  assert.deepEqual(told([failing('token.driver-unloadable'), working]), ['device-absent', 'device', null]);
  // one of 32 bits may be the very one that the device wants: it is named
  assert.deepEqual(told([failing('token.driver-32-bit'), working]), ['device-absent', 'device', 'vì sao']);
});

test('a token without a key, with a spent certificate and with a locked PIN each fail on their own rung', () => {
  const told = (one: TokenInfo) => { const { advice, failed } = diagnose({ tokens: [one], drivers: [working] }, now); return [advice, failed]; };
  assert.deepEqual(told({ ...token, certificates: [{ ...certificate, hasPrivateKey: false }] }), ['certificate-none', 'certificate']);
  assert.deepEqual(told({ ...token, certificates: [{ ...certificate, usable: 'expired' }] }), ['certificate-expired', 'certificate']);
  assert.deepEqual(told({ ...token, certificates: [{ ...certificate, usable: 'weak-key' }] }), ['certificate-unusable', 'certificate']);
  assert.deepEqual(told({ ...token, pin: { ...pin, locked: true } }), ['pin-locked', 'pin']);
  assert.deepEqual(told({ ...token, pin: { ...pin, finalTry: true, countLow: true } }), ['pin-final', null]);
  assert.deepEqual(told({ ...token, pin: { ...pin, countLow: true } }), ['pin-low', null]);
});

test('a good token is ready, and one that ends within sixty days says so while it still signs', () => {
  const ready = diagnose({ tokens: [token], drivers: [working] }, now);
  assert.deepEqual([ready.advice, ready.failed, ready.certificate?.daysLeft], ['ready', null, 405]);
  const soon = diagnose({ tokens: [{ ...token, certificates: [{ ...certificate, notAfter: '2027-01-15T00:00:00Z' }] }], drivers: [working] }, now);
  assert.deepEqual([soon.advice, soon.failed], ['expires-soon', null]);
});

test('of several certificates the one that can sign is looked at', () => {
  const old = { ...certificate, thumbprint: 'b'.repeat(64), usable: 'expired' as const };
  assert.equal(diagnose({ tokens: [{ ...token, certificates: [old, certificate] }], drivers: [working] }, now).certificate?.certificate.thumbprint, certificate.thumbprint);
});

test('what is copied for support names drivers, devices and certificates, and how the PIN stands', () => {
  const t: Translate = (key, params) => translate('vi', key, params);
  const text = reportText(
    { tokens: [{ ...token, pin: { ...pin, finalTry: true } }], drivers: [working, failing('token.driver-32-bit')] },
    { version: '1.2.3', at: '10:00, 22/11/2026', triedMs: 412.4 }, t, now,
  );
  assert.deepEqual(text.split('\n'), [
    'Văn Thư 1.2.3 · Thiết bị ký · 10:00, 22/11/2026',
    'Chỉ còn một lần nhập mã PIN',
    'Phần mềm của thiết bị: p11.dll — chạy được',
    'Phần mềm của thiết bị: p11.dll — token.driver-32-bit: vì sao',
    'Thiết bị: Token (1) · p11.dll',
    '  Chỉ còn một lần nhập mã PIN',
    '  Nguyễn Đức Thắng · do CA cấp · 01/01/2026 – 01/01/2028',
    'Ký thử thành công: 412 ms',
  ]);
});
