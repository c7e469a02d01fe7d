import type { Engine } from './engine.ts';

export const zoomSteps = [0.25, 0.5, 0.67, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 2, 3, 4] as const;
export const zoomPresets = ['page-width', 'page-fit'] as const;
export type ZoomChoice = number | 'in' | 'out' | 'auto' | (typeof zoomPresets)[number];

/** The step above or below; the ends stay the ends. */
export function nextStep(scale: number, direction: 'in' | 'out'): number {
  const next = direction === 'in' ? zoomSteps.find((step) => step > scale + 0.005) : zoomSteps.findLast((step) => step < scale - 0.005);
  return next ?? (direction === 'in' ? zoomSteps[zoomSteps.length - 1] ?? scale : zoomSteps[0]);
}

export function zoomTo({ viewer }: Engine, choice: ZoomChoice): void {
  if (typeof choice === 'number') viewer.currentScale = choice;
  else if (choice === 'in' || choice === 'out') viewer.currentScale = nextStep(viewer.currentScale, choice);
  else viewer.currentScaleValue = choice;
}

/** By a factor about a point of the window, for the wheel; the pages are redrawn once the hand rests. */
export function zoomBy({ viewer }: Engine, factor: number, origin: readonly [number, number]): void {
  const target = Math.min(zoomSteps[zoomSteps.length - 1] ?? 4, Math.max(zoomSteps[0], viewer.currentScale * factor));
  viewer.updateScale({ scaleFactor: target / viewer.currentScale, drawingDelay: 300, origin: [...origin] });
}

export function turn({ viewer }: Engine, degrees: 90 | -90): void {
  viewer.pagesRotation = (viewer.pagesRotation + degrees + 360) % 360;
}
