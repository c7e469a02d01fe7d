/** PDF objects as the generator holds them. It shares no line with the program's own writer: a mistake there would else be made twice and seen never. */
export type Value =
  /** Numbers, booleans, null: as they are to stand. */
  | { readonly kind: 'word'; readonly text: string }
  | { readonly kind: 'name'; readonly value: string }
  | { readonly kind: 'string'; readonly bytes: Buffer }
  | { readonly kind: 'array'; readonly items: readonly Value[] }
  | Dict
  | Ref;

export type Dict = { readonly kind: 'dict'; readonly entries: readonly (readonly [string, Value])[] };
export type Ref = { readonly kind: 'ref'; readonly num: number; readonly gen: number };
/** `data` as it stands in the file, filters done, before encryption. */
export type Stream = { readonly kind: 'stream'; readonly dict: Dict; readonly data: Buffer };
export type Body = Value | Stream;

/** `free`: the number is given up in this revision. */
export type Slot = { readonly num: number; readonly gen: number; readonly body: Body | 'free' };

/** What one saving of the file writes. */
export type Saved = { readonly slots: readonly Slot[]; readonly root: Ref; readonly info: Ref | null };

export function word(text: string | number): Value {
  return { kind: 'word', text: String(text) };
}

export function name(value: string): Value {
  return { kind: 'name', value };
}

export function text(value: string | Buffer): Value {
  return { kind: 'string', bytes: Buffer.isBuffer(value) ? value : Buffer.from(value, 'latin1') };
}

export function array(items: readonly Value[]): Value {
  return { kind: 'array', items };
}

export function numbers(values: readonly (number | string)[]): Value {
  return array(values.map(word));
}

/** Entries that are `null` are left out. */
export function dict(entries: Readonly<Record<string, Value | null>>): Dict {
  return { kind: 'dict', entries: Object.entries(entries).flatMap(([key, value]) => (value === null ? [] : [[key, value] as const])) };
}

export function ref(num: number, gen = 0): Ref {
  return { kind: 'ref', num, gen };
}

export function stream(entries: Readonly<Record<string, Value | null>>, data: Buffer): Stream {
  return { kind: 'stream', dict: dict(entries), data };
}

export function extended(base: Dict, entries: Readonly<Record<string, Value>>): Dict {
  return { kind: 'dict', entries: [...base.entries.filter(([key]) => !(key in entries)), ...Object.entries(entries)] };
}
