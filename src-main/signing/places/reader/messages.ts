import { z } from 'zod';
import { appError } from '../../../../src-shared/protocol/wire.ts';
import { proposal, rectMm } from '../../../../src-shared/contract/signing.ts';

/**
 * The program ⇄ the thread that reads pages. One question is in hand at a time; while it is, the thread asks for the bytes that it needs.
 * What comes out of the thread was made from a file of a stranger, so it is parsed as from outside.
 */
export type Question = { readonly kind: 'question'; readonly op: Op; readonly sizeBytes: number; readonly password: string | null; readonly whole: Uint8Array | null };
export type Bytes = { readonly kind: 'bytes'; readonly id: number; readonly bytes: Uint8Array };

const page = { widthMm: z.number(), heightMm: z.number() };
const place = proposal.nullable();
/** A line has no width or no height. */
const box = rectMm.extend({ width: z.number(), height: z.number() });
const answers = {
  places: z.object({ pages: z.array(z.object(page)), signature: place, seal: place, number: place, day: place, month: place, year: place, prepared: z.boolean() }),
  text: z.object({ pages: z.int().nonnegative(), text: z.string() }),
  'first-page': z.object({ text: z.string() }),
  rooms: z.array(z.object({ page: z.int().positive(), ...page, ink: z.array(box), head: z.object({ number: box.nullable(), subject: box.nullable(), date: box.nullable() }) })),
} as const;

export type Op = keyof typeof answers;
export type Answer<O extends Op> = z.infer<(typeof answers)[O]>;

export const fromReader = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready') }),
  z.object({ kind: z.literal('read'), id: z.int(), offset: z.int().nonnegative(), length: z.int().nonnegative() }),
  z.object({ kind: z.literal('answer'), result: z.discriminatedUnion('ok', [z.object({ ok: z.literal(true), value: z.unknown() }), z.object({ ok: z.literal(false), error: appError })]) }),
  /** The library threw: the file is stranger than it can bear. */
  z.object({ kind: z.literal('failed') }),
]);
export type FromReader = z.infer<typeof fromReader>;

/** Null when it is none. */
export function parseAnswer<O extends Op>(op: O, value: unknown): Answer<O> | null {
  const parsed = answers[op].safeParse(value);
  return parsed.success ? (parsed.data as Answer<O>) : null;
}
