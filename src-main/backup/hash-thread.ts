import { createHash } from 'node:crypto';
import { Worker } from 'node:worker_threads';

/** From source the host is TypeScript beside this file; in a bundled program the bundler puts `hash-host.js` beside the bundle. */
const hostUrl = new URL(import.meta.url.endsWith('.ts') ? './hash-host.ts' : './hash-host.js', import.meta.url);

const slots = 4;

export type PieceHash = {
  /** The next piece to be filled, when the thread is done with what was in it. */
  readonly free: () => Promise<{ readonly slot: number; readonly piece: Buffer }>;
  /** The first `length` bytes of that piece are the next ones. */
  readonly take: (slot: number, length: number) => void;
  readonly digest: () => Promise<string>;
  readonly close: () => Promise<void>;
};

/** SHA-256 in a thread of its own, over pieces that are handed over without a copy. */
export function openHashThread(pieceBytes: number): PieceHash {
  const shared = new SharedArrayBuffer(slots * pieceBytes);
  const worker = new Worker(hostUrl, { execArgv: [], workerData: { shared, pieceBytes } });
  const done = Array.from({ length: slots }, () => Promise.resolve());
  const told: (() => void)[] = [];
  let next = 0;
  let end: (sha256: string) => void = () => undefined;
  const failed = new Promise<never>((_, reject) => {
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`what hashes a copy ended by itself (${code})`)));
  });
  // heard by whoever waits; without one it is no thrown error
  failed.catch(() => undefined);
  worker.on('message', (said: { readonly slot: number } | { readonly sha256: string }) => {
    if ('sha256' in said) end(said.sha256);
    else told[said.slot]?.();
  });
  return {
    free: async () => {
      const slot = next++ % slots;
      await Promise.race([done[slot], failed]);
      return { slot, piece: Buffer.from(shared, slot * pieceBytes, pieceBytes) };
    },
    take: (slot, length) => {
      done[slot] = new Promise((resolve) => (told[slot] = resolve));
      worker.postMessage({ slot, length });
    },
    digest: () => {
      const digest = new Promise<string>((resolve) => (end = resolve));
      worker.postMessage({ slot: null, length: 0 });
      return Promise.race([digest, failed]);
    },
    close: async () => void (await worker.terminate()),
  };
}

/** The same on the thread that asks: a piece is free for the one after the next, since what was taken may still be on its way to the disk. */
export function hashHere(pieceBytes: number): PieceHash {
  const hash = createHash('sha256');
  const pieces = [Buffer.allocUnsafe(pieceBytes), Buffer.allocUnsafe(pieceBytes)];
  let next = 0;
  return {
    free: () => {
      const slot = next++ % pieces.length;
      return Promise.resolve({ slot, piece: pieces[slot] ?? Buffer.alloc(0) });
    },
    take: (slot, length) => void hash.update(pieces[slot]?.subarray(0, length) ?? ''),
    digest: () => Promise.resolve(hash.digest('hex')),
    close: () => Promise.resolve(),
  };
}
