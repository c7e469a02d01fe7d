import type { Page } from 'playwright-core';

/** What two pictures of a page have in common. Channels are 0…255. */
export type Comparison = {
  readonly widthPx: number;
  readonly heightPx: number;
  /** Greatest difference of any channel of any dot. */
  readonly most: number;
  /** Dots that differ at all. */
  readonly different: number;
  /** Dots that are not white in the first picture: a picture of nothing proves nothing. */
  readonly inked: number;
};

/** Sets the pages to 100 % and waits until page `number` is wholly drawn at that size. */
export async function showAtFullSize(page: Page, number: number): Promise<void> {
  await page.getByRole('button', { name: /^Cỡ trang/ }).click();
  await page.getByRole('menuitem', { name: '100 %', exact: true }).click();
  await page.getByRole('button', { name: 'Cỡ trang: 100 %' }).waitFor();
  await page.locator(`[data-page-number="${number}"]`).scrollIntoViewIfNeeded();
  // pdf.js lays the words over a page once its picture is finished
  await page.waitForFunction((of) => {
    const box = document.querySelector<HTMLElement>(`[data-page-number="${of}"]`);
    const canvas = box?.querySelector<HTMLCanvasElement>('.canvasWrapper canvas');
    return box?.querySelector('.textLayer .endOfContent') && canvas && !canvas.hidden && Math.abs(canvas.width - box.clientWidth * devicePixelRatio) < 3;
  }, number);
}

/** Takes the page's canvas with the preview laid over it, as the screen composes them, and keeps it in the browser under `name`. */
export async function takePicture(page: Page, number: number, name: string, withPreview: boolean): Promise<void> {
  if (withPreview) await page.locator(`[data-page-number="${number}"] canvas.preview-layer[data-ready]`).waitFor();
  await page.evaluate(({ of, as, preview }) => {
    const box = document.querySelector(`[data-page-number="${of}"]`);
    const canvas = box?.querySelector<HTMLCanvasElement>('.canvasWrapper canvas');
    const layer = box?.querySelector<HTMLCanvasElement>('canvas.preview-layer');
    if (!canvas || (preview && !layer)) throw new Error('there is no picture of the page');
    const whole = document.createElement('canvas');
    whole.width = canvas.width;
    whole.height = canvas.height;
    const context = whole.getContext('2d');
    if (!context) throw new Error('no context');
    context.drawImage(canvas, 0, 0);
    if (preview && layer) {
      if (layer.width !== canvas.width || layer.height !== canvas.height) throw new Error(`the layer has ${layer.width} × ${layer.height} dots, the page ${canvas.width} × ${canvas.height}`);
      context.drawImage(layer, 0, 0);
    }
    const pictures = ((globalThis as Record<string, unknown>)['pictures'] ??= {}) as Record<string, ImageData>;
    pictures[as] = context.getImageData(0, 0, whole.width, whole.height);
  }, { of: number, as: name, preview: withPreview });
}

export function compare(page: Page, first: string, second: string): Promise<Comparison> {
  return page.evaluate(([one, two]) => {
    const pictures = (globalThis as Record<string, unknown>)['pictures'] as Record<string, ImageData>;
    const [a, b] = [pictures[one ?? ''], pictures[two ?? '']];
    if (!a || !b || a.width !== b.width || a.height !== b.height) throw new Error(`two pictures of another size: ${a?.width} × ${a?.height}, ${b?.width} × ${b?.height}`);
    let [most, different, inked] = [0, 0, 0];
    for (let at = 0; at < a.data.length; at += 4) {
      let dot = 0;
      for (let channel = at; channel < at + 4; channel++) dot = Math.max(dot, Math.abs((a.data[channel] ?? 0) - (b.data[channel] ?? 0)));
      most = Math.max(most, dot);
      if (dot > 0) different++;
      if ((a.data[at] ?? 255) + (a.data[at + 1] ?? 255) + (a.data[at + 2] ?? 255) < 750) inked++;
    }
    return { widthPx: a.width, heightPx: a.height, most, different, inked };
  }, [first, second]);
}
