import { z } from 'zod';
import { figureIds, findFigure, type FigureId } from './definitions.ts';
import type { FigureValue } from './report.ts';

/** What a province sets for its offices, as data, in percent to a tenth: a share may have another aim at each level. `nearPoints`: so many points below the aim it is still near. */
export const figureTarget = z.object({
  figure: z.enum(figureIds).refine((id) => findFigure(id)?.kind === 'share', 'only a share has an aim'),
  /** Left out: of every office. */
  level: z.enum(['province', 'commune']).optional(),
  aimPercent: z.number().min(0).max(100),
  nearPoints: z.number().min(0).max(100),
});
export type FigureTarget = z.infer<typeof figureTarget>;
export type Light = 'met' | 'near' | 'missed';

/** Full legal value takes both signatures (NĐ 30/2020 Art 5.1): one without them is one too many. What else is aimed at the province says. */
export const usualTargets: readonly FigureTarget[] = [{ figure: 'signed-both', aimPercent: 100, nearPoints: 5 }];

/** The level's own aim goes before the general one; of two alike the later counts. */
export function targetFor(targets: readonly FigureTarget[], figure: FigureId, level: NonNullable<FigureTarget['level']>): FigureTarget | null {
  const of = targets.filter((one) => one.figure === figure);
  return of.findLast((one) => one.level === level) ?? of.findLast((one) => one.level === undefined) ?? null;
}

/** Null: nothing to judge, and no light. Judged by the counts, not by the percent that is shown, which is rounded. */
export function lightOf(value: FigureValue, target: FigureTarget): Light | null {
  if (value.kind !== 'share' || value.of === 0) return null;
  // tenths as whole numbers: 99.9 × 1000 is not 99900 to a computer
  const reaches = (percent: number): boolean => value.met * 1000 >= Math.round(percent * 10) * value.of;
  return reaches(target.aimPercent) ? 'met' : reaches(target.aimPercent - target.nearPoints) ? 'near' : 'missed';
}
