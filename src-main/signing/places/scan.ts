import type { PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';

/** A picture as squares of about a millimetre, row by row from its top: which of them hold ink. */
export type InkGrid = { readonly columns: number; readonly rows: number; readonly inked: Uint8Array };

type Pixels = { readonly width: number; readonly height: number; /** 0 black … 255 white. */ readonly lightAt: (pixel: number) => number };

/** pdf.js' ImageKind. */
const [oneBit, rgb, rgba] = [1, 2, 3];
/** Darker than the paper by so much is ink; a grey ground, a shadow or a watermark is not. */
const contrast = 60;
/** A square with less ink than this has a speck of dust in it. */
const inkShare = 0.02;
/** One pixel in so many tells how light the paper is. */
const sampleStep = 97;

/** What is written on a scanned page, `null` where its picture could not be decoded. */
export async function readScan(page: PDFPageProxy, id: string, size: { readonly widthMm: number; readonly heightMm: number }): Promise<InkGrid | null> {
  const pixels = pixelsOf(await objectOf(page, id));
  if (pixels === null) return null;
  const [columns, rows] = [squaresOf(size.widthMm), squaresOf(size.heightMm)];
  const { width, height, lightAt } = pixels;
  const ink = paperLight(pixels) - contrast;
  const dark = new Uint32Array(columns * rows);
  const all = new Uint32Array(columns * rows);
  for (let y = 0; y < height; y += 1) {
    const row = Math.floor((y * rows) / height) * columns;
    for (let x = 0; x < width; x += 1) {
      const cell = row + Math.floor((x * columns) / width);
      all[cell]! += 1;
      if (lightAt(y * width + x) < ink) dark[cell]! += 1;
    }
  }
  return { columns, rows, inked: Uint8Array.from(dark, (count, cell) => (count > inkShare * all[cell]! ? 1 : 0)) };
}

/** The largest sheets have a few more millimetres than this; a picture stretched over the whole world has no more squares. */
function squaresOf(mm: number): number {
  return Math.max(1, Math.min(1_500, Math.round(mm) || 1));
}

/** Most of a page is paper: its light is the middle one of all. */
function paperLight({ width, height, lightAt }: Pixels): number {
  const seen: number[] = [];
  for (let pixel = 0; pixel < width * height; pixel += sampleStep) seen.push(lightAt(pixel));
  return seen.sort((a, b) => a - b)[seen.length >> 1] ?? 255;
}

/** pdf.js tells when a picture is decoded, or with null that it could not be. */
function objectOf(page: PDFPageProxy, id: string): Promise<unknown> {
  const store = id.startsWith('g_') ? page.commonObjs : page.objs;
  return new Promise((resolve) => void store.get(id, resolve));
}

function pixelsOf(object: unknown): Pixels | null {
  if (typeof object !== 'object' || object === null) return null;
  const data: unknown = Reflect.get(object, 'data');
  const [width, height] = [Number(Reflect.get(object, 'width')), Number(Reflect.get(object, 'height'))];
  if (!(data instanceof Uint8Array || data instanceof Uint8ClampedArray) || !(width > 0) || !(height > 0)) return null;
  // A stencil has no kind: its rows are bits too, and 0 paints
  const kind: unknown = Reflect.get(object, 'kind') ?? oneBit;
  if (kind === oneBit) {
    const stride = (width + 7) >> 3;
    return { width, height, lightAt: (pixel) => ((data[Math.floor(pixel / width) * stride + ((pixel % width) >> 3)] ?? 255) & (0x80 >> (pixel % width & 7)) ? 255 : 0) };
  }
  const step = kind === rgb ? 3 : kind === rgba ? 4 : 0;
  if (step === 0) return null;
  return { width, height, lightAt: (pixel) => (data[pixel * step]! * 3 + data[pixel * step + 1]! * 6 + data[pixel * step + 2]!) / 10 };
}
