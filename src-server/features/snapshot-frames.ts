import { brotliCompressSync, constants, type BrotliOptions } from 'node:zlib';
import type { OrganizationCode } from '../../src-shared/domain/ids.ts';
import type { Brotli } from '../http/brotli.ts';
import type { Tx } from '../storage/port.ts';

/** With its four bytes of length: what an inbox is usable after. */
export const firstFrameBytes = 8 * 1024;
/** What a frame holds before it is packed: twice as much from frame to frame, until a line that breaks often can still bring one whole. */
const firstText = 36 << 10;
const mostText = 256 << 10;
/** A document that would fill the first frame by itself comes after it. */
const mostFirstLine = 6 << 10;
/** So much is packed as tightly as can be; a very large unit's history behind it goes quickly. */
const tightText = 3 << 20;
/** Packed at once; more is packed beside. */
const atOnceText = 8 << 10;
const pageDocuments = 200;
const mostLines = 5000;

/** Every document of the unit, the newest change first, as frames; `onDocument` counts them. */
export async function* snapshotFrames(tx: Tx, unit: OrganizationCode, brotli: Brotli, onDocument: () => void): AsyncGenerator<Uint8Array> {
  const lines = documentLines(tx, unit, onDocument);
  const first = await takeText(lines, firstText, [], mostFirstLine);
  if (first.length === 0) return;
  const { frame, left } = await packFirst(first, brotli);
  yield frame;
  let target = firstText * 2;
  let packed = 0;
  for (let rest = left; ;) {
    const text = await takeText(lines, target, rest);
    if (text.length === 0) return;
    rest = [];
    packed += text.reduce((sum, line) => sum + line.length, 0);
    yield framed(await pack(text, packed > tightText ? 5 : 11, brotli));
    target = Math.min(target * 2, mostText);
  }
}

async function* documentLines(tx: Tx, unit: OrganizationCode, onDocument: () => void): AsyncGenerator<string> {
  for (let before: number | null = null; ;) {
    const page: Awaited<ReturnType<Tx['documents']['newestBefore']>> = await tx.documents.newestBefore(unit, before, pageDocuments);
    for (const { change } of page) {
      onDocument();
      yield JSON.stringify(change);
    }
    const last = page.at(-1);
    if (last === undefined || page.length < pageDocuments) return;
    before = last.seq;
  }
}

/** Lines until they are as long as `target` together; those longer than `most` do not count. */
async function takeText(lines: AsyncGenerator<string>, target: number, begun: readonly string[] = [], most = Number.POSITIVE_INFINITY): Promise<readonly string[]> {
  const taken = [...begun];
  for (let size = begun.reduce((sum, line) => sum + line.length, 0); size < target && taken.length < mostLines;) {
    const next = await lines.next();
    if (next.done === true) break;
    taken.push(next.value);
    if (next.value.length <= most) size += next.value.length;
  }
  return taken;
}

/** As many of the newest as fit; what does not fit is left for the next frame. */
async function packFirst(lines: readonly string[], brotli: Brotli): Promise<{ readonly frame: Uint8Array; readonly left: readonly string[] }> {
  const small = lines.filter((line) => line.length <= mostFirstLine);
  const candidates = small.length === 0 ? lines.slice(0, 1) : small;
  for (let count = candidates.length; ; count = Math.max(1, Math.floor(count * 0.85))) {
    const taken = new Set(candidates.slice(0, count));
    const packed = await pack([...taken], 11, brotli);
    if (packed.length + 4 <= firstFrameBytes || count === 1) return { frame: framed(packed), left: lines.filter((line) => !taken.has(line)) };
  }
}

async function pack(lines: readonly string[], quality: number, brotli: Brotli): Promise<Uint8Array> {
  const text = textOf(lines);
  return text.length <= atOnceText ? brotliCompressSync(text, options(quality)) : brotli(text, options(quality));
}

const textOf = (lines: readonly string[]) => Buffer.from(`${lines.join('\n')}\n`);
const options = (quality: number): BrotliOptions => ({ params: { [constants.BROTLI_PARAM_QUALITY]: quality, [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT } });

function framed(packed: Uint8Array): Uint8Array {
  const frame = Buffer.alloc(4 + packed.length);
  frame.writeUInt32BE(packed.length, 0);
  frame.set(packed, 4);
  return frame;
}
