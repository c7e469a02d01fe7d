import fc from 'fast-check';
import { find, headers, numbersAfter, replace, rowsOf, streamless, type Found } from './pieces.ts';
import { appendRevision, revisionArbitrary, type Revision } from './revision.ts';

/** What is done to a file. Places are shares of what there is to choose from (of 2^20), so that a case stays a case while it is made smaller. */
export type Mutation =
  | { readonly kind: 'flip'; readonly at: number; readonly bit: number }
  | { readonly kind: 'set'; readonly at: number; readonly byte: number }
  | { readonly kind: 'delete' | 'zero'; readonly at: number; readonly length: number }
  | { readonly kind: 'insert'; readonly at: number; readonly text: string }
  | { readonly kind: 'duplicate'; readonly at: number; readonly length: number; readonly to: number }
  | { readonly kind: 'truncate'; readonly at: number }
  | { readonly kind: 'append'; readonly text: string }
  | { readonly kind: 'digit'; readonly at: number; readonly digit: number }
  | { readonly kind: 'swap-objects' | 'swap-numbers' | 'replace-body'; readonly one: number; readonly other: number }
  | { readonly kind: 'renumber'; readonly one: number; readonly num: number }
  | { readonly kind: 'reference'; readonly one: number; readonly num: number }
  | { readonly kind: 'duplicate-key'; readonly one: number; readonly from: number }
  | { readonly kind: 'name'; readonly one: number; readonly name: string }
  | { readonly kind: 'number'; readonly key: string; readonly one: number; readonly value: string; readonly sameLength: boolean }
  | { readonly kind: 'row'; readonly one: number; readonly other: number; readonly use: 'n' | 'f' | null }
  | { readonly kind: 'start'; readonly at: number }
  | { readonly kind: 'splice'; readonly file: number; readonly at: number; readonly from: number }
  | { readonly kind: 'append-file'; readonly file: number }
  | { readonly kind: 'revision'; readonly revision: Revision };

export const share = 2 ** 20;
const place = fc.nat({ max: share - 1 });

/** Where readers have been fooled: keys whose number says how the file is read. */
const tellingKeys = ['Prev', 'Length', 'Size', 'Count', 'First', 'N', 'W', 'Index', 'XRefStm', 'ByteRange', 'Columns', 'Predictor', 'P', 'F', 'Ff', 'V', 'R', 'Rotate', 'SigFlags', 'StructParent'] as const;
const tellingNumbers = ['0', '1', '-1', '2', '9', '16', '65535', '99999', '2147483648', '4294967296', '9007199254740993', '1.5', '00000001', '+7'] as const;
export const tellingNames = ['Type', 'Sig', 'Page', 'Pages', 'Catalog', 'Contents', 'ByteRange', 'V', 'AP', 'N', 'Kids', 'Fields', 'Annots', 'FT', 'Tx', 'Length', 'Filter', 'FlateDecode', 'ObjStm', 'XRef', 'Prev', 'Root', 'Encrypt', 'DSS', 'SubFilter', 'ETSI.RFC3161', 'adbe.pkcs7.detached', 'Perms', 'Reference', 'Metadata', 'OpenAction', 'AA', 'XFA', 'Lock', 'Rect', 'P', 'A', 'B#41'] as const;
const tokens = [' ', '\n', '%', '%%EOF', 'startxref\n0\n%%EOF\n', 'endobj', 'stream\n', '<<', '>>', '[', ']', '(', ')', '<', '>', 'null', 'true', '0 R', '1 0 R', ' 0 obj', 'xref\n', 'trailer\n', '/Type /Sig', '/Prev 0', '\0', '\xff', '\r', '<</Root 1 0 R>>'] as const;
const text = fc.array(fc.oneof(fc.constantFrom(...tokens), fc.nat({ max: 300 }).map(String), fc.constantFrom(...tellingNames).map((name) => `/${name} `)), { minLength: 1, maxLength: 8 }).map((parts) => parts.join(''));
const length = fc.oneof(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 2000 }));

const byteMutation = fc.oneof(
  fc.record({ kind: fc.constant('flip' as const), at: place, bit: fc.nat({ max: 7 }) }),
  fc.record({ kind: fc.constant('set' as const), at: place, byte: fc.nat({ max: 255 }) }),
  fc.record({ kind: fc.constantFrom('delete' as const, 'zero' as const), at: place, length }),
  fc.record({ kind: fc.constant('insert' as const), at: place, text }),
  fc.record({ kind: fc.constant('duplicate' as const), at: place, length, to: place }),
  fc.record({ kind: fc.constant('truncate' as const), at: place }),
  fc.record({ kind: fc.constant('append' as const), text }),
  fc.record({ kind: fc.constant('digit' as const), at: place, digit: fc.nat({ max: 9 }) }),
);

const structureMutation = fc.oneof(
  fc.record({ kind: fc.constantFrom('swap-objects' as const, 'swap-numbers' as const, 'replace-body' as const), one: place, other: place }),
  fc.record({ kind: fc.constant('renumber' as const), one: place, num: fc.nat({ max: 60 }) }),
  fc.record({ kind: fc.constant('reference' as const), one: place, num: fc.nat({ max: 60 }) }),
  fc.record({ kind: fc.constant('duplicate-key' as const), one: place, from: place }),
  fc.record({ kind: fc.constant('name' as const), one: place, name: fc.constantFrom(...tellingNames) }),
  fc.record({ kind: fc.constant('number' as const), key: fc.constantFrom(...tellingKeys), one: place, value: fc.oneof(fc.constantFrom(...tellingNumbers), fc.nat({ max: 40_000 }).map(String)), sameLength: fc.boolean() }),
  fc.record({ kind: fc.constant('row' as const), one: place, other: place, use: fc.constantFrom('n' as const, 'f' as const, null) }),
  fc.record({ kind: fc.constant('start' as const), at: place }),
  fc.record({ kind: fc.constant('splice' as const), file: fc.nat({ max: 63 }), at: place, from: place }),
  fc.record({ kind: fc.constant('append-file' as const), file: fc.nat({ max: 63 }) }),
);

const revisionMutation = fc.record({ kind: fc.constant('revision' as const), revision: revisionArbitrary });

/** Bytes, structure, and lawful-looking later revisions; several at a time. */
export const mutationsArbitrary: fc.Arbitrary<readonly Mutation[]> = fc.oneof(
  { weight: 3, arbitrary: fc.array(byteMutation, { minLength: 1, maxLength: 4 }) },
  { weight: 3, arbitrary: fc.array(structureMutation, { minLength: 1, maxLength: 4 }) },
  { weight: 3, arbitrary: fc.array(revisionMutation, { minLength: 1, maxLength: 3 }) },
  { weight: 2, arbitrary: fc.array(fc.oneof(byteMutation, structureMutation, revisionMutation), { minLength: 1, maxLength: 6 }) },
);

export function mutate(bytes: Buffer, mutations: readonly Mutation[], files: readonly Buffer[]): Buffer {
  return mutations.reduce((current, mutation) => apply(current, mutation, files), bytes);
}

function apply(bytes: Buffer, mutation: Mutation, files: readonly Buffer[]): Buffer {
  const placeOf = (at: number): number => Math.floor((at / share) * bytes.length);
  const other = (file: number): Buffer => files[file % files.length]!;
  switch (mutation.kind) {
    case 'flip': return changed(bytes, placeOf(mutation.at), (byte) => byte ^ (1 << mutation.bit));
    case 'set': return changed(bytes, placeOf(mutation.at), () => mutation.byte);
    case 'delete': return replace(bytes, placeOf(mutation.at), placeOf(mutation.at) + mutation.length, '');
    case 'zero': return replace(bytes, placeOf(mutation.at), placeOf(mutation.at) + mutation.length, Buffer.alloc(Math.min(mutation.length, bytes.length - placeOf(mutation.at)), '0'));
    case 'insert': return replace(bytes, placeOf(mutation.at), placeOf(mutation.at), mutation.text);
    case 'duplicate': return replace(bytes, placeOf(mutation.to), placeOf(mutation.to), Buffer.from(bytes.subarray(placeOf(mutation.at), placeOf(mutation.at) + mutation.length)));
    case 'truncate': return bytes.subarray(0, placeOf(mutation.at));
    case 'append': return replace(bytes, bytes.length, bytes.length, mutation.text);
    case 'digit': return atOne(bytes, find(bytes, /\d/g), mutation.at, () => String(mutation.digit));
    case 'swap-objects': return swapObjects(bytes, mutation.one, mutation.other);
    case 'swap-numbers': return swapNumbers(bytes, mutation.one, mutation.other);
    case 'replace-body': return replaceBody(bytes, mutation.one, mutation.other);
    case 'renumber': return atOne(bytes, headers(bytes).map(({ start, num }) => ({ start, end: start + String(num).length })), mutation.one, (found) => String(mutation.num).padStart(found.end - found.start, '0'));
    case 'reference': return atOne(bytes, find(bytes, /(?<!\d)\d{1,10}(?= \d{1,5} R)/g), mutation.one, (found) => String(mutation.num).padStart(found.end - found.start, '0'));
    case 'duplicate-key': {
      const keys = find(bytes, /\/[A-Za-z]+ ?[^/<>[\]()]+/g);
      const from = pick(keys, mutation.from);
      return from === null ? bytes : atOne(bytes, keys.map(({ end }) => ({ start: end, end })), mutation.one, () => bytes.toString('latin1', from.start, from.end));
    }
    case 'name': return atOne(bytes, find(bytes, /\/[A-Za-z0-9.#]+/g), mutation.one, () => `/${mutation.name}`);
    case 'number': return atOne(bytes, numbersAfter(bytes, mutation.key), mutation.one, (found) => (mutation.sameLength ? mutation.value.slice(0, found.end - found.start).padStart(found.end - found.start, '0') : mutation.value));
    case 'row': return changeRow(bytes, mutation.one, mutation.other, mutation.use);
    case 'start': return atOne(bytes, find(bytes, /(?<=startxref\s+)\d+/g).slice(-1), 0, () => String(placeOf(mutation.at)));
    case 'splice': return Buffer.concat([bytes.subarray(0, placeOf(mutation.at)), other(mutation.file).subarray(Math.floor((mutation.from / share) * other(mutation.file).length))]);
    case 'append-file': return Buffer.concat([bytes, other(mutation.file)]);
    case 'revision': return appendRevision(bytes, mutation.revision);
  }
}

function pick<T>(from: readonly T[], at: number): T | null {
  return from[Math.floor((at / share) * from.length)] ?? null;
}

function atOne(bytes: Buffer, found: readonly Found[], at: number, text: (found: Found) => string): Buffer {
  const one = pick(found, at);
  return one === null ? bytes : replace(bytes, one.start, one.end, text(one));
}

function changed(bytes: Buffer, at: number, change: (byte: number) => number): Buffer {
  const out = Buffer.from(bytes);
  if (at < out.length) out[at] = change(out[at]!);
  return out;
}

function swapObjects(bytes: Buffer, one: number, other: number): Buffer {
  const all = headers(bytes);
  const [a, b] = [one, other].flatMap((at) => pick(all, at) ?? []).sort((x, y) => x.start - y.start);
  if (a === undefined || b === undefined || a.start === b.start) return bytes;
  return Buffer.concat([bytes.subarray(0, a.start), bytes.subarray(b.start, b.end), bytes.subarray(a.end, b.start), bytes.subarray(a.start, a.end), bytes.subarray(b.end)]);
}

function swapNumbers(bytes: Buffer, one: number, other: number): Buffer {
  const all = headers(bytes);
  const [a, b] = [one, other].flatMap((at) => pick(all, at) ?? []).sort((x, y) => y.start - x.start);
  if (a === undefined || b === undefined || a.start === b.start) return bytes;
  return replace(replace(bytes, a.start, a.start + String(a.num).length, String(b.num)), b.start, b.start + String(b.num).length, String(a.num));
}

/** Of the same length where that can be had, so that no offset moves. */
function replaceBody(bytes: Buffer, one: number, other: number): Buffer {
  const all = headers(bytes);
  const [a, b] = [pick(all, one), pick(all, other)];
  if (a === null || b === null) return bytes;
  const text = streamless(bytes, b);
  return replace(bytes, a.body, a.end - 'endobj'.length, text.length < a.end - 'endobj'.length - a.body ? text.padEnd(a.end - 'endobj'.length - a.body) : text);
}

function changeRow(bytes: Buffer, one: number, other: number, use: 'n' | 'f' | null): Buffer {
  const rows = rowsOf(bytes);
  const [a, b] = [pick(rows, one), pick(rows, other)];
  if (a === null || b === null) return bytes;
  const text = bytes.toString('latin1', b.start, b.end);
  return replace(bytes, a.start, a.end, use === null ? text : text.slice(0, 17) + use);
}
