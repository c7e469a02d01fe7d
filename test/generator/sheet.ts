import type { Protection } from './encrypt.ts';
import type { Hand } from './serialize.ts';
import type { FileSpec } from './spec.ts';
import { array, dict, extended, ref, text, word, type Body, type Dict, type Ref, type Saved, type Slot } from './value.ts';

/** A file in the making: numbers for what only the layout needs come after all of the document's own. */
export type Sheet = {
  readonly spec: FileSpec;
  readonly hand: Hand;
  readonly id: Buffer | null;
  readonly encrypt: Ref | null;
  readonly protection: Protection | null;
  readonly takeNumber: () => number;
  readonly size: () => number;
};

export type SavedBytes = { readonly bytes: Buffer; readonly startXref: number };

export function trailerOf({ id, encrypt, size }: Sheet, { root, info }: Saved, previous: number | null, hybridAt: number | null): Dict {
  return dict({
    Size: word(size()), Root: root, Info: info, ID: id === null ? null : array([text(id), text(id)]), Encrypt: encrypt,
    Prev: previous === null ? null : word(previous), XRefStm: hybridAt === null ? null : word(hybridAt),
  });
}

/** Streams as they are to stand: encrypted, with their /Length, which may be an object of its own. */
export function withLengths(sheet: Sheet, slots: readonly Slot[]): readonly Slot[] {
  return slots.flatMap((slot): readonly Slot[] => {
    if (slot.body === 'free' || slot.body.kind !== 'stream') return [slot];
    const body = protect(sheet, slot.num, slot.gen, slot.body);
    if (body.kind !== 'stream' || !sheet.spec.indirectLengths || sheet.hand.random.chance(0.5)) return [{ ...slot, body }];
    const length = ref(sheet.takeNumber());
    return [{ ...slot, body: { ...body, dict: extended(body.dict, { Length: length }) } }, { num: length.num, gen: 0, body: word(body.data.length) }];
  });
}

export function protect({ protection }: Sheet, num: number, gen: number, body: Body): Body {
  if (body.kind !== 'stream') return body;
  const data = protection?.cipher.stream(num, gen, body.dict, body.data) ?? body.data;
  return { kind: 'stream', dict: extended(body.dict, { Length: word(data.length) }), data };
}

/** Strings are encrypted with the object's own key; those of the encryption dictionary are not. */
export function handFor({ hand, protection, encrypt }: Sheet, { num, gen }: Slot): Hand {
  return protection === null || num === encrypt?.num ? hand : { ...hand, encryptString: (bytes) => protection.cipher.string(num, gen, bytes) };
}
