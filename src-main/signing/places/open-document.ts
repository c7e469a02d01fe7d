import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type * as PdfJsModule from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { fail, ok } from '../../../src-shared/result.ts';
import type { Result } from '../../../src-shared/result.ts';

type PdfJs = typeof PdfJsModule;

/** A file's bytes, here or with another thread that is asked for them; every `ByteSource` is one. */
export type PageSource = { readonly sizeBytes: number; readonly read: (offset: number, length: number) => Uint8Array | Promise<Uint8Array>; readonly password?: string };

/** Above this a document is read where it is needed, never whole. */
const wholeUpToBytes = 1024 * 1024;
const rangeBytes = 256 * 1024;
let library: Promise<PdfJs> | null = null;

/** pdf.js in the thread that calls: its worker is a module already in memory, nothing is fetched. Loaded on first use, 0.2 s that signing does not need. */
export function loadPdfJs(): Promise<PdfJs> {
  library ??= load();
  return library;
}

async function load(): Promise<PdfJs> {
  // @ts-expect-error pdfjs-dist ships no types for its worker; nothing of it is called here.
  const worker: unknown = await import('pdfjs-dist/legacy/build/pdf.worker.mjs');
  // pdf.js looks here before it goes out for a worker's file (PDFWorker.#mainThreadWorkerMessageHandler).
  Object.assign(globalThis, { pdfjsWorker: worker });
  return await import('pdfjs-dist/legacy/build/pdf.mjs');
}

/** Errors: `file.empty`, `pdf.not-pdf`, `pdf.password-needed`, `pdf.password-wrong`, `pdf.broken`, `pdf.no-pages`. The caller destroys the document's `loadingTask`. */
export async function openDocument(input: PageSource, options: { readonly maxImagePixels: number } = { maxImagePixels: 1 }): Promise<Result<PDFDocumentProxy>> {
  if (input.sizeBytes === 0) return fail('file.empty');
  // ISO 32000-2 annex I: readers accept the header within the first 1024 bytes.
  if (!Buffer.from(await input.read(0, 1024)).includes('%PDF-')) return fail('pdf.not-pdf');
  const pdfjs = await loadPdfJs();
  const task = pdfjs.getDocument({
    ...(input.sizeBytes <= wholeUpToBytes ? { data: Uint8Array.from(await input.read(0, input.sizeBytes)) } : { range: rangesOf(pdfjs, input), length: input.sizeBytes, disableAutoFetch: true, disableStream: true, rangeChunkSize: rangeBytes }),
    ...(input.password === undefined ? {} : { password: input.password }),
    // A page's text is wanted, not its picture: no fonts of the system, and no image above what the caller asks for (pdf.js 6 evaluates no code of the file).
    useSystemFonts: false,
    disableFontFace: true,
    useWorkerFetch: false,
    maxImageSize: options.maxImagePixels,
    enableXfa: false,
    ...(options.maxImagePixels > 1 ? { wasmUrl: decoders() } : {}),
    verbosity: pdfjs.VerbosityLevel.ERRORS,
  });
  try {
    const document = await task.promise;
    if (document.numPages > 0) return ok(document);
    await task.destroy();
    return fail('pdf.no-pages');
  } catch (error) {
    await task.destroy();
    if (error instanceof pdfjs.PasswordException) return fail(input.password === undefined || input.password === '' ? 'pdf.password-needed' : 'pdf.password-wrong');
    return fail('pdf.broken', { reason: error instanceof Error ? error.message.slice(0, 120) : 'pdf.js' });
  }
}

/** What decodes the pictures of fax machines and scanners (CCITT, JBIG2, JPEG 2000) lies beside pdf.js, which wants a stroke at the end. */
function decoders(): string {
  return `${join(dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json')), 'wasm')}/`;
}

function rangesOf(pdfjs: PdfJs, input: PageSource): InstanceType<PdfJs['PDFDataRangeTransport']> {
  const transport = new pdfjs.PDFDataRangeTransport(input.sizeBytes, null);
  transport.requestDataRange = (begin: number, end: number): void => {
    // Answered in a later turn: pdf.js registers the request only after this call returns
    void Promise.resolve().then(() => input.read(begin, end - begin)).then((bytes) => transport.onDataRange(begin, Uint8Array.from(bytes)));
  };
  return transport;
}
