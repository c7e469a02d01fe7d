import { z } from 'zod';
import { documentState } from '../domain/document.ts';
import { figureIds } from '../domain/figures/definitions.ts';
import { outcomes } from '../domain/figures/outcomes.ts';
import { figureTarget } from '../domain/figures/targets.ts';
import { documentId, instant, localDate } from '../domain/ids.ts';
import { binary, call } from './define.ts';

const figure = z.enum(figureIds);
/** Both days belong to it. */
const days = z.object({ from: localDate, to: localDate });
const inOrder = ({ from, to }: z.output<typeof days>): boolean => from <= to;
const period = days.refine(inOrder, 'a period ends before it begins');

/** As `domain/figures/report.ts`. */
export const figureValue = z.discriminatedUnion('kind', [
  z.object({ kind: z.enum(['count', 'stock']), n: z.int() }),
  z.object({ kind: z.literal('share'), of: z.int(), met: z.int(), percent: z.number().nullable(), unclear: z.int() }),
  z.object({ kind: z.literal('time'), n: z.int(), averageMinutes: z.int().nullable(), p90Minutes: z.int().nullable(), atLeast: z.boolean(), unclear: z.int() }),
]);
export const figureReport = days.extend({
  asOf: localDate, judgedTo: localDate,
  rows: z.array(z.object({ figure, by: z.string(), value: figureValue, ahead: z.int() })),
});
/** What is not counted yet: `left` of `total` documents and dossiers; 0 of 0 when nothing is. */
export const figureCounting = z.object({ left: z.int(), total: z.int() });

const asked = z.object({ period, compare: period.nullable() });
const dossierRow = z.object({ id: documentId, code: z.string(), title: z.string(), keeper: z.string() });

export const figureFormats = ['pdf', 'xlsx', 'csv', 'json'] as const;

export const figureCalls = {
  /**
   * This unit's figures of a period and of the one it is laid beside, by what is here on this machine at `at`. Whoever neither leads nor keeps the registers is told their own dimension of people alone (NĐ 30/2020
   * Art 24.1); `people`: their names, for the dimensions. `lastSyncAt`: when the line last brought everything.
   */
  'figures.report': call(
    asked,
    z.object({
      at: instant, lastSyncAt: instant.nullable(), counting: figureCounting, report: figureReport, before: figureReport.nullable(),
      targets: z.array(figureTarget), level: z.enum(['province', 'commune']), seesAll: z.boolean(), people: z.array(z.object({ id: z.string(), name: z.string() })),
    }),
  ),
  /** Some figures of the office month by month, up to the one with `to` in it, which ends on that day; the earliest first. For whoever looks at a curve. */
  'figures.months': call(
    z.object({ to: localDate, months: z.int().positive().max(24), figures: z.array(figure).min(1).max(4) }),
    z.object({ months: z.array(days.extend({ values: z.array(figureValue) })) }),
  ),
  /**
   * What is behind a figure, the newest day first, of what is overdue the longest overdue: documents, or of the figures of dossiers these. `by` as in the report; '': all. `day`: in which it counts. A document with two
   * tasks is one row. Error: `not-allowed` for another person's part.
   */
  'figures.drill': call(
    z.object({ period, figure, by: z.string().max(200), part: z.enum([...outcomes, 'ahead']), offset: z.int().nonnegative(), limit: z.int().positive().max(200) }),
    z.object({ total: z.int(), rows: z.array(z.object({ day: localDate, document: documentState.nullable(), dossier: dossierRow.nullable() })) }),
  ),
  /** What the office aims at. `own`: it has set so itself; else these are the program's. */
  'figures.targets': call(z.object({}), z.object({ targets: z.array(figureTarget), own: z.boolean(), maySet: z.boolean() })),
  'figures.setTargets': call(z.object({ targets: z.array(figureTarget).max(60) }), z.object({})),
  /** The report as an office prints it; `json` is the same numbers for another program. */
  'figures.export': call(asked.extend({ format: z.enum(figureFormats) }), z.object({ fileName: z.string(), bytes: binary })),
} as const;

export const figureEvents = {
  /** More has been counted, or something is to be counted again. */
  'figures.counted': figureCounting,
} as const;
