import type { Bridge } from '../../../src-shared/contract/index.ts';
import type { AppError } from '../../../src-shared/result.ts';

/** A blob that is made of blobs lies with the browser, which puts large ones on its disk: this page never holds the file. */
const foldBytes = 8 * 1024 * 1024;

/** Fetches the package slice by slice and hands it to the browser as a download of that name. Null when it was done. */
export async function savePackage(bridge: Bridge, made: string, fileName: string, tell: (done: number) => void): Promise<AppError | null> {
  let folded = new Blob([]);
  let slices: Uint8Array<ArrayBuffer>[] = [];
  let [held, done] = [0, 0];
  for (;;) {
    const next = await bridge['packages.next']({ made });
    if (!next.ok) return next.error;
    const { bytes } = next.value;
    if (bytes.length === 0 || held >= foldBytes) {
      folded = new Blob([folded, ...slices]);
      [slices, held] = [[], 0];
    }
    if (bytes.length === 0) break;
    slices.push(new Uint8Array(bytes));
    held += bytes.length;
    done += bytes.length;
    tell(done);
  }
  const url = URL.createObjectURL(new Blob([folded], { type: 'application/octet-stream' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  // The browser takes the blob when the click is handled, not before; a large one is still being copied then.
  setTimeout(() => URL.revokeObjectURL(url), 600_000);
  return null;
}
