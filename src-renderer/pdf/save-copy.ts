import { maxSliceBytes } from '../../src-shared/contract/content.ts';
import type { Bridge } from '../../src-shared/contract/index.ts';
import type { ContentRef } from '../../src-shared/domain/document.ts';
import type { AppError } from '../../src-shared/result.ts';
import { saveBytes } from './save-bytes.ts';

/** Hands the very bytes of the content to the browser as a download under its own name. Null when it was done, or was stopped. */
export async function saveCopy(bridge: Bridge, content: ContentRef, sizeBytes: number, tell: (done: number) => void, signal: AbortSignal): Promise<AppError | null> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  for (let at = 0; at < sizeBytes; ) {
    const result = await bridge['content.read']({ sha256: content.sha256, offset: at, length: Math.min(maxSliceBytes, sizeBytes - at) });
    if (signal.aborted) return null;
    if (!result.ok) return result.error;
    const { bytes } = result.value;
    if (bytes.length === 0) return { code: 'content.damaged' };
    parts.push(new Uint8Array(bytes));
    at += bytes.length;
    tell(at);
  }
  saveBytes(parts, content.fileName);
  return null;
}
