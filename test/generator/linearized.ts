import { latin1, writeObject, type Hand } from './serialize.ts';
import { handFor, trailerOf, withLengths, type SavedBytes, type Sheet } from './sheet.ts';
import { createSpacing } from './spacing.ts';
import { dict, extended, numbers, word, type Body, type Dict, type Saved } from './value.ts';
import { startXrefText, streamSection, tableSection, type Entry, type StreamShape } from './xref.ts';

const offsetDigits = 10;

/**
 * A linearised first revision (annex F): a section for the first part of the objects right after the parameters, the section for the rest at
 * the end, /Prev of the first pointing forward to it. There are no true hints, which readers are free to leave alone.
 */
export function linearized(sheet: Sheet, saved: Saved, start: number): SavedBytes {
  const { hand, spec } = sheet;
  // the two sections before the objects are written twice with the same length: nothing in them is left to chance
  const fixed: Hand = { ...hand, spacing: createSpacing('plain', hand.random), oddSpelling: false, random: { ...hand.random, chance: () => false, pick: (from) => from[0]! } };
  const shape: StreamShape = { offsetBytes: 4, predictor: 1, deflate: false, omitsType: false, spellsIndex: true };
  const isTable = spec.form === 'linearized-table';
  const slots = hand.random.shuffle(withLengths(sheet, saved.slots).filter(({ body }) => body !== 'free'));
  const cut = hand.random.between(1, slots.length - 1);
  const parameters = sheet.takeNumber();
  const [firstStream, mainStream] = isTable ? [0, 0] : [sheet.takeNumber(), sheet.takeNumber()];
  const chunks = slots.map((slot) => ({ slot, bytes: writeObject(slot.num, slot.gen, slot.body as Body, handFor(sheet, slot)) }));
  const parametersBody = (length: number, main: number): Buffer =>
    writeObject(parameters, 0, dict({ Linearized: word(1), L: padded(length), H: numbers([0, 0]), O: word(slots[0]!.num), E: padded(length), N: word(spec.pages), T: padded(main) }), fixed);

  const section = (num: number, at: number, startXref: number, entries: Map<number, Entry>, trailer: Dict): Buffer => {
    if (isTable) return Buffer.concat([tableSection(entries, trailer, startXref, fixed), latin1('\n')]);
    entries.set(num, { kind: 'at', offset: at, gen: 0 });
    return Buffer.concat([streamSection(num, entries, trailer, sheet.size(), shape, fixed), latin1(`${startXrefText(startXref, fixed)}\n`)]);
  };
  const firstSection = (main: number, at: number, offsets: ReadonlyMap<number, number>): Buffer => {
    const entries = new Map<number, Entry>(chunks.slice(0, cut).map(({ slot }) => [slot.num, { kind: 'at', offset: offsets.get(slot.num) ?? 0, gen: slot.gen }]));
    entries.set(parameters, { kind: 'at', offset: start, gen: 0 });
    return section(firstStream, at, 0, entries, extended(trailerOf(sheet, saved, null, null), { Prev: padded(main) }));
  };
  const firstAt = start + parametersBody(0, 0).length;
  let at = firstAt + firstSection(0, firstAt, new Map()).length;
  const offsets = new Map<number, number>();
  for (const { slot, bytes } of chunks) {
    offsets.set(slot.num, at);
    at += bytes.length;
  }
  const rest = new Map<number, Entry>(chunks.slice(cut).map(({ slot }) => [slot.num, { kind: 'at', offset: offsets.get(slot.num)!, gen: slot.gen }]));
  rest.set(0, { kind: 'free', gen: 65535 });
  const main = section(mainStream, at, firstAt, rest, isTable ? dict({ Size: word(sheet.size()) }) : trailerOf(sheet, saved, null, null));
  // the end mark is the last that counts: white space after it comes with the file's ending
  const end = main.subarray(0, main.length - 1);
  return { bytes: Buffer.concat([parametersBody(at + end.length, at), firstSection(at, firstAt, offsets), ...chunks.map(({ bytes }) => bytes), end]), startXref: firstAt };
}

/** Of one width, whatever the value. */
function padded(value: number): ReturnType<typeof word> {
  return word(String(value).padStart(offsetDigits, '0'));
}
