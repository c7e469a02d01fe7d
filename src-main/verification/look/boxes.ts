/** Pixels, `right` and `bottom` exclusive. */
export type PixelBox = { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number };

/** Boxes closer than this become one, mm; doubled until few are left. */
const firstGapMm = 3;
const maxBoxes = 8;

/** Few boxes that together hold all of `boxes`, for a person to look at. */
export function mergeBoxes(boxes: readonly PixelBox[], pixelsPerMm: number): readonly PixelBox[] {
  let merged = boxes;
  for (let gap = firstGapMm * pixelsPerMm; ; gap *= 2) {
    merged = mergeNear(merged, gap);
    if (merged.length <= maxBoxes) return merged;
  }
}

function mergeNear(boxes: readonly PixelBox[], gap: number): readonly PixelBox[] {
  const kept: PixelBox[] = [];
  const waiting = [...boxes];
  for (let box = waiting.pop(); box !== undefined; box = waiting.pop()) {
    const near = kept.findIndex((other) => isNear(other, box as PixelBox, gap));
    if (near < 0) kept.push(box);
    // Grown, it may reach others by now: it is looked at again
    else waiting.push(union(...(kept.splice(near, 1) as [PixelBox]), box));
  }
  return kept;
}

function isNear(a: PixelBox, b: PixelBox, gap: number): boolean {
  return a.left - gap <= b.right && b.left - gap <= a.right && a.top - gap <= b.bottom && b.top - gap <= a.bottom;
}

export function union(a: PixelBox, b: PixelBox): PixelBox {
  return { left: Math.min(a.left, b.left), top: Math.min(a.top, b.top), right: Math.max(a.right, b.right), bottom: Math.max(a.bottom, b.bottom) };
}
