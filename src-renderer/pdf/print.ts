import { AnnotationMode, type PDFDocumentProxy, type PDFPageProxy } from 'pdfjs-dist';

// Sharp on an office printer; 300 would make a picture of 35 MB a page for no visible gain.
const dotsPerInch = 200;

/**
 * Draws every page as it will be on paper, seals and signatures included, and opens the print window. False when a page could not be
 * drawn. Nothing is left behind, printed or stopped.
 */
export async function printPages(pdf: PDFDocumentProxy, tell: (done: number) => void, signal: AbortSignal): Promise<boolean> {
  const box = document.createElement('div');
  box.id = 'print-pages';
  const urls: string[] = [];
  const sheet = new CSSStyleSheet();
  try {
    const sizes = new Map<string, string>();
    for (let number = 1; number <= pdf.numPages; number++) {
      if (signal.aborted) return true;
      const page = await pdf.getPage(number);
      const { blob, widthPt, heightPt } = await drawPage(page, signal);
      urls.push(URL.createObjectURL(blob));
      const image = document.createElement('img');
      image.src = urls.at(-1) ?? '';
      await image.decode();
      // Each size of paper has a named page of its own, so that a landscape annex comes out as one.
      const size = `${widthPt}pt ${heightPt}pt`;
      const name = sizes.get(size) ?? `paper-${sizes.size}`;
      sizes.set(size, name);
      const frame = document.createElement('div');
      frame.className = 'print-page';
      frame.style.setProperty('page', name);
      frame.append(image);
      box.append(frame);
      tell(number);
    }
    if (signal.aborted) return true;
    sheet.replaceSync([...sizes].map(([size, name]) => `@page ${name} { size: ${size}; margin: 0; }`).join('\n'));
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    document.body.append(box);
    document.body.classList.add('printing');
    // Returns when the print window has been closed.
    window.print();
    return true;
  } catch {
    // Stopped in the middle of a page, or a page that cannot be drawn: the person is told of the second.
    return signal.aborted;
  } finally {
    document.body.classList.remove('printing');
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet);
    box.remove();
    for (const url of urls) URL.revokeObjectURL(url);
  }
}

async function drawPage(page: PDFPageProxy, signal: AbortSignal): Promise<{ readonly blob: Blob; readonly widthPt: number; readonly heightPt: number }> {
  const paper = page.getViewport({ scale: 1 });
  // A poster is drawn coarser: no canvas past 32 million dots.
  const scale = Math.min(dotsPerInch / 72, Math.sqrt(2 ** 25 / (paper.width * paper.height)));
  const viewport = page.getViewport({ scale });
  const canvas = document.createElement('canvas');
  canvas.width = Math.floor(viewport.width);
  canvas.height = Math.floor(viewport.height);
  const task = page.render({ canvas, viewport, intent: 'print', annotationMode: AnnotationMode.ENABLE });
  const stop = (): void => task.cancel();
  signal.addEventListener('abort', stop, { once: true });
  try {
    await task.promise;
  } finally {
    signal.removeEventListener('abort', stop);
  }
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve));
  page.cleanup();
  // The canvas' memory goes at once, not with the next collection.
  canvas.width = 0;
  if (!blob) throw new Error('a page gave no picture');
  return { blob, widthPt: paper.width, heightPt: paper.height };
}
