import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, test, type TestContext } from 'node:test';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { bundleOptions, lookHost } from '../../build/bundle.ts';
import { bytesSource, type ByteSource } from '../../src-main/ports/bytes.ts';
import { createLook, type Look, type LookOptions } from '../../src-main/verification/look/look.ts';
import { tablePdf } from '../unit/pdf/make-pdf.ts';
import { at, letter, stream, withObjects } from './support/letter.ts';
import { assertChanged, compareWith } from './support/states.ts';

const root = join(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'van-thu-look-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const before = letter();
const changed = withObjects(before, { [at.text2]: stream('BT /F 8 Tf 100 700 Td (Khac) Tj ET') });
const fault = { status: 'not-compared', reason: 'fault', compared: 0, pages: [] };

function lookFor(t: TestContext, options: LookOptions = {}): Look {
  const look = createLook({ deadlineMs: 60_000, ...options });
  t.after(() => look.close());
  return look;
}

/** A page whose forms show forms ten times ten times…, saved twice. */
function endless(): { readonly before: Uint8Array; readonly pdf: Uint8Array } {
  const form = (next: number): Buffer => stream('/F Do '.repeat(10), `/Type /XObject /Subtype /Form /BBox [0 0 600 840] /Resources <</XObject <</F ${next} 0 R>>>>`);
  const file = tablePdf([
    '<</Type /Catalog /Pages 2 0 R>>', '<</Type /Pages /Kids [3 0 R] /Count 1>>', '<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources <</XObject <</F 5 0 R>>>> /Contents 4 0 R>>', stream('/F Do'),
    ...Array.from({ length: 9 }, (_, i) => form(6 + i)), stream('0 0 m 1 1 l S', '/Type /XObject /Subtype /Form /BBox [0 0 600 840]'),
  ]);
  return { before: file, pdf: withObjects(file, { 1: '<</Type /Catalog /Pages 2 0 R /Lang (vi)>>' }) };
}

test('two files at once are both answered, by one process, which serves the next one too', async (t) => {
  const look = lookFor(t);
  const [one, two] = await Promise.all([compareWith(look, before, changed), compareWith(look, before, withObjects(before, { [at.text1]: stream('') }))]);
  assertChanged(one, [2]);
  assertChanged(two, [1]);
  const pid = look.pid();
  assert.ok(pid !== null);
  assertChanged(await compareWith(look, before, changed), [2]);
  assert.equal(look.pid(), pid);
});

test('a process that dies while it draws is a fault, and the next question is answered by another', async (t) => {
  const look = lookFor(t);
  assertChanged(await compareWith(look, before, changed), [2]);
  const pid = look.pid();
  assert.ok(pid !== null);
  const { before: first, pdf } = endless();
  // It has begun with the file once it asks for its bytes
  const source: ByteSource = { sizeBytes: 2_000_000, read: (offset, length) => { process.kill(pid, 'SIGKILL'); return Uint8Array.from(pdf.subarray(offset, offset + length)); } };
  assert.deepEqual(await look.compare(source, [{ earlierBytes: first.length, lawful: [] }]), [fault]);
  assertChanged(await compareWith(look, before, changed), [2]);
  assert.notEqual(look.pid(), pid);
});

test('a process that dies at once, never gets ready, or talks nonsense, is a fault and keeps nothing waiting', async (t) => {
  const hosts: Readonly<Record<string, string>> = {
    dying: 'process.exit(3);', throwing: 'throw new Error("no host");', silent: 'setInterval(() => undefined, 1000);',
    foolish: `process.on('message', ({ id }) => process.send({ kind: 'page', id, state: 0, page: 'one', places: [] })); process.send({ kind: 'ready' });`,
    failing: `process.on('message', ({ id }) => process.send({ kind: 'failed', id })); process.send({ kind: 'ready' });`,
    greedy: `process.on('message', ({ id }) => process.send({ kind: 'read', id: 1, offset: 0, length: 1e12 })); process.send({ kind: 'ready' });`,
  };
  for (const [name, code] of Object.entries(hosts)) {
    const hostPath = join(folder, `${name}.mjs`);
    writeFileSync(hostPath, code);
    assert.deepEqual(await compareWith(lookFor(t, { hostPath, startMs: name === 'silent' ? 300 : 30_000 }), before, changed), fault, name);
  }
  assert.deepEqual(await compareWith(lookFor(t, { hostPath: join(folder, 'none.mjs') }), before, changed), fault, 'none');
});

test('what a process says of states that nobody asked about, or of a question before, counts for nothing', async (t) => {
  const hostPath = join(folder, 'confused.mjs');
  writeFileSync(hostPath, `
    process.on('message', ({ id }) => {
      process.send({ kind: 'page', id: id - 1, state: 0, page: 1, places: [{ page: 1, xMm: 0, yMm: 0, widthMm: 1, heightMm: 1 }] });
      process.send({ kind: 'page', id, state: 7, page: 1, places: [{ page: 1, xMm: 0, yMm: 0, widthMm: 1, heightMm: 1 }] });
      process.send({ kind: 'page', id, state: 0, page: 1, places: [] });
      process.send({ kind: 'done', id, cut: null });
    });
    process.send({ kind: 'ready' });`);
  assert.deepEqual(await compareWith(lookFor(t, { hostPath }), before, changed), { status: 'same', reason: null, compared: 1, pages: [] });
});

test('a large file is asked for where it is needed, and one that cannot be read is a fault that costs the next nothing', async (t) => {
  const look = lookFor(t);
  const size = 80 * 1024 * 1024;
  const head = Buffer.concat([before, Buffer.from(`20 0 obj\n<</Length ${size}>>\nstream\n`)]);
  const middle = '\nendstream\nendobj\n';
  const previous = /startxref\s+(\d+)/.exec(Buffer.from(before).toString('latin1', before.length - 60))?.[1];
  const filled = Buffer.from(`${middle}xref\n20 1\n${String(before.length).padStart(10, '0')} 00000 n\r\ntrailer\n<</Size 21 /Root 1 0 R /Prev ${previous}>>\nstartxref\n${head.length + size + middle.length}\n%%EOF\n`);
  const earlierBytes = head.length + size + filled.length;
  const last = Buffer.from(stream('BT /F 8 Tf 100 700 Td (Khac) Tj ET'));
  const update = Buffer.concat([Buffer.from('7 0 obj\n'), last, Buffer.from(`\nendobj\nxref\n7 1\n${String(earlierBytes).padStart(10, '0')} 00000 n\r\ntrailer\n<</Size 21 /Root 1 0 R /Prev ${head.length + size + middle.length}>>\nstartxref\n${earlierBytes + 8 + last.length + 8}\n%%EOF\n`)]);
  const parts = [[head, 0], [filled, head.length + size], [update, earlierBytes]] as const;
  let bytesRead = 0;
  const large: ByteSource = {
    sizeBytes: earlierBytes + update.length,
    read: (offset, length) => {
      const out = Buffer.alloc(Math.max(0, Math.min(length, earlierBytes + update.length - offset)), 0x20);
      bytesRead += out.length;
      for (const [part, from] of parts) for (let i = Math.max(offset, from); i < Math.min(offset + out.length, from + part.length); i += 1) out[i - offset] = part[i - from]!;
      return out;
    },
  };
  const [report] = await look.compare(large, [{ earlierBytes, lawful: [] }]);
  assert.ok(report !== undefined);
  assertChanged(report, [2]);
  assert.ok(bytesRead < 4 * 1024 * 1024, `${bytesRead} bytes read`);
  const failing: ByteSource = { sizeBytes: 5_000_000, read: () => { throw new Error('the disk is gone'); } };
  assert.deepEqual(await look.compare(failing, [{ earlierBytes: 1_000, lawful: [] }]), [fault]);
  assertChanged(await compareWith(look, before, changed), [2]);
});

test('a process without work goes by itself, and closing takes one in the middle of its work', async (t) => {
  const short = lookFor(t, { idleMs: 1 });
  assertChanged(await compareWith(short, before, changed), [2]);
  const until = Date.now() + 10_000;
  while (short.pid() !== null && Date.now() < until) await new Promise((resolve) => setImmediate(resolve));
  assert.equal(short.pid(), null);
  const look = lookFor(t);
  assertChanged(await compareWith(look, before, changed), [2]);
  const file = endless();
  let begin = (): void => undefined;
  const begun = new Promise<void>((resolve) => { begin = resolve; });
  const source: ByteSource = { sizeBytes: 2_000_000, read: (offset, length) => { begin(); return Uint8Array.from(file.pdf.subarray(offset, offset + length)); } };
  const inHand = look.compare(source, [{ earlierBytes: file.before.length, lawful: [] }]).then(([report]) => report);
  const waiting = compareWith(look, before, changed);
  await begun;
  await look.close();
  assert.deepEqual([await inHand, await waiting], [fault, fault]);
  assert.equal(look.pid(), null);
  assert.deepEqual(await compareWith(look, before, changed), fault, 'it is closed');
});

const run = promisify(execFile);
const program = (from: string, last = ''): string => `
  import { readFileSync } from 'node:fs';
  import { createLook } from ${JSON.stringify(from)};
  const bytes = readFileSync(${JSON.stringify(join(folder, 'changed.pdf'))});
  const look = createLook();
  const [report] = await look.compare({ sizeBytes: bytes.length, read: (offset, length) => bytes.subarray(offset, offset + length) }, [{ earlierBytes: ${before.length}, lawful: [] }]);
  console.log(report.status, report.pages.map(({ page }) => page).join(), look.pid());${last}`;

test('a program that has asked ends when it is done: the warm process neither holds it nor stays', { skip: process.platform === 'linux' ? false : 'looks into /proc' }, async () => {
  writeFileSync(join(folder, 'changed.pdf'), changed);
  const path = join(folder, 'program.mjs');
  writeFileSync(path, program(pathToFileURL(join(root, 'src-main/verification/look/look.ts')).href));
  const { stdout } = await run(process.execPath, [path], { timeout: 25_000 });
  assert.match(stdout, /^changed 2 \d+\n$/);
  await assertGone(Number(/\d+$/.exec(stdout.trim())?.[0]));
});

test('a process that draws without end goes with its program, however that ends', { skip: process.platform === 'linux' ? false : 'looks into /proc' }, async () => {
  writeFileSync(join(folder, 'changed.pdf'), changed);
  const file = endless();
  writeFileSync(join(folder, 'endless.pdf'), file.pdf);
  const path = join(folder, 'killed.mjs');
  writeFileSync(path, program(pathToFileURL(join(root, 'src-main/verification/look/look.ts')).href, `
    const endless = readFileSync(${JSON.stringify(join(folder, 'endless.pdf'))});
    await look.compare({ sizeBytes: endless.length, read: (offset, length) => endless.subarray(offset, offset + length) }, [{ earlierBytes: ${file.before.length}, lawful: [] }]);`));
  const child = spawn(process.execPath, [path], { stdio: ['ignore', 'pipe', 'ignore'] });
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  const pid = Number(/\d+$/.exec(String(line))?.[0]);
  assert.ok(existsSync(`/proc/${pid}`));
  child.kill('SIGKILL');
  await once(child, 'exit');
  await assertGone(pid);
});

/** Within the time that its own watchdog gives it (Linux). */
async function assertGone(pid: number): Promise<void> {
  const until = Date.now() + 10_000;
  while (existsSync(`/proc/${pid}/exe`) && Date.now() < until) await new Promise((resolve) => setTimeout(resolve, 20));
  assert.ok(!existsSync(`/proc/${pid}/exe`), `process ${pid} is still there`);
}

test('the bundled program finds the process beside its bundle', async (t) => {
  writeFileSync(join(folder, 'changed.pdf'), changed);
  // Inside the project, where the packages that stay outside of bundles are found
  mkdirSync(join(root, 'dist'), { recursive: true });
  const out = mkdtempSync(join(root, 'dist/look-'));
  t.after(() => rmSync(out, { recursive: true }));
  writeFileSync(join(out, 'program.mjs'), program(join(root, 'src-main/verification/look/look.ts')));
  await build({ ...bundleOptions, sourcemap: false, entryPoints: { main: join(out, 'program.mjs'), ...lookHost }, outdir: join(out, 'made') });
  const { stdout } = await run(process.execPath, [join(out, 'made/main.js')], { timeout: 25_000 });
  assert.match(stdout, /^changed 2 \d+\n$/);
});

test('a source of bytes is never written to, nor kept', async (t) => {
  const look = lookFor(t);
  const copy = Uint8Array.from(changed);
  await look.compare(bytesSource(copy), [{ earlierBytes: before.length, lawful: [] }]);
  assert.ok(Buffer.from(copy).equals(changed) && copy.byteLength === changed.length);
});
