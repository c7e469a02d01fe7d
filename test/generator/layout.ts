import { deflateSync } from 'node:zlib';
import type { Protection } from './encrypt.ts';
import { linearized } from './linearized.ts';
import { latin1, writeObject, writeValue, type Hand } from './serialize.ts';
import { createSpacing } from './spacing.ts';
import type { Random } from './random.ts';
import { handFor, protect, trailerOf, withLengths, type SavedBytes, type Sheet } from './sheet.ts';
import type { FileSpec } from './spec.ts';
import { dict, name, ref, word, type Body, type Saved, type Slot } from './value.ts';
import { drawShape, startXrefText, streamSection, tableSection, type Entry } from './xref.ts';

export type SectionForm = 'table' | 'stream' | 'object-streams' | 'hybrid';

/** The bytes of a document saved as often as it says. */
export function layOut(spec: FileSpec, saved: readonly Saved[], id: Buffer, protection: Protection | null, random: Random): Buffer {
  let next = 1 + Math.max(...saved.flatMap(({ slots }) => slots.map(({ num }) => num)));
  const takeNumber = (): number => (next += 1) - 1;
  const encrypt = protection === null ? null : ref(takeNumber());
  const hand: Hand = { spacing: createSpacing(spec.spacing, random), random, oddSpelling: spec.oddSpelling, encryptString: (bytes) => bytes };
  const sheet: Sheet = { spec, hand, id: protection === null && random.chance(0.3) ? null : id, encrypt, protection, takeNumber, size: () => next };
  const eol = hand.spacing.eol();
  const chunks: Buffer[] = [latin1(`%PDF-${spec.version}${eol}${random.chance(0.8) ? `%\xe2\xe3\xcf\xd3${eol}` : ''}`)];
  let previous: number | null = null;
  saved.forEach((one, i) => {
    const slots = i === 0 && protection !== null && encrypt !== null ? [...one.slots, { num: encrypt.num, gen: 0, body: protection.dict }] : one.slots;
    const revision = { ...one, slots };
    const at = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
    const first = i === 0 && spec.form.startsWith('linearized');
    const done = first ? linearized(sheet, revision, at) : saveOnce(sheet, revision, at, formOf(sheet, i), previous);
    previous = done.startXref;
    chunks.push(done.bytes, latin1(i === saved.length - 1 ? spec.ending : hand.spacing.eol()));
  });
  return Buffer.concat(chunks);
}

function formOf({ spec, hand: { random } }: Sheet, revision: number): SectionForm {
  const own: SectionForm = spec.form === 'linearized-table' ? 'table' : spec.form === 'linearized-stream' ? 'stream' : spec.form;
  if (revision === 0) return own;
  if (spec.mixedForms && random.chance(0.5)) return own === 'table' || own === 'hybrid' ? 'stream' : 'table';
  return own === 'hybrid' && random.chance(0.5) ? 'table' : own;
}

function saveOnce(sheet: Sheet, saved: Saved, start: number, form: SectionForm, previous: number | null): SavedBytes {
  const { hand } = sheet;
  const slots = [...withLengths(sheet, saved.slots)];
  const packed = form === 'object-streams' || form === 'hybrid' ? slots.filter((slot) => mayBePacked(sheet, saved, slot, form) && hand.random.chance(0.8)) : [];
  const chunks: Buffer[] = [];
  let at = start;
  const push = (bytes: Buffer): number => {
    chunks.push(bytes);
    at += bytes.length;
    return at - bytes.length;
  };
  const entries = new Map<number, Entry>();
  const hidden = new Map<number, Entry>();
  const writeOne = (slot: Slot, into: Map<number, Entry>): void => {
    push(latin1(hand.spacing.between()));
    if (slot.body === 'free') into.set(slot.num, { kind: 'free', gen: slot.gen });
    else into.set(slot.num, { kind: 'at', gen: slot.gen, offset: push(writeObject(slot.num, slot.gen, slot.body, handFor(sheet, slot))) });
  };
  for (const slot of hand.random.shuffle(slots.filter((slot) => !packed.includes(slot)))) writeOne(slot, entries);
  const half = packed.length > 4 && hand.random.chance(0.5) ? packed.length >> 1 : 0;
  const into = form === 'hybrid' ? hidden : entries;
  for (const part of [packed.slice(0, half), packed.slice(half)].filter((some) => some.length > 0)) {
    const container = sheet.takeNumber();
    writeOne({ num: container, gen: 0, body: protect(sheet, container, 0, packTogether(part, hand)) }, into);
    part.forEach((slot, index) => into.set(slot.num, { kind: 'in', container, index }));
  }
  const isFirst = previous === null;
  // a table without a single row is more than some readers take
  if (isFirst || entries.size === 0 || hand.random.chance(0.2)) entries.set(0, { kind: 'free', gen: 65535 });
  if (form === 'stream' || form === 'object-streams') {
    const num = sheet.takeNumber();
    push(latin1(hand.spacing.between()));
    entries.set(num, { kind: 'at', offset: at, gen: 0 });
    if (isFirst && hand.random.chance(0.6)) fillGaps(entries, sheet.size());
    const startXref = push(streamSection(num, entries, trailerOf(sheet, saved, previous, null), sheet.size(), drawShape(hand), hand));
    push(latin1(`${hand.spacing.between()}${startXrefText(startXref, hand)}`));
    return { bytes: Buffer.concat(chunks), startXref };
  }
  let hybridAt: number | null = null;
  if (form === 'hybrid' && hidden.size > 0) {
    const num = sheet.takeNumber();
    hidden.set(num, { kind: 'at', offset: at, gen: 0 });
    hybridAt = push(streamSection(num, hidden, trailerOf(sheet, saved, null, null), sheet.size(), drawShape(hand), hand));
    if (!isFirst && hand.random.chance(0.5)) for (const each of hidden.keys()) entries.set(each, { kind: 'free', gen: 0 });
  }
  // 7.5.4: the first section of a file has no gaps
  if (isFirst) fillGaps(entries, sheet.size());
  push(latin1(hand.spacing.between()));
  const startXref = at;
  push(tableSection(entries, trailerOf(sheet, saved, previous, hybridAt), startXref, hand));
  return { bytes: Buffer.concat(chunks), startXref };
}

function fillGaps(entries: Map<number, Entry>, size: number): void {
  for (let num = 1; num < size; num += 1) if (!entries.has(num)) entries.set(num, { kind: 'free', gen: 0 });
}

/** 7.5.7: no streams, no generations, no encryption dictionary; a hybrid shows old readers the pages. */
function mayBePacked({ encrypt }: Sheet, { root }: Saved, { num, gen, body }: Slot, form: SectionForm): boolean {
  if (body === 'free' || body.kind === 'stream' || gen !== 0 || num === encrypt?.num) return false;
  if (form !== 'hybrid') return true;
  const type = body.kind === 'dict' ? body.entries.find(([key]) => key === 'Type')?.[1] : undefined;
  return num !== root.num && body.kind !== 'word' && !(type?.kind === 'name' && ['Page', 'Pages', 'Font'].includes(type.value));
}

function packTogether(slots: readonly Slot[], hand: Hand): Body {
  const bodies = slots.map(({ body }) => {
    if (body === 'free' || body.kind === 'stream') throw new Error('not for an object stream');
    return `${writeValue(body, hand)}${hand.spacing.gap()}`;
  });
  let at = 0;
  const index = slots.map(({ num }, i) => {
    const pair = `${num}${hand.spacing.gap()}${at}`;
    at += bodies[i]!.length;
    return pair;
  });
  const head = `${index.join(hand.spacing.gap())}${hand.spacing.gap()}`;
  const data = latin1(`${head}${bodies.join('')}`);
  const deflate = hand.random.chance(0.8);
  return { kind: 'stream', dict: dict({ Type: name('ObjStm'), N: word(slots.length), First: word(head.length), Filter: deflate ? name('FlateDecode') : null }), data: deflate ? deflateSync(data) : data };
}
