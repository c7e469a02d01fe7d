import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { getCurrentFuseWire } from '@electron/fuses';
import { compute } from '../../build/packaging/computed.ts';
import { hashOfHeader, listAsar } from './support/asar.ts';
import { pack, readIntegrity } from './support/pack.ts';

const dir = mkdtempSync(join(tmpdir(), 'van-thu-package-win-'));
after(() => rmSync(dir, { recursive: true, force: true }));
const notHere = process.platform === 'win32' ? false : 'needs Windows: NSIS, signtool and the win32 build of the canvas (npm installs binaries of its own system alone)';

describe('packed for Windows', () => {
  let folder = '';
  let program = '';
  before(async () => {
    folder = await pack(dir, 'win');
    program = join(folder, readdirSync(folder).find((name) => name.endsWith('.exe')) ?? assert.fail('no program'));
  });

  test('the program holds its asar to the hash of its header', () => {
    assert.deepEqual(readIntegrity(readFileSync(program)), [{ file: 'resources\\app.asar', alg: 'SHA256', value: hashOfHeader(join(folder, 'resources/app.asar')) }]);
  });

  test('the store’s binary is the one for Windows, and no other system’s comes along', () => {
    const natives = listAsar(join(folder, 'resources/app.asar')).map(({ path }) => path).filter((path) => /prebuilds|canvas-/.test(path));
    assert.deepEqual(natives.filter((path) => path.includes('prebuilds')), ['node_modules/better-sqlite3/prebuilds/win32-x64.node']);
    assert.deepEqual(natives.filter((path) => /canvas-(?!win32-x64)/.test(path)), []);
  });

  test('the fuses are set there too', async () => {
    const wire = await getCurrentFuseWire(program);
    assert.equal([0, 1, 2, 3, 4, 5, 6, 7].map((at) => String.fromCharCode(wire[at as 0] ?? 0)).join(''), '11001100');
  });

  test('the canvas of Windows is there', { skip: notHere }, () => {
    assert.ok(existsSync(join(folder, 'resources/app.asar.unpacked/node_modules/@napi-rs/canvas-win32-x64-msvc')));
  });

  test('the installer is made, speaks Vietnamese and is signed', { skip: notHere === false ? 'made by .github/workflows/windows.yml' : notHere }, () => assert.fail());
});

describe('the packaging of Windows', () => {
  test('makes an installer for the machine with a ZIP beside it, and one for a person who may not install for everyone', () => {
    const machine = compute({});
    const user = compute({ VAN_THU_INSTALL: 'user' });
    const targets = ({ win }: typeof machine): readonly unknown[] => ((win?.target ?? []) as readonly { readonly target: string; readonly arch: readonly string[] }[]).map(({ target, arch }) => `${target} ${arch.join()}`);
    assert.deepEqual([targets(machine), targets(user)], [['nsis x64', 'zip x64'], ['nsis x64']]);
    assert.deepEqual([machine.nsis?.perMachine, user.nsis?.perMachine, user.nsis?.allowElevation], [true, false, false]);
    const words = readFileSync(join(import.meta.dirname, '../../electron-builder.yml'), 'utf8');
    for (const line of ['installerLanguages: [vi_VN, en_US]', 'deleteAppDataOnUninstall: false']) assert.ok(words.includes(`\n  ${line}`), line);
    assert.notEqual(machine.win?.artifactName, user.win?.artifactName);
  });

  test('takes what it signs with from the environment and from nowhere else', () => {
    const unsigned = compute({});
    assert.deepEqual([unsigned.forceCodeSigning, unsigned.win?.azureSignOptions, unsigned.win?.signtoolOptions], [false, undefined, { signingHashAlgorithms: ['sha256'] }]);
    const azure = compute({ VAN_THU_SIGN: 'required', VAN_THU_AZURE_ENDPOINT: 'https://sign.example/', VAN_THU_AZURE_ACCOUNT: 'a', VAN_THU_AZURE_PROFILE: 'p', VAN_THU_AZURE_PUBLISHER: 'CN=Tỉnh' });
    assert.deepEqual([azure.forceCodeSigning, azure.win?.signtoolOptions, azure.win?.azureSignOptions], [true, undefined, { endpoint: 'https://sign.example/', codeSigningAccountName: 'a', certificateProfileName: 'p', publisherName: 'CN=Tỉnh' }]);
    const token = compute({ VAN_THU_SIGN_SUBJECT: 'Tỉnh', VAN_THU_SIGN_TSA: 'http://tsa.example/' });
    assert.deepEqual(token.win?.signtoolOptions, { signingHashAlgorithms: ['sha256'], certificateSubjectName: 'Tỉnh', rfc3161TimeStampServer: 'http://tsa.example/' });
  });
});
