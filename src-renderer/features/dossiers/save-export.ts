import type { Bridge } from '../../../src-shared/contract/index.ts';
import type { DocumentId } from '../../../src-shared/domain/ids.ts';
import { ok, type Result } from '../../../src-shared/result.ts';

/** A blob that is made of blobs lies with the browser, which puts large ones on its disk: this page never holds the file. */
const foldBytes = 8 * 1024 * 1024;
const pieceBytes = 2_000_000;

/** Takes a dossier's package piece by piece and hands it to the browser as a download of its name. Null: it was stopped. What was made for it is let go of in every case. */
export async function saveExport(bridge: Bridge, id: DocumentId, signal: AbortSignal, tell: (done: number, total: number) => void): Promise<Result<{ readonly name: string; readonly sizeBytes: number } | null>> {
  const begun = await bridge['dossiers.beginExport']({ id });
  if (!begun.ok) return begun;
  const { exportId, fileName, sizeBytes } = begun.value;
  try {
    let folded = new Blob([]);
    let pieces: Uint8Array<ArrayBuffer>[] = [];
    let [held, done] = [0, 0];
    while (done < sizeBytes) {
      if (signal.aborted) return ok(null);
      tell(done, sizeBytes);
      const next = await bridge['dossiers.readExport']({ exportId, offset: done, length: Math.min(pieceBytes, sizeBytes - done) });
      if (!next.ok) return next;
      const { bytes } = next.value;
      if (bytes.length === 0) return { ok: false, error: { code: 'content.damaged' } };
      pieces.push(new Uint8Array(bytes));
      held += bytes.length;
      done += bytes.length;
      if (held >= foldBytes) {
        folded = new Blob([folded, ...pieces]);
        [pieces, held] = [[], 0];
      }
    }
    if (signal.aborted) return ok(null);
    download(new Blob([folded, ...pieces], { type: 'application/zip' }), fileName);
    return ok({ name: fileName, sizeBytes });
  } finally {
    await bridge['dossiers.endExport']({ exportId });
  }
}

function download(blob: Blob, fileName: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  // The browser takes the blob when the click is handled, not before; a large one is still being copied then.
  setTimeout(() => URL.revokeObjectURL(url), 600_000);
}
