import { getDocument, GlobalWorkerOptions, PDFDataRangeTransport, PDFWorker, VerbosityLevel, type PDFDocumentLoadingTask } from 'pdfjs-dist';
import { maxSliceBytes } from '../../src-shared/contract/content.ts';
import type { Bridge } from '../../src-shared/contract/index.ts';
import type { Sha256 } from '../../src-shared/domain/ids.ts';
import type { AppError } from '../../src-shared/result.ts';

// Beside main.js in the bundle; see build/bundle-renderer.ts.
const data = new URL('./pdfjs/', document.baseURI).href;
GlobalWorkerOptions.workerSrc = `${data}pdf.worker.mjs`;

// One worker for every document of the window: starting it costs more than a first page does.
let worker: PDFWorker | null = null;

/** Starts pdf.js' worker before the first document asks for it. */
export function warmUp(): PDFWorker {
  if (!worker || worker.destroyed) worker = new PDFWorker({ verbosity: VerbosityLevel.ERRORS });
  return worker;
}

/**
 * Opens a content for showing. Bytes come through the bridge in slices, and only those that the pages on the screen need.
 * Scripts in a PDF never run: no sandbox is bundled and XFA is off (pdf.js 6 has no eval left to forbid).
 */
export function openPdf(bridge: Bridge, sha256: Sha256, sizeBytes: number, onError: (error: AppError) => void): PDFDocumentLoadingTask {
  const range = new BridgeTransport(bridge, sha256, sizeBytes, onError);
  return getDocument({
    range,
    worker: warmUp(),
    // To know its last page pdf.js visits every page's dictionary, and in a scan each stands megabytes from the next: small slices, or much is read for little.
    rangeChunkSize: 64 * 1024,
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

  /** The slices of one range are asked for together: waiting for each answer in turn is what makes a scan slow. */
  async #read(begin: number, end: number): Promise<void> {
    const bytes = new Uint8Array(end - begin);
    const starts = Array.from({ length: Math.ceil((end - begin) / maxSliceBytes) }, (_, index) => begin + index * maxSliceBytes);
    const refusals = await Promise.all(starts.map((start) => this.#fill(bytes, begin, start, Math.min(start + maxSliceBytes, end))));
    if (this.#stopped) return;
    const refusal = refusals.find((one) => one !== null);
    if (refusal) this.#onError(refusal);
    else this.onDataRange(begin, bytes);
  }

  async #fill(bytes: Uint8Array, begin: number, from: number, end: number): Promise<AppError | null> {
    for (let at = from; at < end; ) {
      const result = await this.#bridge['content.read']({ sha256: this.#sha256, offset: at, length: end - at });
      if (this.#stopped) return null;
      if (!result.ok) return result.error;
      if (result.value.bytes.length === 0) return { code: 'content.damaged' };
      bytes.set(result.value.bytes, at - begin);
      at += result.value.bytes.length;
    }
    return null;
  }
}
