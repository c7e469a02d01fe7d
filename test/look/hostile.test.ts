import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, test } from 'node:test';
import { deflateSync } from 'node:zlib';
import type { LookReport } from '../../src-shared/contract/verification.ts';
import { createLook, type Look } from '../../src-main/verification/look/look.ts';
import { maxProcessMb } from '../../src-main/verification/look/limits.ts';
import { onePage, tablePdf } from '../unit/pdf/make-pdf.ts';
import { at, letter, stream, withObjects } from './support/letter.ts';
import { compareWith, same } from './support/states.ts';

/** Hostile pages take all the time there is: less of it tells the same. One test below has the whole of it. */
const deadlineMs = 2_000;
const look = createLook({ deadlineMs });
/** For what has an end. */
const patient = createLook({ deadlineMs: 60_000 });
after(async () => {
  await look.close();
  await patient.close();
});

const good = letter();
/** Quick to compare, also on a busy machine. */
const small = tablePdf(onePage('', '[0 0 100 100]'));
const smallTurned = withObjects(small, { 3: '<</Type /Page /Parent 2 0 R /MediaBox [0 0 100 200]>>' });

/** One page, and an update that changes nothing: both states are as hostile. */
function hostile(content: string | Buffer, { resources = '', media = '[0 0 595 842]', objects = [] as readonly (string | Buffer)[] } = {}): { readonly before: Uint8Array; readonly pdf: Uint8Array } {
  const before = tablePdf([
    '<</Type /Catalog /Pages 2 0 R>>', '<</Type /Pages /Kids [3 0 R] /Count 1>>', `<</Type /Page /Parent 2 0 R /MediaBox ${media} /Contents 4 0 R /Resources <<${resources}>>>>`,
    Buffer.isBuffer(content) ? content : stream(content), ...objects,
  ]);
  return { before, pdf: withObjects(before, { 1: '<</Type /Catalog /Pages 2 0 R /Lang (vi)>>' }) };
}

/** The most that a drawing process held in any of these tests, MB. */
let peakMb = 0;

/** Compares, holds the time and the memory, and asks for another file afterwards: one bad file costs the next nothing. */
async function compareHostile({ before, pdf }: { readonly before: Uint8Array; readonly pdf: Uint8Array }, by: Look = look, limitMs = deadlineMs): Promise<LookReport> {
  // Warm: what is measured is the file
  assert.equal((await compareWith(by, small, smallTurned)).status, 'changed');
  const pid = by.pid();
  let longest = 0;
  let last = performance.now();
  const clock = setInterval(() => {
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
    peakMb = Math.max(peakMb, residentMb(pid));
  }, 10);
  const own = process.memoryUsage.rss();
  const began = performance.now();
  const report = await compareWith(by, before, pdf);
  const tookMs = performance.now() - began;
  clearInterval(clock);
  assert.ok(tookMs < limitMs + 500, `${tookMs.toFixed(0)} ms`);
  assert.ok(longest < 1_000, `the program stood still for ${longest.toFixed(0)} ms`);
  assert.ok(process.memoryUsage.rss() - own < 150 * 1024 * 1024, 'the program itself did not grow');
  // It is looked at every 50 ms, and takes what it takes in between
  assert.ok(peakMb < maxProcessMb * 1.25, `the drawing process had ${peakMb.toFixed(0)} MB`);
  const next = await compareWith(by, small, smallTurned);
  assert.deepEqual([next.status, next.compared], ['changed', 1], 'the next file is compared as ever');
  return report;
}

/** What a process holds, as Linux tells; 0 when it is gone, and elsewhere. */
function residentMb(pid: number | null): number {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  } catch {
    // Ended while it was looked at
    return 0;
  }
}

const time: LookReport = { status: 'not-compared', reason: 'time', compared: 0, pages: [] };
const size: LookReport = { status: 'not-compared', reason: 'size', compared: 0, pages: [] };

test('a page whose forms show forms without end is given up within five seconds', async () => {
  const form = (name: string): Buffer => stream('/F Do '.repeat(10), `/Type /XObject /Subtype /Form /BBox [0 0 600 840] /Resources <</XObject <</F ${name} 0 R>>>>`);
  const file = hostile('/F Do', { resources: '/XObject <</F 5 0 R>>', objects: [...Array.from({ length: 9 }, (_, i) => form(String(6 + i))), stream('0 0 m 1 1 l S', '/Type /XObject /Subtype /Form /BBox [0 0 600 840]')] });
  const whole = createLook();
  try {
    assert.deepEqual(await compareHostile(file, whole, 5_000), time);
  } finally {
    await whole.close();
  }
});

test('a million rectangles over the whole page, minutes for the canvas, are given up in time', async () => {
  assert.deepEqual(await compareHostile(hostile('0.5 g /A gs '.concat('0 0 595 842 re f 1 0 0 rg 0 0 595 842 re B* '.repeat(150_000)), { resources: '/ExtGState <</A <</ca 0.01 /BM /Luminosity>>>>' })), time);
});

test('a page of ten metres is too large to be drawn', async () => {
  assert.deepEqual(await compareHostile(hostile('0 0 m 9 9 l S', { media: '[0 0 28346 28346]' })), size);
});

test('a page as long as a street, and one that is nothing, do no harm', async () => {
  assert.deepEqual(await compareHostile(hostile('0 0 m 9 9 l S', { media: '[0 0 10 1000000]' })), size);
  // pdf.js takes a letter's size for a box without an area
  assert.deepEqual(await compareHostile(hostile('0 0 m 9 9 l S', { media: '[0 0 0 0]' })), same(1));
});

test('a picture of 30,000 × 30,000 pixels in two kilobytes is not drawn, and its page is not called the same', async () => {
  const side = 30_000;
  const image = stream(deflateSync(Buffer.alloc(side * 2)), `/Type /XObject /Subtype /Image /Width ${side} /Height ${side} /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /FlateDecode`);
  assert.deepEqual(await compareHostile(hostile('q 595 0 0 842 0 0 cm /P Do Q', { resources: '/XObject <</P 5 0 R>>', objects: [image] })), size);
});

test('a content stream that unpacks to a gigabyte ends with an answer', async () => {
  const bomb = deflateSync(deflateSync(Buffer.alloc(200 * 1024 * 1024, '0 0 m 9 9 l S ')));
  const report = await compareHostile(hostile(stream(bomb, '/Filter [/FlateDecode /FlateDecode]')));
  assert.equal(report.status, 'not-compared');
});

test('layers over layers, each with a bitmap of its own, are refused before they fill the memory', async () => {
  const depth = 60;
  const group = (next: number | null): Buffer => stream(next === null ? '0 0 600 840 re f' : '/A gs /F Do', `/Type /XObject /Subtype /Form /BBox [0 0 600 840] /Group <</S /Transparency /I true>> /Resources <</ExtGState <</A <</ca 0.5 /BM /Multiply>>>> ${next === null ? '' : `/XObject <</F ${next} 0 R>>`}>>`);
  const file = hostile('/A gs /F Do', { resources: '/ExtGState <</A <</ca 0.5>>>> /XObject <</F 5 0 R>>', media: '[0 0 1400 1400]', objects: Array.from({ length: depth }, (_, i) => group(i + 1 < depth ? 6 + i : null)) });
  const report = await compareHostile(file);
  assert.equal(report.status, 'not-compared', JSON.stringify(report));
});

test('pictures whose own headers say that they are a hundred times as large as the file says end with an answer', async () => {
  const side = 16_000;
  const sizes = Buffer.from([side >> 8, side & 255, side >> 8, side & 255]);
  const jpeg = Buffer.concat([
    Buffer.from('ffd8ffdb004300', 'hex'), Buffer.alloc(64, 1), Buffer.from('ffc0001108', 'hex'), sizes, Buffer.from('03012200022200032200', 'hex'),
    Buffer.from('ffc4001400', 'hex'), Buffer.from([1, ...Array<number>(15).fill(0), 0]), Buffer.from('ffc4001410', 'hex'), Buffer.from([1, ...Array<number>(15).fill(0), 0]), Buffer.from('ffda000c03010002000300003f00', 'hex'), Buffer.alloc(4096), Buffer.from('ffd9', 'hex'),
  ]);
  const large = Buffer.alloc(4);
  large.writeUInt32BE(60_000);
  const zero = Buffer.alloc(8);
  const jpeg2000 = Buffer.concat([
    Buffer.from('ff4fff51002f0000', 'hex'), large, large, zero, large, large, zero, Buffer.from('0003070101070101070101', 'hex'), Buffer.from('ff52000c00000001000504040001', 'hex'), Buffer.from('ff5c00134040484850484850484850484850484850', 'hex').subarray(0, 21),
    Buffer.from('ff90000a0000000000000001ff93', 'hex'), Buffer.alloc(2048, 7), Buffer.from('ffd9', 'hex'),
  ]);
  for (const [data, filter] of [[jpeg, 'DCTDecode'], [jpeg2000, 'JPXDecode']] as const) {
    const image = stream(data, `/Type /XObject /Subtype /Image /Width 160 /Height 160 /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /${filter}`);
    const report = await compareHostile(hostile('q 100 0 0 100 0 0 cm /P Do Q', { resources: '/XObject <</P 5 0 R>>', objects: [image] }));
    assert.notEqual(report.status, 'changed', `${filter} ${JSON.stringify(report)}`);
  }
});

test('a page that is none, one whose content is broken, and a picture that cannot be decoded are not called the same', async () => {
  const unreadable = (compared: number): LookReport => ({ status: 'not-compared', reason: 'unreadable', compared, pages: [] });
  const noPage = withObjects(good, { [at.second]: '(no page)' });
  assert.deepEqual(await compareWith(patient, noPage, withObjects(noPage, { [at.text1]: stream('BT /F 14 Tf 100 750 Td (Trang mot) Tj ET') })), unreadable(1), 'behind it pdf.js finds no other');
  const noPicture = hostile('q 100 0 0 100 0 0 cm /P Do Q', { resources: '/XObject <</P 5 0 R>>', objects: [stream('no jpeg', '/Type /XObject /Subtype /Image /Width 10 /Height 10 /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode')] });
  assert.deepEqual(await compareWith(patient, noPicture.before, noPicture.pdf), unreadable(0));
  const font = '<</Type /Font /Subtype /Type0 /BaseFont /ArialMT /Encoding /UniGB-UCS2-H /DescendantFonts [<</Type /Font /Subtype /CIDFontType2 /BaseFont /ArialMT /CIDSystemInfo <</Registry (Adobe) /Ordering (Identity) /Supplement 0>> /FontDescriptor <</Type /FontDescriptor /FontName /ArialMT /Flags 32 /FontBBox [0 0 1 1]>>>>]>>';
  const unwritten = withObjects(good, { [at.font]: font });
  assert.deepEqual(await compareWith(patient, unwritten, withObjects(unwritten, { [at.text1]: stream('BT /F 14 Tf 100 750 Td (Khac han) Tj ET') })), unreadable(0), 'a font that cannot be loaded draws nothing, on whatever page');
  const nonsense = Buffer.concat([good, Buffer.from('xref\n0 1\nnonsense\n%%EOF\n')]);
  const report = await compareWith(patient, nonsense.subarray(0, 40), nonsense);
  assert.deepEqual(report, unreadable(0));
});

test('of 51 pages 50 are compared, and a change among them is seen though not all were', async () => {
  const many = (count: number): Uint8Array => tablePdf([
    '<</Type /Catalog /Pages 2 0 R>>', `<</Type /Pages /Kids [${Array.from({ length: count }, (_, i) => `${4 + i} 0 R`).join(' ')}] /Count ${count}>>`, stream('0 0 m 9 9 l S'),
    ...Array.from({ length: count }, () => '<</Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 3 0 R>>'),
  ]);
  const harmless = { 1: '<</Type /Catalog /Pages 2 0 R /Lang (vi)>>' };
  assert.deepEqual(await compareWith(patient, many(50), withObjects(many(50), harmless)), same(50));
  assert.deepEqual(await compareWith(patient, many(51), withObjects(many(51), harmless)), { status: 'not-compared', reason: 'pages', compared: 50, pages: [] });
  const turned = withObjects(many(60), { 63: '<</Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 3 0 R /Rotate 90>>' });
  assert.equal((await compareWith(patient, many(60), turned)).status, 'not-compared', 'page 60 is beyond the limit');
  // Something lawful is said to be there: those pages come first
  const report = await compareWith(patient, many(60), turned, [{ page: 60, xMm: 0, yMm: 0, widthMm: 1, heightMm: 1 }]);
  assert.deepEqual([report.status, report.reason, report.compared, report.pages.map(({ page }) => page)], ['changed', 'pages', 50, [60]]);
});

test('what was seen before the time was over is told', async () => {
  const form = (name: string): Buffer => stream('/F Do '.repeat(10), `/Type /XObject /Subtype /Form /BBox [0 0 600 840] /Resources <</XObject <</F ${name} 0 R>>>>`);
  const endless: Record<number, string | Buffer> = { [at.text3]: stream('/F Do'), [at.third]: '<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 8 0 R /Resources <</XObject <</F 20 0 R>>>>>>' };
  for (let i = 0; i < 9; i += 1) endless[20 + i] = form(String(21 + i));
  endless[29] = stream('0 0 m 1 1 l S', '/Type /XObject /Subtype /Form /BBox [0 0 600 840]');
  const before = withObjects(good, endless);
  const hasty = createLook({ deadlineMs: 2_500 });
  try {
    const report = await compareWith(hasty, before, withObjects(before, { [at.text1]: stream('BT /F 14 Tf 100 750 Td (Trang khac) Tj ET') }));
    assert.deepEqual([report.status, report.reason, report.compared, report.pages.map(({ page }) => page)], ['changed', 'time', 2, [1]]);
  } finally {
    await hasty.close();
  }
});
