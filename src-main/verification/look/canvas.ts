import type * as CanvasModule from '@napi-rs/canvas';
import type { Canvas, SKRSContext2D } from '@napi-rs/canvas';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { maxLivePixels } from './limits.ts';

type Held = { canvas: Canvas | null; context: SKRSContext2D | null };

/** A page asked for more bitmaps than one drawing may hold. */
export const tooManyPixels = new Error('the page needs more bitmaps than it may have');

/** Bitmaps for pdf.js (its `CanvasFactory`), counted: layers over layers of a hostile page must not add up. */
export function createBitmaps({ createCanvas }: typeof CanvasModule): { readonly Factory: new () => object; readonly create: (width: number, height: number) => Canvas; readonly reset: () => void } {
  let live = 0;
  const create = (width: number, height: number): Canvas => {
    const [wide, high] = [Math.ceil(width), Math.ceil(height)];
    if (!(wide > 0 && high > 0)) throw new Error('Invalid canvas size');
    if (!(live + wide * high <= maxLivePixels)) throw tooManyPixels;
    live += wide * high;
    return createCanvas(wide, high);
  };
  class Factory {
    create(width: number, height: number): Held {
      const canvas = create(width, height);
      return { canvas, context: canvas.getContext('2d') };
    }
    reset(held: Held, width: number, height: number): void {
      if (held.canvas === null) throw new Error('Canvas is not specified');
      live += Math.ceil(width) * Math.ceil(height) - held.canvas.width * held.canvas.height;
      if (live > maxLivePixels) throw tooManyPixels;
      held.canvas.width = width;
      held.canvas.height = height;
    }
    destroy(held: Held): void {
      if (held.canvas === null) return;
      live -= held.canvas.width * held.canvas.height;
      // Its pixels go now, not when the collector comes by
      held.canvas.width = held.canvas.height = 0;
      held.canvas = held.context = null;
    }
    getNoAlphaContext(canvas: Canvas): SKRSContext2D {
      return canvas.getContext('2d', { alpha: false });
    }
  }
  return { Factory, create, reset: () => { live = 0; } };
}

/** What a font that is not in the file and not among the fourteen is drawn with: one face, the same on every machine. */
export function loadFaces({ GlobalFonts }: typeof CanvasModule, pdfJsFolder: string): void {
  // Read here and handed over: native code does not see into the program's archive
  const face = readFileSync(join(pdfJsFolder, 'standard_fonts', 'LiberationSans-Regular.ttf'));
  for (const family of ['serif', 'sans-serif', 'monospace']) GlobalFonts.register(face, family);
}
