import { maxSliceBytes } from '../../../src-shared/contract/content.ts';
import type { Bridge } from '../../../src-shared/contract/index.ts';
import type { OpenedFile } from '../../../src-shared/contract/opened.ts';
import { ok, type Result } from '../../../src-shared/result.ts';

// Half of the largest slice, as for files that are chosen (features/draft/import-file.ts)
const sliceBytes = maxSliceBytes / 2;

/** The file as a chosen one would be. A browser keeps large ones on the disk, not in this page. */
export async function readOpened(bridge: Bridge, { id, name, sizeBytes, kind }: OpenedFile, tell: (done: number) => void): Promise<Result<File>> {
  const pieces: Blob[] = [];
  for (let offset = 0; offset < sizeBytes; offset += sliceBytes) {
    const read = await bridge['opened.read']({ id, offset, length: Math.min(sliceBytes, sizeBytes - offset) });
    if (!read.ok) return read;
    pieces.push(new Blob([new Uint8Array(read.value.bytes)]));
    tell(Math.min(sizeBytes, offset + sliceBytes));
  }
  return ok(new File(pieces, name, { type: kind === 'pdf' ? 'application/pdf' : 'application/octet-stream' }));
}
