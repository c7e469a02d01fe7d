import { createHash } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';

/** The thread that hashes what another copies, piece by piece out of the memory they share: hashing takes longer than copying, and the two need not wait for each other. */
const port = parentPort;
if (port === null) throw new Error('what hashes a copy is a worker thread');
const { shared, pieceBytes } = workerData as { readonly shared: SharedArrayBuffer; readonly pieceBytes: number };
const hash = createHash('sha256');

/** `slot` null: there was the last piece. */
port.on('message', ({ slot, length }: { readonly slot: number | null; readonly length: number }) => {
  if (slot === null) return port.postMessage({ sha256: hash.digest('hex') });
  hash.update(Buffer.from(shared, slot * pieceBytes, length));
  port.postMessage({ slot });
});
