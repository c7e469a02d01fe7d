import { z } from 'zod';
import { figureIds } from '../domain/figures/definitions.ts';
import { organization } from '../domain/organization.ts';

/** `yyyy-mm` */
export const figureMonth = z.string().regex(/^\d{4}-(?:0[1-9]|1[0-2])$/);

/** The one number that stands for a figure: a count, a percent to a tenth, hours of office time to a tenth. Null: nothing to judge. `met` of `of`: of a share. */
const toldFigure = z.object({ figure: z.enum(figureIds), number: z.number().nullable(), met: z.int().nullable(), of: z.int().nullable() });
export type ToldFigure = z.infer<typeof toldFigure>;

/** `average`: what the figure is for all units together, a count for each of them. */
const besideAll = toldFigure.extend({ average: z.number().nullable() });

/** GET /v1/figures. Whole months, both ends counted; of the month that runs what fell into it up to `asOf`. */
export const figuresResponse = z.object({
  from: figureMonth, to: figureMonth,
  /** `yyyy-mm-dd`, the day of asking. */
  asOf: z.string(),
  unit: organization,
  /** How many units the average is of. */
  units: z.int(),
  figures: z.array(besideAll),
  /** Twelve, the last of them `to`. */
  months: z.array(z.object({ month: figureMonth, figures: z.array(besideAll) })),
  /** Every unit, for whoever may see them all; null for a unit that sees itself and the average. */
  all: z.array(organization.extend({ figures: z.array(toldFigure) })).nullable(),
});
export type FiguresResponse = z.infer<typeof figuresResponse>;

/** GET /v1/figures/public: counts of all units together, by month. */
export const publicFigures = z.object({ asOf: z.string(), units: z.int(), months: z.array(z.object({ month: figureMonth, figures: z.array(toldFigure) })) });
