import { promisify } from 'node:util';
import { brotliCompress, type BrotliOptions } from 'node:zlib';

/** How what is not small is packed: beside, on a thread of Node's own; a simulated world has none and does it at once. */
export type Brotli = (bytes: Uint8Array, options: BrotliOptions) => Promise<Uint8Array> | Uint8Array;

export const brotliBeside: Brotli = promisify(brotliCompress) as (bytes: Uint8Array, options: BrotliOptions) => Promise<Buffer>;
