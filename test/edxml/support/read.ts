import { readPackage, type ComingAttachment, type ReadOutcome } from '../../../src-shared/edxml/reader.ts';
import type { ReadLimits } from '../../../src-shared/edxml/limits.ts';
import { nodeDigests } from '../../../src-server/gateway/digests.ts';

export type Kept = { readonly coming: ComingAttachment; readonly bytes: Buffer };

/** Reads bytes cut into pieces of `pieceBytes`, and keeps what the sink was given. */
export async function readBytes(bytes: Uint8Array, { pieceBytes = 64 << 10, limits = {} }: { readonly pieceBytes?: number; readonly limits?: Partial<ReadLimits> } = {}): Promise<{ readonly outcome: ReadOutcome; readonly kept: readonly Kept[] }> {
  const kept: Kept[] = [];
  const outcome = await readPackage(cut(bytes, pieceBytes), {
    digests: nodeDigests,
    limits,
    sink: async (coming, content) => {
      const pieces: Uint8Array[] = [];
      for await (const piece of content) pieces.push(piece.slice());
      kept.push({ coming, bytes: Buffer.concat(pieces) });
    },
  });
  return { outcome, kept };
}

export async function* cut(bytes: Uint8Array, pieceBytes: number): AsyncGenerator<Uint8Array, void, undefined> {
  for (let at = 0; at < bytes.length; at += pieceBytes) {
    yield bytes.subarray(at, at + pieceBytes);
  }
}

export async function gather(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of stream) pieces.push(piece.slice());
  return Buffer.concat(pieces);
}
