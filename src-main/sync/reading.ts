import type { Time } from '../ports/time.ts';

/** A body whose head has come. `cancel` when it is done with, or has been read enough of. */
export type Opened = { readonly response: Response; readonly signal: AbortSignal; readonly cancel: () => void };

/** The body piece by piece, for as long as it moves: no byte for `silenceMs`, and it is broken off and this throws. Nothing is asked of the line between two pieces. */
export async function* readPieces({ response, signal, cancel }: Opened, time: Time, silenceMs: number): AsyncGenerator<Uint8Array> {
  const reader = response.body?.getReader();
  if (reader === undefined) return;
  const { promise: broken, reject } = Promise.withResolvers<never>();
  broken.catch(() => undefined);
  const breakOff = (): void => reject(new Error('broken off'));
  if (signal.aborted) breakOff();
  signal.addEventListener('abort', breakOff, { once: true });
  try {
    for (;;) {
      const disarm = time.after(silenceMs, () => {
        cancel();
        breakOff();
      });
      const { done, value } = await Promise.race([broken, reader.read()]).finally(disarm);
      if (done) return;
      yield value;
    }
  } finally {
    signal.removeEventListener('abort', breakOff);
  }
}

/** Null: longer than any answer. Throws where it breaks off. */
export async function readWhole(opened: Opened, time: Time, silenceMs: number, maxBytes: number): Promise<Uint8Array | null> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of readPieces(opened, time, silenceMs)) {
    size += part.length;
    if (size > maxBytes) return null;
    parts.push(part);
  }
  return parts.length === 1 && parts[0] !== undefined ? parts[0] : Buffer.concat(parts);
}
