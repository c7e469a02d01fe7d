import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, test, type TestContext } from 'node:test';
import { describeError } from '../../src-shared/errors.ts';
import type { ErrorCode } from '../../src-shared/errors.ts';
import type { Result } from '../../src-shared/result.ts';
import type { Updates } from '../../src-main/updates/updates.ts';
import { tempDir } from '../server/office.ts';
import { makePackage, makeRelease, newKey, publisher, writeKeys, type Made, type MakeOptions } from './releases.ts';
import { changeByte, isReady, openScene, reached } from './scene.ts';
import { createUpdates } from '../../src-main/updates/updates.ts';

const pieceBytes = 50_000;

type Bench = { readonly dir: string; readonly make: (options?: Partial<MakeOptions>) => Made; readonly open: (changes?: { readonly installed?: string; readonly keysFile?: string; readonly dir?: string }) => Updates; readonly keysFile: string };

function bench(t: TestContext): Bench {
  const root = tempDir(t);
  const keysFile = writeKeys(path.join(root, 'keys.json'));
  const dir = path.join(root, 'updates');
  return {
    dir, keysFile, make: (options = {}) => makeRelease(path.join(root, 'made'), { version: '1.2.0', ...options }),
    open: ({ installed = '1.0.0', keysFile: keys = keysFile, dir: at = dir } = {}) => createUpdates({ dir: at, keysFile: keys, installed, platform: 'win32-x64', now: () => new Date(), log: () => undefined }),
  };
}

async function bring(updates: Updates, file: string): Promise<Result<null>> {
  const bytes = readFileSync(file);
  for (let at = 0; ; at += pieceBytes) {
    const last = at + pieceBytes >= bytes.length;
    const loaded = await updates.load(at, bytes.length, bytes.subarray(at, at + pieceBytes));
    if (!loaded.ok || last) return loaded;
  }
}

function isRefused(result: Result<null>, code: ErrorCode, sentence: RegExp): void {
  assert.ok(!result.ok);
  assert.equal(result.error.code, code);
  assert.match(describeError(result.error), sentence);
  assert.ok(describeError(result.error, 'en').length > 20);
}

describe('what the server offers and the publisher did not sign so is refused, with its code and its sentence, and nothing is fetched', () => {
  const cases: readonly (readonly [string, (bench: Bench) => { readonly made: Made; readonly updates: Updates }, ErrorCode, RegExp])[] = [
    ['a changed manifest', ({ make, open }) => {
      const made = make();
      return { made: { ...made, signed: { ...made.signed, manifest: made.signed.manifest.replace('"1.2.0"', '"1.9.0"') } }, updates: open() };
    }, 'update.signature-invalid', /đã bị sửa/],
    ['a signature of another text', ({ make, open }) => {
      const [made, other] = [make(), make({ version: '1.3.0' })];
      return { made: { ...made, signed: { ...made.signed, signatures: other.signed.signatures } }, updates: open() };
    }, 'update.signature-invalid', /đã bị sửa/],
    ['a publisher that is not known', ({ make, open }) => ({ made: make({ keys: [newKey()] }), updates: open() }), 'update.key-unknown', /không do nơi phát hành/],
    ['a program that knows no key', ({ make, open, dir }) => ({ made: make(), updates: open({ keysFile: path.join(dir, 'none.json') }) }), 'update.key-unknown', /không do nơi phát hành/],
    ['an older version', ({ make, open }) => ({ made: make(), updates: open({ installed: '1.3.0' }) }), 'update.not-newer', /1\.2\.0, không mới hơn phiên bản 1\.3\.0/],
    ['the version that runs', ({ make, open }) => ({ made: make(), updates: open({ installed: '1.2.0' }) }), 'update.not-newer', /không mới hơn/],
    ['a way back that is signed for another version', ({ make, open }) => ({ made: make({ rollbackFrom: ['1.4.0'] }), updates: open({ installed: '1.3.0' }) }), 'update.not-newer', /không tự lùi/],
    ['another kind of machine', ({ make, open }) => ({ made: make({ platform: 'win32-ia32' }), updates: open() }), 'update.other-platform', /loại máy khác/],
  ];
  for (const [name, arrange, code, sentence] of cases) {
    test(name, async (t) => {
      const { made, updates } = arrange(bench(t));
      isRefused(await updates.take(made.signed), code, sentence);
      assert.deepEqual([await updates.next(), updates.state().release, updates.state().problem?.code], [null, null, code]);
    });
  }
});

test('a key is renewed by signing with both: a desk that knows either takes it, and a forged one beside a good one takes none', async (t) => {
  const { make, open, dir } = bench(t);
  const next = newKey();
  const made = make({ keys: [publisher, next] });
  const [first, second] = made.signed.signatures;
  assert.ok(first !== undefined && second !== undefined);
  for (const [keys, forged, code] of [[[publisher], false, null], [[next], false, null], [[publisher, next], false, null], [[publisher, next], true, 'update.signature-invalid']] as const) {
    const at = path.join(dir, `${keys.length}${forged}${keys[0] === next}`);
    const updates = open({ dir: at, keysFile: writeKeys(path.join(at, 'keys.json'), keys) });
    const taken = await updates.take(forged ? { ...made.signed, signatures: [first, { ...second, signature: first.signature }] } : made.signed);
    assert.equal(taken.ok ? null : taken.error.code, code);
  }
});

test('a way back is taken by the version that it is signed for', async (t) => {
  const { make, open } = bench(t);
  const updates = open({ installed: '1.3.0' });
  assert.deepEqual(await updates.take(make({ rollbackFrom: ['1.3.0'] }).signed), { ok: true, value: null });
  assert.equal(updates.state().release?.rollback, true);
});

test('a required version is told with the oldest that may still be used', async (t) => {
  const { make, open } = bench(t);
  const updates = open();
  await updates.take(make({ minimum: '1.1.0' }).signed);
  assert.equal(updates.state().minimum, '1.1.0');
});

describe('a package from a stick is checked as what comes by line', () => {
  test('a good one is ready at once, also where the same was half fetched', async (t) => {
    const { make, open, dir } = bench(t);
    const made = make({ sizeBytes: 400_000 });
    const updates = open();
    await updates.take(made.signed);
    await updates.next();
    await updates.put(0, made.bytes.subarray(0, 100_000));
    assert.deepEqual(await bring(updates, await makePackage(made)), { ok: true, value: null });
    assert.ok(isReady(updates.state()));
    assert.ok(readFileSync(path.join(dir, 'Van-Thu-Setup-1.2.0.exe')).equals(made.bytes));
    assert.deepEqual(readdirSync(dir).sort(), ['Van-Thu-Setup-1.2.0.exe', 'release.json', 'state.json']);
    assert.deepEqual(await updates.take(null), { ok: true, value: null });
    assert.ok(isReady(updates.state()), 'the server’s silence does not take it away');
  });

  const forgeries: readonly (readonly [string, (file: string, made: Made, bench: Bench) => Promise<void> | void, ErrorCode, RegExp])[] = [
    ['a changed byte of the installer', (file) => changeByte(file, readFileSync(file), readFileSync(file).length - 7), 'update.damaged', /không khớp với chữ ký/],
    ['a changed word of the manifest', (file) => {
      const bytes = readFileSync(file);
      bytes.write('1.9', bytes.indexOf('1.2.0'));
      writeFileSync(file, bytes);
    }, 'update.signature-invalid', /đã bị sửa/],
    ['a stranger’s key', async (file, _made, { make }) => void (await makePackage(make({ keys: [newKey()] }), file)), 'update.key-unknown', /không do nơi phát hành/],
    ['a file cut short', (file) => truncateSync(file, readFileSync(file).length - 1000), 'update.wrong-size', /dài 199000 byte, phải là 200000 byte/],
    ['bytes behind its end', (file) => writeFileSync(file, 'more', { flag: 'a' }), 'update.wrong-size', /200004/],
    ['another installer behind a true manifest', async (file, made, { make }) => void (await makePackage({ file: make({ version: '6.6.6' }).file, signed: made.signed }, file)), 'update.damaged', /không khớp/],
    ['an older version', async (file, _made, { make }) => void (await makePackage(make({ version: '0.9.0' }), file)), 'update.not-newer', /không mới hơn/],
    ['any other file', (file) => writeFileSync(file, 'MZ'.repeat(1000)), 'update.unreadable', /không phải gói cập nhật/],
    ['an empty head', (file) => writeFileSync(file, 'VTCAPNHAT\r\n\x1a\x01'), 'update.unreadable', /không phải gói cập nhật/],
  ];
  for (const [name, forge, code, sentence] of forgeries) {
    test(name, async (t) => {
      const scene = bench(t);
      const made = scene.make();
      const file = await makePackage(made);
      await forge(file, made, scene);
      const updates = scene.open();
      isRefused(await bring(updates, file), code, sentence);
      assert.deepEqual([updates.state().release, readdirSync(scene.dir)], [null, []], 'nothing of it stays');
    });
  }

  test('a piece that does not follow the one before is refused', async (t) => {
    const { open } = bench(t);
    isRefused(await open().load(1000, 5000, Buffer.alloc(1000)), 'input.invalid', /không đúng mẫu/);
  });
});

test('on a full disk what was fetched stays, the person is told how much is missing, and it goes on when there is room', async (t) => {
  const dir = mkdtempSync(path.join(tmpdir(), 'van-thu-'));
  const mounted = process.platform === 'linux' && spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', dir]).status === 0;
  t.after(() => {
    if (mounted) spawnSync('umount', ['-l', dir]);
    rmSync(dir, { recursive: true, force: true });
  });
  if (!mounted) {
    t.skip('NO SMALL DISK: mounting one takes root on Linux');
    return;
  }
  const { open, desk, made } = await openScene(t, { version: '1.2.0', sizeBytes: 2_000_000, pieceBytes: 256 * 1024 });
  const updates = open({ dir });
  const filler = path.join(dir, 'filler');
  let filled = false;
  updates.onChanged(({ release }) => {
    if (filled || (release?.receivedBytes ?? 0) < 300_000) return;
    filled = true;
    assert.throws(() => writeFileSync(filler, Buffer.alloc(6 << 20, 1)), /ENOSPC/);
  });
  const line = await desk(updates);
  line.sync.start();
  const full = await reached(updates, ({ waitsFor }) => waitsFor === 'room');
  assert.deepEqual([full.problem?.code, full.release?.ready, existsSync(path.join(dir, 'Van-Thu-Setup-1.2.0.exe.part'))], ['update.no-room', false, true]);
  const before = full.release?.receivedBytes ?? 0;
  assert.ok(before >= 300_000);
  rmSync(filler);
  line.sync.fetchUpdate();
  const { problem, waitsFor } = await reached(updates, isReady);
  assert.deepEqual([problem, waitsFor], [null, null]);
  assert.ok(readFileSync(path.join(dir, 'Van-Thu-Setup-1.2.0.exe')).equals(made.bytes));
});
