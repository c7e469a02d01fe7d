import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { delimiter } from 'node:path';
import { test } from 'node:test';
import { discoverDrivers, findMaker } from '../../src-main/token/discover.ts';
import { discoverHere } from '../../src-main/token/discover-here.ts';

const system32 = 'C:\\Windows\\System32\\';
const sysWow64 = 'C:\\Windows\\SysWOW64\\';

/** A Windows machine with these files and no others; like Windows, it tells no case apart. */
function windowsWith(files: readonly string[], options: { readonly extra?: readonly string[]; readonly isPkcs11?: (path: string) => boolean; readonly systemRoot?: string; readonly programFiles?: string } = {}): readonly string[] {
  const there = new Set(files.map((file) => file.toLowerCase()));
  return discoverDrivers({
    platform: 'win32',
    exists: (path) => there.has(path.toLowerCase()),
    namesIn: (folder) => files.filter((file) => file.toLowerCase().startsWith(`${folder}\\`.toLowerCase())).map((file) => file.slice(folder.length + 1)),
    isPkcs11: () => true,
    extra: [],
    ...options,
  });
}

/** The drivers that makers of the country and the government's tokens come with, as the registers of tools in use name them. */
const names = `
  eTPKCS11.dll IDPrimePKCS1164.dll bit4xpki.dll bit4ipki.dll bit4opki.dll gclib.dll
  eps2003csp11.dll eps2003csp11v2.dll ShuttleCsp11_3003.dll ngp11v211.dll st3csp11.dll wdpkcs.dll acospkcs11.dll aetpkss1.dll psapkcs.dll
  ostc1_csp11.dll ostt1_csp11.dll ostt2_csp11.dll ostt3_csp11.dll opensc-pkcs11.dll
  viettel-ca.dll viettel-ca_v1.dll viettel-ca_v2.dll viettel-ca_v3.dll viettel-ca_v4.dll viettel-ca_v5.dll viettel-ca_v6.dll
  vnptca_p11_v6.dll vnptca_p11_v7.dll vnptca_p11_v8.dll vnptca_p11_v9.dll vnptca_p11_v10.dll vnpt-ca_csp11.dll vnpt-ca_v34.dll vnpt-ca_v4.dll vnpt-ca_cl_v1.dll
  fptca_v3.dll fptca_v4.dll fptca_v5.dll fptca_v6.dll fpt-ca.dll fpt-ca_v4.dll fpt-ca_v5.dll fpt-ca-stx.dll BkavCA.dll BkavCAv2S.dll BkavCAv25.dll
  nca_v4.dll nca_v5.dll nca_v6.dll nca_v7.dll nca_v8.dll nca_v9.dll nca_eps2k2a.dll nca_eps2k3a.dll CA2_csp11.dll CA2_v34.dll ncca_csp11_v1.dll
  safe-ca.dll safe-ca_v1.dll safe-ca_v2.dll efy-ca_v1.dll Vina-CA.dll
  ${Array.from({ length: 9 }, (_, index) => `Vina-CA_v${index + 2}.dll`).join(' ')} newca_v4.dll fca_v1.dll misaca_csp11_v2.dll ica_csp11_v1.dll
`.trim().split(/\s+/);

test('every driver in use is found by its name where Windows puts it, and its maker is known', () => {
  assert.equal(new Set(names).size, 76);
  for (const name of names) {
    assert.deepEqual(windowsWith([`${system32}${name}`]), [`${system32}${name}`]);
    assert.notEqual(findMaker(`${system32}${name}`), null, name);
  }
  for (const name of ['fptca_v4.so', 'libcastle.so', 'libbit4xpki.so']) assert.deepEqual(discoverDrivers({ platform: 'linux', exists: (path) => path === `/usr/lib/${name}`, extra: [] }), [`/usr/lib/${name}`]);
  assert.deepEqual(discoverDrivers({ platform: 'darwin', exists: (path) => path === '/usr/local/lib/libbit4xpki.dylib', extra: [] }), ['/usr/local/lib/libbit4xpki.dylib']);
});

test('of a driver in both widths the 64-bit one is taken; one that is there in 32 bits only is given, to be named as that', () => {
  const both = [`${system32}eTPKCS11.dll`, `${sysWow64}eTPKCS11.dll`, `${sysWow64}viettel-ca_v6.dll`];
  assert.deepEqual(windowsWith(both), [`${system32}eTPKCS11.dll`, `${sysWow64}viettel-ca_v6.dll`]);
});

test('Windows and its programs are looked for where they are on this machine', () => {
  const there = ['E:\\WinNT\\System32\\wdpkcs.dll', 'F:\\Chương trình\\OpenSC Project\\OpenSC\\pkcs11\\opensc-pkcs11.dll'];
  assert.deepEqual(windowsWith(there, { systemRoot: 'E:\\WinNT', programFiles: 'F:\\Chương trình' }), there);
});

test('an administrator\'s paths come first, accents and all, and are asked even where nothing is', () => {
  const own = 'D:\\Thiết bị ký số\\Sở TT&TT\\token mới.dll';
  const missing = 'D:\\nhầm đường dẫn.dll';
  assert.deepEqual(windowsWith([own, `${system32}wdpkcs.dll`], { extra: [own, missing] }), [own, missing, `${system32}wdpkcs.dll`]);
});

test('a driver given by an administrator and found by the list is one driver, however its path is written', () => {
  assert.deepEqual(windowsWith([`${system32}BkavCA.dll`], { extra: ['c:\\windows\\system32\\bkavca.DLL'] }), ['c:\\windows\\system32\\bkavca.DLL']);
});

test('who gives the CSP means the PKCS#11 library beside it', () => {
  const there = ['D:\\ky\\viettel-ca_v7_s.dll', 'D:\\ky\\viettel-ca_v7.dll', 'D:\\ky\\alone_s.dll'];
  assert.deepEqual(windowsWith(there, { extra: ['D:\\ky\\viettel-ca_v7_S.DLL', 'D:\\ky\\alone_s.dll'] }), ['D:\\ky\\viettel-ca_v7.DLL', 'D:\\ky\\alone_s.dll']);
});

test('a driver that no list names is found by its CSP, when it exports what a driver must', () => {
  const there = ['moi-ca_v1.dll', 'moi-ca_v1_s.dll', 'other.dll', 'other_s.dll', 'single_s.dll', 'wdpkcs.dll', 'wdpkcs_s.dll'].map((name) => `${system32}${name}`);
  const isPkcs11 = (path: string): boolean => path.endsWith('moi-ca_v1.dll') || path.endsWith('wdpkcs.dll');
  assert.deepEqual(windowsWith(there, { isPkcs11 }), [`${system32}wdpkcs.dll`, `${system32}moi-ca_v1.dll`]);
});

test('gives one path for a library that lies in two folders of one Linux machine', () => {
  const there = new Set(['/usr/lib/softhsm/libsofthsm2.so', '/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so', '/usr/lib/libbit4xpki.so']);
  assert.deepEqual(discoverDrivers({ platform: 'linux', exists: (path) => there.has(path), extra: [] }), ['/usr/lib/libbit4xpki.so', '/usr/lib/softhsm/libsofthsm2.so']);
});

test('names the maker of a driver whatever the case of its file name', () => {
  assert.equal(findMaker('C:\\Windows\\System32\\BKAVCA.DLL'), 'Bkav CA');
  assert.equal(findMaker('/opt/unknown.so'), null);
});

test('this machine\'s own drivers are found, an administrator\'s from the environment first', () => {
  const found = discoverHere({ VAN_THU_TOKEN_DRIVERS: `/opt/ký số/a.so${delimiter} ${delimiter}/opt/b.so` });
  assert.deepEqual(found.slice(0, 2), ['/opt/ký số/a.so', '/opt/b.so']);
  assert.ok(found.slice(2).every((path) => existsSync(path)));
});
