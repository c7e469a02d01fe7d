import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { findMisfit, readBinaryFormat } from '../../src-main/token/binary-format.ts';
import { discoverDrivers } from '../../src-main/token/discover.ts';
import { isPkcs11Library } from '../../src-main/token/pe-exports.ts';

const compilers = { 64: 'x86_64-w64-mingw32-gcc', 32: 'i686-w64-mingw32-gcc' } as const;
const windows = { platform: 'win32', arch: 'x64' };
const driverSource = '__declspec(dllexport) unsigned long C_GetFunctionList(void **list) { *list = 0; return 5; }\n__declspec(dllexport) int another(void) { return 1; }\n';
const otherSource = '__declspec(dllexport) int another(void) { return 1; }\n';

let dir: string;
/** A fake drive C: with System32 and SysWOW64. */
let drive: string;

before(() => {
  dir = mkdtempSync(join(tmpdir(), 'van-thu-windows-'));
  drive = join(dir, 'Ổ đĩa C');
  for (const folder of ['System32', 'SysWOW64']) mkdirSync(join(drive, 'Windows', folder), { recursive: true });
});
after(() => rmSync(dir, { recursive: true, force: true }));

function toHere(path: string): string {
  return join(drive, ...path.replace(/^C:\\/, '').split('\\'));
}

function canCompile(bits: 64 | 32): boolean {
  return compile(bits, driverSource, join(dir, `trial-${bits}.dll`));
}

/** A real library of Windows, by mingw. */
function compile(bits: 64 | 32, source: string, path: string): boolean {
  const code = join(dir, 'source.c');
  writeFileSync(code, source);
  return spawnSync(compilers[bits], ['-shared', '-s', '-o', path, code], { stdio: 'ignore' }).status === 0 && existsSync(path);
}

function discover(): readonly string[] {
  const names = (folder: string): readonly string[] => (existsSync(toHere(folder)) ? readdirSync(toHere(folder)) : []);
  return discoverDrivers({ platform: 'win32', exists: (path) => existsSync(toHere(path)), namesIn: names, isPkcs11: (path) => isPkcs11Library(toHere(path)), extra: [] });
}

test('real 64-bit libraries of Windows are found by name and by their CSP, and fit', (t) => {
  if (!canCompile(64)) return t.skip(`no ${compilers[64]} (Debian: gcc-mingw-w64-x86-64)`);
  const at = (name: string): string => toHere(`C:\\Windows\\System32\\${name}`);
  for (const name of ['viettel-ca_v6.dll', 'ca-moi_v1.dll']) assert.ok(compile(64, driverSource, at(name)));
  for (const name of ['ca-moi_v1_s.dll', 'unrelated.dll', 'unrelated_s.dll']) assert.ok(compile(64, otherSource, at(name)));
  assert.deepEqual(discover(), ['C:\\Windows\\System32\\viettel-ca_v6.dll', 'C:\\Windows\\System32\\ca-moi_v1.dll']);
  for (const path of discover()) {
    assert.deepEqual(readBinaryFormat(toHere(path)), { system: 'windows', bits: 64 });
    assert.equal(findMisfit(toHere(path), windows), null);
  }
  assert.equal(findMisfit(at('viettel-ca_v6.dll'), { platform: 'linux', arch: 'x64' })?.code, 'token.driver-unloadable');
});

test('a real 32-bit library of Windows is named as one', (t) => {
  if (!canCompile(32)) return t.skip(`no ${compilers[32]} (Debian: gcc-mingw-w64-i686); the crafted header below stands for it`);
  const path = 'C:\\Windows\\SysWOW64\\BkavCA.dll';
  assert.ok(compile(32, driverSource, toHere(path)));
  assert.ok(discover().includes(path));
  assert.ok(isPkcs11Library(toHere(path)));
  assert.deepEqual(findMisfit(toHere(path), windows), { code: 'token.driver-32-bit', params: { driver: toHere(path) } });
});

test('a driver that is in SysWOW64 only is found and named as 32-bit, from the header that such a library has', () => {
  const path = 'C:\\Windows\\SysWOW64\\nca_v9.dll';
  writeFileSync(toHere(path), craft32BitDriver());
  assert.ok(discover().includes(path));
  assert.ok(isPkcs11Library(toHere(path)));
  assert.deepEqual(findMisfit(toHere(path), windows), { code: 'token.driver-32-bit', params: { driver: toHere(path) } });
});

test('torn export tables are no drivers', () => {
  const whole = craft32BitDriver();
  const path = join(dir, 'torn.dll');
  for (let length = 0; length < whole.length; length += 13) {
    writeFileSync(path, whole.subarray(0, length));
    assert.equal(isPkcs11Library(path), false, `cut at ${length}`);
  }
  assert.equal(isPkcs11Library(join(dir, 'none.dll')), false);
});

test('Windows itself (Wine) loads what was found, by its name with Vietnamese letters too', (t) => {
  const wine = ['/usr/lib/wine/wine64', '/usr/bin/wine64', '/usr/bin/wine'].find((path) => existsSync(path));
  if (wine === undefined) return t.skip('no Wine (Debian: wine64)');
  if (!canCompile(64)) return t.skip(`no ${compilers[64]} (Debian: gcc-mingw-w64-x86-64)`);
  const prefix = join(dir, 'wine');
  const driver = join(dir, 'Thiết bị ký', 'viettel-ca_v6.dll');
  mkdirSync(join(dir, 'Thiết bị ký'));
  assert.ok(compile(64, driverSource, driver));
  const [code, program, answer] = [join(dir, 'load.c'), join(dir, 'load.exe'), join(dir, 'answer.txt')];
  writeFileSync(code, loaderSource);
  assert.equal(spawnSync(compilers[64], ['-municode', '-o', program, code], { stdio: 'ignore' }).status, 0);
  const env = { ...process.env, WINEPREFIX: prefix, WINEDEBUG: '-all', WINEDLLOVERRIDES: 'mscoree,mshtml=' };
  const ran = spawnSync(wine, [program, `Z:${driver.replaceAll('/', '\\')}`, `Z:${answer.replaceAll('/', '\\')}`], { env, stdio: 'ignore', timeout: 120_000 });
  spawnSync(join(wine, '..', 'wineserver'), ['-k', '-w'], { env, stdio: 'ignore' });
  assert.equal(ran.status, 0, 'the loader ran');
  assert.equal(readFileSync(answer, 'utf8').trim(), 'loaded, answers 5');
});

const loaderSource = `
#include <stdio.h>
#include <windows.h>
typedef unsigned long (*get_list)(void **);
int wmain(int count, wchar_t **words) {
  void *list;
  HMODULE library = LoadLibraryW(words[1]);
  get_list get = library ? (get_list)(void *)GetProcAddress(library, "C_GetFunctionList") : NULL;
  FILE *answer = _wfopen(words[2], L"w");
  if (!get) fprintf(answer, "not loaded, error %lu\\n", GetLastError());
  else fprintf(answer, "loaded, answers %lu\\n", get(&list));
  fclose(answer);
  return 0;
}
`;

/** PE32 for i386 with one section, whose export table names C_GetFunctionList (Microsoft PE format). */
function craft32BitDriver(): Buffer {
  const [coff, optionalBytes, rva, file] = [0x80, 224, 0x1000, 0x200];
  const bytes = Buffer.alloc(0x400);
  bytes.write('MZ', 0, 'latin1');
  bytes.writeUInt32LE(coff, 0x3c);
  bytes.write('PE\0\0', coff, 'latin1');
  bytes.writeUInt16LE(0x014c, coff + 4);
  bytes.writeUInt16LE(1, coff + 6);
  bytes.writeUInt16LE(optionalBytes, coff + 20);
  bytes.writeUInt16LE(0x10b, coff + 24);
  bytes.writeUInt32LE(rva, coff + 24 + 96);
  const section = coff + 24 + optionalBytes;
  bytes.writeUInt32LE(0x200, section + 8);
  bytes.writeUInt32LE(rva, section + 12);
  bytes.writeUInt32LE(0x200, section + 16);
  bytes.writeUInt32LE(file, section + 20);
  bytes.writeUInt32LE(1, file + 24);
  bytes.writeUInt32LE(rva + 0x40, file + 32);
  bytes.writeUInt32LE(rva + 0x1ec, file + 0x40);
  bytes.write('C_GetFunctionList\0', file + 0x1ec, 'latin1');
  return bytes;
}
