import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type * as PdfJsModule from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { PDFDocumentProxy, PDFPageProxy, RenderTask } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { createBitmaps, loadFaces, tooManyPixels } from './canvas.ts';
import type { Drawing } from './compare.ts';
import { dpi, maxImagePixels, maxPagePixels, maxSidePixels, minDpi } from './limits.ts';
import type { PageFault } from './messages.ts';

type PdfJs = typeof PdfJsModule;

/** `screen`: as it is displayed. `paper`: as it is printed. */
export type Kind = 'screen' | 'paper';
/**
 * `bare`: without annotations, and so without what fields and signatures show; the same drawing where there are none. `letters`: the page's own
 * text.
 */
export type Drawn = { readonly ok: true; readonly drawing: Drawing; readonly bare: Drawing; readonly letters: string } | { readonly ok: false; readonly fault: PageFault };

/** A file's bytes, which lie with the process that asked. */
export type FileBytes = { readonly sizeBytes: number; readonly password: string | null; readonly read: (offset: number, length: number) => Promise<Uint8Array> };

export type Renderer = {
  /** Null when pdf.js does not open it. */
  readonly open: (bytes: FileBytes) => Promise<PDFDocumentProxy | null>;
  /** Never more than one at a time. Throws `outOfTime` once `isLate` says so. */
  readonly draw: (document: PDFDocumentProxy, page: PDFPageProxy, kind: Kind, isLate: () => boolean) => Promise<Drawn>;
};

export const outOfTime = new Error('out of time');

/** Above this a file is read where it is needed. */
const wholeUpToBytes = 1024 * 1024;
export const rangeBytes = 256 * 1024;

/** pdf.js and a canvas, in the thread that calls. */
export async function createRenderer(): Promise<Renderer> {
  const folder = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'));
  const canvases = await import('@napi-rs/canvas');
  loadFaces(canvases, folder);
  const bitmaps = createBitmaps(canvases);
  // @ts-expect-error pdfjs-dist ships no types for its worker; nothing of it is called here.
  const worker: unknown = await import('pdfjs-dist/legacy/build/pdf.worker.mjs');
  // pdf.js looks here before it goes out for a worker's file (PDFWorker.#mainThreadWorkerMessageHandler).
  Object.assign(globalThis, { pdfjsWorker: worker });
  const pdfjs = await import('pdfjs-dist/legacy/build/pdf.mjs');
  const complaints = listen();
  const wanting = new WeakSet<PDFDocumentProxy>();

  async function open(bytes: FileBytes): Promise<PDFDocumentProxy | null> {
    const task = pdfjs.getDocument({
      ...(bytes.sizeBytes <= wholeUpToBytes ? { data: Uint8Array.from(await bytes.read(0, bytes.sizeBytes)) } : { range: rangesOf(pdfjs, bytes), length: bytes.sizeBytes, disableAutoFetch: true, disableStream: true, rangeChunkSize: rangeBytes }),
      ...(bytes.password === null ? {} : { password: bytes.password }),
      CanvasFactory: bitmaps.Factory,
      // Letters are drawn as paths; a font that is not in the file is pdf.js's own, the same on every machine
      disableFontFace: true,
      useSystemFonts: false,
      useWorkerFetch: false,
      standardFontDataUrl: `${join(folder, 'standard_fonts')}/`,
      cMapUrl: `${join(folder, 'cmaps')}/`,
      wasmUrl: `${join(folder, 'wasm')}/`,
      maxImageSize: maxImagePixels,
      enableXfa: false,
      verbosity: pdfjs.VerbosityLevel.WARNINGS,
    });
    try {
      return await task.promise;
    } catch {
      // Whatever it is, nothing of this state can be shown; the verifier's own reader says why
      await task.destroy();
      return null;
    }
  }

  async function draw(document: PDFDocumentProxy, page: PDFPageProxy, kind: Kind, isLate: () => boolean): Promise<Drawn> {
    const scale = findScale(page);
    if (scale === null) return { ok: false, fault: 'size' };
    const viewport = page.getViewport({ scale: scale / 72 });
    bitmaps.reset();
    complaints.clear();
    const canvas = bitmaps.create(viewport.width, viewport.height);
    const { width, height } = canvas;
    const context = canvas.getContext('2d', { alpha: false });
    const take = (): Drawing => {
      const { data } = context.getImageData(0, 0, width, height);
      return { width, height, pixels: new Uint8Array(data.buffer, data.byteOffset, data.byteLength), pixelsPerMm: scale / 25.4 };
    };
    let bare: Drawing | null = null;
    let letters = '';
    try {
      const task = page.render({
        canvas: canvas as never,
        viewport,
        intent: kind === 'paper' ? 'print' : 'display',
        annotationMode: pdfjs.AnnotationMode.ENABLE,
        // Annotations come after all else: what is there before the first of them is the page itself
        operationsFilter: (index: number, { fnArray, argsArray }: Operators): boolean => {
          if (bare !== null) return true;
          if (fnArray[index] === pdfjs.OPS.beginAnnotation) bare = take();
          else if (fnArray[index] === pdfjs.OPS.showText) letters += codesOf(argsArray[index]);
          return true;
        },
      });
      task.onContinue = (goOn: () => void) => {
        // The canvas only notes what it is told and draws when it is looked at: looked at now and then, it cannot gather minutes of work
        context.getImageData(0, 0, 1, 1);
        if (isLate()) (task as RenderTask).cancel();
        else goOn();
      };
      await task.promise;
      const complaint = complaints.find();
      if (complaint?.isLasting === true) wanting.add(document);
      const fault = complaint?.fault ?? (wanting.has(document) ? 'unreadable' : null);
      if (fault !== null) return { ok: false, fault };
      const drawing = take();
      return { ok: true, drawing, bare: bare ?? drawing, letters };
    } catch (error) {
      if (isLate()) throw outOfTime;
      return { ok: false, fault: error === tooManyPixels ? 'size' : 'unreadable' };
    } finally {
      canvas.width = canvas.height = 0;
    }
  }

  return { open, draw };
}

type Operators = { readonly fnArray: readonly number[]; readonly argsArray: readonly unknown[] };

/**
 * The letters of a run, by their places in the font and by their meaning. A font that is not in the file may lack what is written in it: elsewhere such a letter is drawn by the machine's own font, here by
 * nothing, and a blank is like any other blank.
 */
function codesOf(args: unknown): string {
  const glyphs: readonly unknown[] = Array.isArray(args) && Array.isArray(args[0]) ? args[0] : [];
  let codes = '';
  for (const glyph of glyphs) if (typeof glyph === 'object' && glyph !== null) codes += `${String(Reflect.get(glyph, 'fontChar'))}${String(Reflect.get(glyph, 'unicode'))}`;
  return codes;
}

/** Dots per inch; null when the page is too large to be drawn so that a letter is seen. */
function findScale(page: PDFPageProxy): number | null {
  const { width, height } = page.getViewport({ scale: 1 });
  if (!(width > 0 && height > 0 && Number.isFinite(width * height))) return null;
  const scale = Math.min(dpi, 72 * Math.sqrt(maxPagePixels / (width * height)), (72 * maxSidePixels) / Math.max(width, height));
  return scale < minDpi ? null : scale;
}

function rangesOf(pdfjs: PdfJs, bytes: FileBytes): InstanceType<PdfJs['PDFDataRangeTransport']> {
  const transport = new pdfjs.PDFDataRangeTransport(bytes.sizeBytes, null);
  transport.requestDataRange = (begin: number, end: number): void => {
    // Answered in a later turn: pdf.js registers the request only after this call returns
    void Promise.resolve().then(() => bytes.read(begin, end - begin)).then((read) => transport.onDataRange(begin, Uint8Array.from(read)));
  };
  return transport;
}

type Complaint = { readonly words: RegExp; readonly fault: PageFault; /** Said once, true of each later page of the document. */ readonly isLasting: boolean };

/** pdf.js leaves out what it cannot draw and says so on the console alone. A page without some of it was not drawn, and must not come out as unchanged. */
const leftOut: readonly Complaint[] = [
  { words: /exceeded maximum allowed size/, fault: 'size', isLasting: false },
  { words: /Unable to decode (inline )?image|ignoring (errors during|annotation data|XObject|sub-stream|pattern|shading|the rest of the image)/i, fault: 'unreadable', isLasting: false },
  { words: /loadFont -|Error during font loading|ignoring (character|\S+ glyph)/, fault: 'unreadable', isLasting: true },
];

function listen(): { readonly clear: () => void; readonly find: () => Complaint | null } {
  let found: Complaint | null = null;
  const hear = (...said: readonly unknown[]): void => {
    const text = said.map(String).join(' ');
    found ??= leftOut.find(({ words }) => words.test(text)) ?? null;
  };
  Object.assign(console, { warn: hear, log: hear, error: hear });
  return { clear: () => { found = null; }, find: () => found };
}
