import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test, type TestContext } from 'node:test';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { bundleOptions, pageReader } from '../../../build/bundle.ts';
import { bytesSource, type ByteSource } from '../../../src-main/ports/bytes.ts';
import { createSigningEngine } from '../../../src-main/signing/engine.ts';
import { findPlaces } from '../../../src-main/signing/places/find-places.ts';
import { createPageReader, type PageReader, type PageReaderOptions } from '../../../src-main/signing/places/reader/page-reader.ts';
import { tablePdf } from '../pdf/make-pdf.ts';

const root = join(import.meta.dirname, '../../..');
const folder = mkdtempSync(join(tmpdir(), 'van-thu-reader-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const fixture = (name: string): Uint8Array => readFileSync(new URL(`../../fixtures/pdf/${name}.pdf`, import.meta.url));
const mark = { kind: 'copy', form: 'sao-y', organization: 'UBND xã Sơn Tịnh' } as const;

function readerFor(t: TestContext, options: PageReaderOptions = {}): PageReader {
  const reader = createPageReader(options);
  t.after(() => reader.close());
  return reader;
}

/** A page whose form shows a form ten times, which shows a form ten times…: a billion of them, in two kilobytes. */
function endlessPdf(): Uint8Array {
  const depth = 9;
  const stream = (content: string, resources: string): string => `<</Type /XObject /Subtype /Form /BBox [0 0 600 840] /Resources <<${resources}>> /Length ${content.length}>>\nstream\n${content}\nendstream`;
  const forms = Array.from({ length: depth }, (_, i) => stream('/F Do '.repeat(10), `/XObject <</F ${6 + i} 0 R>>`));
  return tablePdf([
    '<</Type /Catalog /Pages 2 0 R>>', '<</Type /Pages /Kids [3 0 R] /Count 1>>',
    '<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources <</XObject <</F 5 0 R>>>> /Contents 4 0 R>>', '<</Length 5>>\nstream\n/F Do\nendstream',
    ...forms, stream('0 0 m 1 1 l S', ''),
  ]);
}

test('the thread says of each fixture what is found without it, and one thread serves them all', async (t) => {
  const reader = readerFor(t);
  const threads = new Set<number | null>();
  for (const name of ['cong-van-xa', 'giay-moi-chromium', 'phu-luc', 'quyet-dinh', 'bao-cao-quy-encrypted']) {
    assert.deepEqual(await reader.read('places', bytesSource(fixture(name))), await findPlaces(bytesSource(fixture(name))), name);
    threads.add(reader.threadId());
  }
  assert.equal(threads.size, 1);
  assert.ok(!threads.has(null));
});

test('what cannot be read is refused by the thread with its reason', async (t) => {
  const engine = createSigningEngine(readerFor(t));
  const code = async (bytes: Uint8Array, password?: string): Promise<string> => {
    const found = await engine.findPlaces({ ...bytesSource(bytes), ...(password === undefined ? {} : { password }) });
    return found.ok ? 'ok' : found.error.code;
  };
  assert.equal(await code(new Uint8Array()), 'file.empty');
  assert.equal(await code(Buffer.from('PK\u0003\u0004')), 'pdf.not-pdf');
  assert.equal(await code(Buffer.from('%PDF-1.7\nnothing follows')), 'pdf.broken');
  assert.equal(await code(fixture('giay-moi-encrypted-password')), 'pdf.password-needed');
  assert.equal(await code(fixture('giay-moi-encrypted-password'), 'không phải'), 'pdf.password-wrong');
});

test('a page without end is given up at the deadline, the program works on meanwhile, and the file may still be signed where a person says', async (t) => {
  const reader = readerFor(t, { deadlineMs: 1_500 });
  const engine = createSigningEngine(reader);
  const input = bytesSource(endlessPdf());
  let turns = 0;
  const clock = setInterval(() => (turns += 1), 20);
  const began = Date.now();
  const found = await engine.findPlaces(input);
  clearInterval(clock);
  assert.ok(found.ok, JSON.stringify(found));
  const { pages, ...places } = found.value;
  assert.deepEqual(places, { signature: null, seal: null, number: null, day: null, month: null, year: null, prepared: false });
  assert.ok(pages.length === 1 && Math.abs(pages[0]!.widthMm - 210) < 0.2);
  assert.ok(turns > 10, `${turns} turns in ${Date.now() - began} ms: the program stood still`);
  assert.equal(reader.threadId(), null, 'the thread is gone with the file');
  const unplaced = await engine.previewMark(input, { at: new Date(), place: null, mark });
  assert.deepEqual(unplaced, { ok: false, error: { code: 'mark.no-room' } });
  const placed = await engine.previewMark(input, { at: new Date(), place: { page: 1, rect: { x: 100, y: 10, width: 90, height: 5 } }, mark });
  assert.ok(placed.ok);
  assert.deepEqual(await reader.read('places', bytesSource(fixture('giay-moi'))), await findPlaces(bytesSource(fixture('giay-moi'))), 'the next file is read by the next thread');
});

test('a large file is asked for where it is needed, and a source that fails says so itself', async (t) => {
  const reader = readerFor(t);
  const base = fixture('giay-moi-chromium');
  const trailer = /\/Size (\d+)[\s\S]*?\/Root (\d+ 0 R)/.exec(Buffer.from(base).toString('latin1'));
  const previous = /startxref\s+(\d+)/.exec(Buffer.from(base).toString('latin1', base.length - 60))?.[1];
  assert.ok(trailer !== null && previous !== undefined);
  const size = 80 * 1024 * 1024;
  const head = Buffer.concat([base, Buffer.from(`\n${trailer[1]} 0 obj\n<< /Length ${size} >>\nstream\n`, 'latin1')]);
  const tail = Buffer.from(`\nendstream\nendobj\nxref\n${trailer[1]} 1\n${String(base.length + 1).padStart(10, '0')} 00000 n \ntrailer\n<< /Size ${Number(trailer[1]) + 1} /Root ${trailer[2]} /Prev ${previous} >>\nstartxref\n${head.length + size + '\nendstream\nendobj\n'.length}\n%%EOF\n`, 'latin1');
  let bytesRead = 0;
  const large: ByteSource = {
    sizeBytes: head.length + size + tail.length,
    read: (offset, length) => {
      const out = Buffer.alloc(Math.max(0, Math.min(length, head.length + size + tail.length - offset)), 0x20);
      bytesRead += out.length;
      for (const [part, at] of [[head, 0], [tail, head.length + size]] as const) for (let i = Math.max(offset, at); i < Math.min(offset + out.length, at + part.length); i += 1) out[i - offset] = part[i - at]!;
      return out;
    },
  };
  assert.deepEqual(await reader.read('places', large), await findPlaces(bytesSource(base)));
  assert.ok(bytesRead < 4 * 1024 * 1024, `${bytesRead} bytes read`);
  const failing: ByteSource = { sizeBytes: 5_000_000, read: () => { throw new Error('the disk is gone'); } };
  await assert.rejects(reader.read('places', failing), /the disk is gone/);
  assert.ok(await reader.read('places', bytesSource(base)) !== 'unread', 'and the next file is read');
});

test('a thread that dies, or talks nonsense, is no reading, and keeps nothing waiting', async (t) => {
  const hosts = {
    dying: 'process.exit(3);',
    throwing: 'throw new Error("no host");',
    foolish: `import { parentPort } from 'node:worker_threads'; parentPort.on('message', () => parentPort.postMessage({ kind: 'answer', result: { ok: true, value: { pages: 'many' } } })); parentPort.postMessage({ kind: 'ready' });`,
    mad: `import { parentPort } from 'node:worker_threads'; parentPort.on('message', () => parentPort.postMessage('!')); parentPort.postMessage({ kind: 'ready' });`,
  };
  for (const [name, code] of Object.entries(hosts)) {
    const path = join(folder, `${name}.mjs`);
    writeFileSync(path, code);
    assert.equal(await readerFor(t, { hostUrl: pathToFileURL(path) }).read('places', bytesSource(fixture('giay-moi'))), 'unread', name);
  }
});

test('a thread without work goes by itself', async (t) => {
  const reader = readerFor(t, { idleMs: 1 });
  await reader.read('places', bytesSource(fixture('giay-moi')));
  const until = Date.now() + 10_000;
  while (reader.threadId() !== null && Date.now() < until) await new Promise((resolve) => setImmediate(resolve));
  assert.equal(reader.threadId(), null);
});

const run = promisify(execFile);
const program = (engine: string): string => `
  import { readFileSync } from 'node:fs';
  import { createSigningEngine } from ${JSON.stringify(engine)};
  const bytes = readFileSync(${JSON.stringify(join(root, 'test/fixtures/pdf/giay-moi.pdf'))});
  const found = await createSigningEngine().findPlaces({ sizeBytes: bytes.length, read: (offset, length) => bytes.subarray(offset, offset + length) });
  console.log(found.ok ? found.value.number.confidence : found.error.code);`;

test('a program that has read a file ends when it is done: the warm thread does not hold it', async () => {
  const path = join(folder, 'program.mjs');
  writeFileSync(path, program(pathToFileURL(join(root, 'src-main/signing/engine.ts')).href));
  const began = Date.now();
  const { stdout } = await run(process.execPath, [path], { timeout: 25_000 });
  assert.equal(stdout, '0.98\n');
  assert.ok(Date.now() - began < 25_000);
});

test('the bundled program finds the thread beside its bundle', async (t) => {
  // Inside the project, where the packages that stay outside of bundles are found
  mkdirSync(join(root, 'dist'), { recursive: true });
  const out = mkdtempSync(join(root, 'dist/reader-'));
  t.after(() => rmSync(out, { recursive: true }));
  writeFileSync(join(out, 'program.mjs'), program(join(root, 'src-main/signing/engine.ts')));
  await build({ ...bundleOptions, sourcemap: false, entryPoints: { main: join(out, 'program.mjs'), ...pageReader }, outdir: join(out, 'made') });
  const { stdout } = await run(process.execPath, [join(out, 'made/main.js')], { timeout: 25_000 });
  assert.equal(stdout, '0.98\n');
});
