import { getDocument, GlobalWorkerOptions, PDFDataRangeTransport, VerbosityLevel, type PDFDocumentLoadingTask } from 'pdfjs-dist';
import { maxSliceBytes } from '../../src-shared/contract/content.ts';
import type { Bridge } from '../../src-shared/contract/index.ts';
import type { Sha256 } from '../../src-shared/domain/ids.ts';
import type { AppError } from '../../src-shared/result.ts';

// Beside main.js in the bundle; see build/bundle-renderer.ts.
const data = new URL('./pdfjs/', document.baseURI).href;
GlobalWorkerOptions.workerSrc = `${data}pdf.worker.mjs`;

/**
 * Opens a content for showing. Bytes come through the bridge in slices, and only those that the pages on the screen need.
 * Scripts in a PDF never run: no sandbox is bundled and XFA is off (pdf.js 6 has no eval left to forbid).
 */
export function openPdf(bridge: Bridge, sha256: Sha256, sizeBytes: number, onError: (error: AppError) => void): PDFDocumentLoadingTask {
  const range = new BridgeTransport(bridge, sha256, sizeBytes, onError);
  return getDocument({
    range,
    rangeChunkSize: 256 * 1024,
    disableAutoFetch: true,
    disableStream: true,
    enableXfa: false,
    cMapUrl: `${data}cmaps/`,
    cMapPacked: true,
    standardFontDataUrl: `${data}standard_fonts/`,
    wasmUrl: `${data}wasm/`,
    iccUrl: `${data}iccs/`,
    verbosity: VerbosityLevel.ERRORS,
    // A page of 20,000 px a side must not take the screen down with it.
    maxImageSize: 100_000_000,
  });
}

// pdf.js asks for its data through a subclass; there is no functional form.
class BridgeTransport extends PDFDataRangeTransport {
  readonly #bridge: Bridge;
  readonly #sha256: Sha256;
  readonly #onError: (error: AppError) => void;
  #stopped = false;

  constructor(bridge: Bridge, sha256: Sha256, sizeBytes: number, onError: (error: AppError) => void) {
    super(sizeBytes, null);
    this.#bridge = bridge;
    this.#sha256 = sha256;
    this.#onError = onError;
  }

  override requestDataRange(begin: number, end: number): void {
    void this.#read(begin, end);
  }

  override abort(): void {
    this.#stopped = true;
  }

  async #read(begin: number, end: number): Promise<void> {
    const bytes = new Uint8Array(end - begin);
    for (let at = begin; at < end; ) {
      const result = await this.#bridge['content.read']({ sha256: this.#sha256, offset: at, length: Math.min(maxSliceBytes, end - at) });
      if (this.#stopped) return;
      if (!result.ok) return this.#onError(result.error);
      if (result.value.bytes.length === 0) return this.#onError({ code: 'content.damaged' });
      bytes.set(result.value.bytes, at - begin);
      at += result.value.bytes.length;
    }
    this.onDataRange(begin, bytes);
  }
}
