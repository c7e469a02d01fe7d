import { z } from 'zod';
import { pagePlace } from '../../../src-shared/contract/verification.ts';
import type { PagePlace } from '../../../src-shared/contract/verification.ts';

/**
 * The program ⇄ the process that draws. One file is in hand at a time; while it is, the process asks for the bytes that it needs and tells each page as
 * soon as it was compared, so that what was seen before an end by force is known. What it says was made from a stranger's file, and is parsed as from outside.
 */
export type ToPainter = Question | Bytes;
export type Question = {
  readonly kind: 'question';
  readonly id: number;
  readonly sizeBytes: number;
  readonly password: string | null;
  /** The file, where it is small. */
  readonly whole: Uint8Array | null;
  readonly states: readonly { readonly earlierBytes: number; readonly lawful: readonly PagePlace[] }[];
  /** Pages to begin with. */
  readonly first: readonly number[];
  readonly maxPages: number;
  readonly deadlineMs: number;
};
export type Bytes = { readonly kind: 'bytes'; readonly id: number; readonly bytes: Uint8Array };

/** Why one page, or one state, could not be compared. */
export const pageFault = z.enum(['size', 'unreadable']);
export type PageFault = z.infer<typeof pageFault>;

const told = { id: z.int(), state: z.int().nonnegative() };
export const fromPainter = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready') }),
  z.object({ kind: z.literal('read'), id: z.int(), offset: z.int().nonnegative(), length: z.int().nonnegative().max(64 * 1024 * 1024) }),
  /** `places` empty: it looks the same. */
  z.object({ kind: z.literal('page'), ...told, page: z.int().positive(), places: z.array(pagePlace).max(64) }),
  /** `page` null: no page of this state. */
  z.object({ kind: z.literal('fault'), ...told, page: z.int().positive().nullable(), fault: pageFault }),
  /** No more will come. `cut`: by which limit, before all was compared. */
  z.object({ kind: z.literal('done'), id: z.int(), cut: z.enum(['pages', 'time']).nullable() }),
  /** The library threw in a way that nobody expected. */
  z.object({ kind: z.literal('failed'), id: z.int() }),
]);
export type FromPainter = z.infer<typeof fromPainter>;
