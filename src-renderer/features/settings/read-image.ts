import { maxScanBytes } from '../../../src-shared/contract/signing.ts';

export type ReadImage = {
  readonly png: Uint8Array;
  readonly width: number;
  readonly height: number;
  /** Some of it lets the page through: a picture that was cut out already. */
  readonly transparent: boolean;
  /** The file as it was chosen is what `png` holds. */
  readonly untouched: boolean;
};

/** More dots than a signature of 120 mm needs at 600 an inch are only weight. */
const mostPx = 3000;

/** A chosen file (PNG, JPEG, WebP, whatever the browser draws) as a PNG of a size that can be sent; null when it is no picture. */
export async function readImage(file: File): Promise<ReadImage | null> {
  const bitmap = await createImageBitmap(file).catch(() => null);
  if (bitmap === null) return null;
  const scale = Math.min(1, mostPx / Math.max(bitmap.width, bitmap.height));
  const [width, height] = [Math.max(1, Math.round(bitmap.width * scale)), Math.max(1, Math.round(bitmap.height * scale))];
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) return null;
  context.drawImage(bitmap, 0, 0, width, height);
  bitmap.close();
  const { data } = context.getImageData(0, 0, width, height);
  const transparent = hasHoles(data);
  const untouched = scale === 1 && file.type === 'image/png' && file.size <= maxScanBytes;
  if (untouched) return { png: new Uint8Array(await file.arrayBuffer()), width, height, transparent, untouched };
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  return blob && { png: new Uint8Array(await blob.arrayBuffer()), width, height, transparent, untouched };
}

function hasHoles(rgba: Uint8ClampedArray): boolean {
  for (let at = 3; at < rgba.length; at += 4) if ((rgba[at] ?? 255) < 250) return true;
  return false;
}
