import assert from 'node:assert/strict';
import { test } from 'node:test';
import { discoverDrivers, findMaker } from '../../src-main/token/discover.ts';

test('finds the vendors\' drivers where Windows puts them, the administrator\'s paths first', () => {
  const there = new Set(['C:\\Windows\\System32\\eTPKCS11.dll', 'C:\\Windows\\SysWOW64\\eTPKCS11.dll', 'C:\\Windows\\SysWOW64\\viettel-ca_v6.dll']);
  const found = discoverDrivers({ platform: 'win32', exists: (path) => there.has(path), extra: ['D:\\rieng\\token.dll'] });
  assert.deepEqual(found, ['D:\\rieng\\token.dll', 'C:\\Windows\\System32\\eTPKCS11.dll', 'C:\\Windows\\SysWOW64\\viettel-ca_v6.dll']);
});

test('gives one path for a library that lies in two folders of one Linux machine', () => {
  const there = new Set(['/usr/lib/softhsm/libsofthsm2.so', '/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so', '/usr/lib/libbit4xpki.so']);
  assert.deepEqual(discoverDrivers({ platform: 'linux', exists: (path) => there.has(path), extra: [] }), ['/usr/lib/libbit4xpki.so', '/usr/lib/softhsm/libsofthsm2.so']);
});

test('names the maker of a driver whatever the case of its file name', () => {
  assert.equal(findMaker('C:\\Windows\\System32\\BKAVCA.DLL'), 'Bkav CA');
  assert.equal(findMaker('/opt/unknown.so'), null);
});
