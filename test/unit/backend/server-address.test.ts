import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readServerAddress } from '../../../src-main/office/server-address.ts';
import { ok } from '../../../src-shared/result.ts';

test('an address is read as people write it down', () => {
  const written: readonly (readonly [typed: string, read: string])[] = [
    ['https://vanthu.quangngai.gov.vn', 'https://vanthu.quangngai.gov.vn'],
    ['vanthu.quangngai.gov.vn', 'https://vanthu.quangngai.gov.vn'],
    ['  VanThu.QuangNgai.gov.vn/  ', 'https://vanthu.quangngai.gov.vn'],
    ['https://vanthu.quangngai.gov.vn:8443/dang-nhap?x=1#y', 'https://vanthu.quangngai.gov.vn:8443'],
    ['vanthu.quangngai.gov.vn:8443', 'https://vanthu.quangngai.gov.vn:8443'],
    ['https://mai:mat-khau@vanthu.quangngai.gov.vn', 'https://vanthu.quangngai.gov.vn'],
  ];
  for (const [typed, read] of written) assert.deepEqual(readServerAddress(typed), ok(read), typed);
});

test('in the clear it goes to this very machine and nowhere else, however the number is written', () => {
  for (const typed of ['http://127.0.0.1:8480', 'http://localhost:8480', 'http://[::1]:8480', 'http://127.1:8480', 'http://0x7f.0.0.1', 'http://2130706433']) assert.equal(readServerAddress(typed).ok, true, typed);
  for (const typed of ['http://vanthu.quangngai.gov.vn', 'http://127.0.0.1.nip.example', 'http://localhost.example', 'http://10.0.0.1', 'http://[::ffff:10.0.0.1]', 'http://127.0.0.1@vanthu.example', 'ftp://127.0.0.1', 'ws://127.0.0.1']) {
    assert.deepEqual(readServerAddress(typed), { ok: false, error: { code: 'session.insecure-address' } }, typed);
  }
});

test('what is no address is told as one that nobody answers at', () => {
  for (const typed of ['máy chủ của tỉnh', 'https://', 'https:///x y', 'a b', 'file:///etc/passwd']) assert.deepEqual(readServerAddress(typed), { ok: false, error: { code: 'session.unreachable', params: { server: typed } } }, typed);
});
