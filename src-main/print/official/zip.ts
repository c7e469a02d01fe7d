import { createHash } from 'node:crypto';
import { Zip, ZipDeflate, ZipPassThrough } from 'fflate';

/** `sha256` null: what this program just made. */
export type ZipEntry = { readonly name: string; readonly sizeBytes: number; readonly sha256: string | null; readonly packed: boolean; readonly content: () => AsyncIterable<Uint8Array> };

/** Without ZIP64, which not every archive reads, the format ends here. */
export const zipLimits = { bytes: 0xffff_ffff - (64 << 20), entries: 0xffff - 1 } as const;

/**
 * A ZIP piece by piece: never more than a piece of one content in memory. Throws where a content is not of its size and hash; the file then has no directory,
 * so that nobody takes it for whole. `at`: the date of all entries, on Vietnam's clock.
 */
export async function* zipStream(entries: readonly ZipEntry[], at: Date): AsyncIterable<Uint8Array> {
  let ready: Uint8Array[] = [];
  const zip = new Zip((error, bytes) => {
    if (error !== null) throw error;
    ready.push(bytes);
  });
  const take = function* (): Iterable<Uint8Array> {
    const given = ready;
    ready = [];
    yield* given;
  };
  // fflate reads the clock's fields in the machine's own zone
  const vietnam = new Date(at.getTime() + 7 * 3_600_000);
  const mtime = new Date(vietnam.getUTCFullYear(), vietnam.getUTCMonth(), vietnam.getUTCDate(), vietnam.getUTCHours(), vietnam.getUTCMinutes(), vietnam.getUTCSeconds());
  for (const entry of entries) {
    const file = entry.packed ? new ZipDeflate(entry.name, { level: 6 }) : new ZipPassThrough(entry.name);
    file.mtime = mtime;
    zip.add(file);
    const hash = createHash('sha256');
    let sizeBytes = 0;
    for await (const piece of entry.content()) {
      hash.update(piece);
      sizeBytes += piece.length;
      // the packer keeps what it is given, the source may use its buffer again
      file.push(piece.slice());
      yield* take();
    }
    if (sizeBytes !== entry.sizeBytes || (entry.sha256 !== null && hash.digest('hex') !== entry.sha256.toLowerCase())) throw new Error(`the content of ${entry.name} is not what its hash says`);
    file.push(new Uint8Array(), true);
    yield* take();
  }
  zip.end();
  yield* take();
}
