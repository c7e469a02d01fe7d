export const chunkSizeBytes = 256 * 1024;

export type ChunkCutter = {
  /** The full chunks that this piece completes. */
  readonly push: (piece: Uint8Array) => readonly Uint8Array[];
  /** What is left, shorter than a chunk; null when nothing is. */
  readonly end: () => Uint8Array | null;
};

/** Cuts pieces of any length into chunks of 256 KiB. What it returns is its own copy. */
export function createChunkCutter(): ChunkCutter {
  let filling = new Uint8Array(chunkSizeBytes);
  let filled = 0;
  return {
    push: (piece) => {
      const full: Uint8Array[] = [];
      let at = 0;
      while (at < piece.length) {
        const taken = Math.min(chunkSizeBytes - filled, piece.length - at);
        filling.set(piece.subarray(at, at + taken), filled);
        filled += taken;
        at += taken;
        if (filled === chunkSizeBytes) {
          full.push(filling);
          filling = new Uint8Array(chunkSizeBytes);
          filled = 0;
        }
      }
      return full;
    },
    end: () => (filled === 0 ? null : filling.slice(0, filled)),
  };
}
