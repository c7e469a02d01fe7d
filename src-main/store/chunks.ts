export const chunkSizeBytes = 256 * 1024;

/** The chunks of these bytes, in order; the last one may be shorter. They share memory with `bytes`. */
export function* chunksOf(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += chunkSizeBytes) yield bytes.subarray(at, Math.min(at + chunkSizeBytes, bytes.length));
}

/** Most of what an office writes is smaller. */
const firstBytes = 64 * 1024;

export type Batch = {
  readonly push: (piece: Uint8Array) => void;
  /** Hands out what is left. */
  readonly end: () => void;
};

/**
 * Gathers pieces of any length in one buffer and hands out its content every `chunks` full chunks. The buffer is used again
 * afterwards: a scan of 500 MB costs one batch of memory, not a heap of buffers for the collector. It grows to its size, so that a letter of 20 kB does not cost 4 MiB.
 */
export function createBatch(chunks: number, write: (bytes: Uint8Array) => void): Batch {
  const full = chunks * chunkSizeBytes;
  let buffer = new Uint8Array(Math.min(full, firstBytes));
  let filled = 0;
  return {
    push: (piece) => {
      for (let at = 0; at < piece.length; ) {
        const taken = Math.min(buffer.length - filled, piece.length - at);
        buffer.set(piece.subarray(at, at + taken), filled);
        filled += taken;
        at += taken;
        if (filled < buffer.length) continue;
        if (filled === full) {
          write(buffer);
          filled = 0;
        } else {
          const grown = new Uint8Array(Math.min(full, 4 * buffer.length));
          grown.set(buffer);
          buffer = grown;
        }
      }
    },
    end: () => {
      if (filled > 0) write(buffer.subarray(0, filled));
      filled = 0;
    },
  };
}
