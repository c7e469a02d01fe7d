import type { ByteSource } from '../ports/bytes.ts';
import type { BuiltUpdate } from '../pdf/index.ts';
import { byteRangeText, type SignatureBody } from './signature-dictionary.ts';

/** A built update with a signature dictionary whose /ByteRange and /Contents are still blank. */
export type Reserved = { readonly built: BuiltUpdate; readonly body: SignatureBody; readonly num: number };

/** Builds the update with room for so many bytes in /Contents. Asked again with more when they do not do. */
export type Reserve = (contentsBytes: number) => Reserved;

/** `tail` with its /ByteRange written. The gap, from `<` to `>`, counts from the tail's start. */
export type OpenGap = { readonly tail: Buffer; readonly gap: { readonly start: number; readonly end: number }; readonly range: readonly [number, number, number, number] };

/** The range covers `input ++ tail` but for the gap (ISO 32000-2 12.8.1). */
export function openGap(input: ByteSource, { built, body, num }: Reserved): OpenGap {
  const tail = Buffer.from(built.tail);
  const at = built.bodies.get(num);
  if (at === undefined) throw new Error('the signature dictionary is not in the update');
  const gap = { start: at + body.contents.start, end: at + body.contents.end };
  const afterGap = input.sizeBytes + gap.end;
  const range = [0, input.sizeBytes + gap.start, afterGap, input.sizeBytes + tail.length - afterGap] as const;
  tail.write(byteRangeText(range), at + body.byteRange.start, 'latin1');
  return { tail, gap, range };
}

/** Puts what signs into the gap; zeros follow it. The caller has made sure that it fits. */
export function fillGap({ tail, gap }: OpenGap, der: Uint8Array): void {
  if (der.length * 2 > gap.end - gap.start - 2) throw new Error('the reserve for /Contents is too small');
  tail.write(Buffer.from(der).toString('hex').toUpperCase(), gap.start + 1, 'latin1');
}
