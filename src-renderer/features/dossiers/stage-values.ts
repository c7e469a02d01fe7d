import { z } from 'zod';
import { localDate } from '../../../src-shared/domain/ids.ts';

const stageValues = z.object({ date: localDate.nullable(), text: z.string(), pages: z.int().nonnegative().nullable() });
/** What the steps of a dossier ask for: a day, some words, a count of pages. */
export type StageValues = z.output<typeof stageValues>;

export function parseStageValues(value: unknown): StageValues | null {
  return stageValues.safeParse(value).data ?? null;
}
