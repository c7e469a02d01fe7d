import type { PDFDocumentProxy } from 'pdfjs-dist';

const boxPx = { width: 104, height: 144 } as const;

// One after the other, so that the page that is read never waits for a row of small ones.
let turn: Promise<void> = Promise.resolve();

/** Draws a page small. Left out when it has scrolled away before its turn came. */
export function drawThumbnail(pdf: PDFDocumentProxy, number: number, rotation: number, canvas: HTMLCanvasElement, left: AbortSignal): Promise<void> {
  turn = turn.then(() => (left.aborted ? undefined : draw(pdf, number, rotation, canvas, left)));
  return turn;
}

async function draw(pdf: PDFDocumentProxy, number: number, rotation: number, canvas: HTMLCanvasElement, left: AbortSignal): Promise<void> {
  try {
    const page = await pdf.getPage(number);
    if (left.aborted) return;
    const whole = page.getViewport({ scale: 1, rotation: (page.rotate + rotation) % 360 });
    const scale = Math.min(boxPx.width / whole.width, boxPx.height / whole.height);
    const density = Math.min(window.devicePixelRatio || 1, 2);
    const viewport = page.getViewport({ scale: scale * density, rotation: (page.rotate + rotation) % 360 });
    canvas.width = Math.max(1, Math.floor(viewport.width));
    canvas.height = Math.max(1, Math.floor(viewport.height));
    canvas.style.width = `${canvas.width / density}px`;
    canvas.style.height = `${canvas.height / density}px`;
    const task = page.render({ canvas, viewport });
    const stop = (): void => task.cancel();
    left.addEventListener('abort', stop, { once: true });
    await task.promise.finally(() => left.removeEventListener('abort', stop));
  } catch {
    // Cancelled, or a page that cannot be drawn: the small one stays white, and the large one tells.
  }
}
