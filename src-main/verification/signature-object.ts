import { attempt, dictOf, entryOf, textOf, type PdfDict, type PdfObject } from '../pdf/index.ts';
import { readSignedBytes, type SignedBytes } from './byte-range.ts';
import { leavesAlone } from './entries.ts';
import { sameDict } from './equal.ts';
import { isSigned, readFields, type Field, type FieldTree } from './fields.ts';
import type { History, State } from './history.ts';
import type { ProblemCode } from './messages.ts';

/** One signature as it was found in the oldest revision that shows it. */
export type SignatureObject = {
  readonly field: Field;
  readonly dict: PdfDict;
  readonly subFilter: string;
  /** `/M` as it stands, or null. */
  readonly claimed: string | null;
  /** `/Reason` as it stands, or ''. */
  readonly reason: string;
  /** Index of the revision that first shows it, and of the one that its byte range ends with (null: none). */
  readonly seenIn: number;
  readonly revision: number | null;
  readonly signed: SignedBytes | null;
  /** Where the byte range ends; 0 when it cannot be told. */
  readonly end: number;
  readonly problems: readonly ProblemCode[];
};

/** Field trees of all revisions, oldest first; null where the tree cannot be read. */
export type FieldTrees = readonly (FieldTree | null)[];

export function readFieldTrees(history: History): FieldTrees {
  let left = maxFieldsHeld;
  const trees: (FieldTree | null)[] = [];
  history.states.forEach((state, index) => {
    const before = trees[index - 1] ?? null;
    // an update that wrote none of its objects leaves the tree as it was
    const kept = before === null ? null : attempt(() => leavesAlone(history, index, before.read));
    if (kept?.ok === true && kept.value) return void trees.push(before);
    const tree = left > 0 ? attempt(() => readFields(state.file)) : null;
    trees.push(tree?.ok === true ? tree.value : null);
    left -= tree?.ok === true ? tree.value.fields.length + tree.value.byNumber.size : 0;
  });
  return trees;
}

/** Fields and widgets, over all revisions. */
const maxFieldsHeld = 60_000;

/** Stage 2 of signing.md §6: every signature that any revision shows, in the order of their ends. One that is gone or altered in a later revision says so. */
export function readSignatureObjects(history: History, trees: FieldTrees): readonly SignatureObject[] {
  const found = new Map<string, SignatureObject>();
  const budget: Budget = { contents: maxContentsBytes, shared: new Map() };
  history.states.forEach((state, index) => {
    for (const field of trees[index]?.fields ?? []) {
      if (found.size > maxSignatures) return;
      const key = `${field.num}/${field.name}`;
      // contents are long: of a signature that is known, the last state is read again, and no other
      if (found.has(key) || !attemptOr(() => isSigned(state.file, field), true)) continue;
      found.set(key, readShared(history, state, index, field, budget));
    }
  });
  const all = [...found.entries()].map(([key, each]) => withHistory(history, trees, key, each));
  return markShared(all).sort((a, b) => a.end - b.end);
}

/** A sentence beside a signature; what is longer is none. */
const maxReasonChars = 400;
/** One more than this is found, and no more: who counts them sees that there are too many. */
const maxSignatures = 64;
/** All contents together, which are held until the last signature is judged. */
const maxContentsBytes = 16 * 1024 * 1024;

type Budget = { contents: number; readonly shared: Map<string, SignatureObject> };

/** A value that several fields share (a finding of its own) is read once. */
function readShared(history: History, state: State, seenIn: number, field: Field, budget: Budget): SignatureObject {
  const key = field.value.kind === 'ref' ? `${seenIn}/${field.value.num}` : null;
  const known = key === null ? undefined : budget.shared.get(key);
  const signature = known === undefined ? readOne(history, state, seenIn, field, budget) : { ...known, field };
  if (key !== null) budget.shared.set(key, signature);
  return signature;
}

function readOne(history: History, state: State, seenIn: number, field: Field, budget: Budget): SignatureObject {
  const dict = attemptOr(() => dictOf(state.file.resolve(field.value)), null);
  if (dict === null || dict.duplicates.length > 0) return { field, dict: dict ?? emptyDict, subFilter: '', claimed: null, reason: '', seenIn, revision: null, signed: null, end: 0, problems: ['signature.unreadable'] };
  const subFilter = entryOf(dict, 'SubFilter');
  const base = { field, dict, subFilter: subFilter.kind === 'name' ? subFilter.value : '', claimed: textOf(entryOf(dict, 'M')), reason: (textOf(entryOf(dict, 'Reason')) ?? '').slice(0, maxReasonChars), seenIn };
  const contents = entryOf(dict, 'Contents');
  budget.contents -= contents.kind === 'string' ? contents.bytes.length : 0;
  if (budget.contents < 0) return { ...base, dict: emptyDict, revision: null, signed: null, end: 0, problems: ['file.too-large'] };
  // Both entries are read as they stand in the dictionary: 12.8.1 wants them direct, and an indirect one could be swapped later.
  const outcome = readSignedBytes(history.source, plain(entryOf(dict, 'ByteRange')), contents.kind === 'string' ? contents.bytes : null);
  if (!outcome.ok) return { ...base, revision: null, signed: null, end: 0, problems: [outcome.code] };
  const { range } = outcome.value;
  const problems: ProblemCode[] = outcome.value.isBer ? ['cms.ber'] : [];
  if (contents.kind !== 'string' || contents.span?.start !== range.gapStart || contents.span.end !== range.gapEnd) problems.push('byte-range.gap');
  const revision = history.states.findIndex(({ revision: each }) => range.end >= each.eofEnd && range.end <= each.end);
  const own = history.states[revision];
  if (own === undefined || range.gapStart < own.revision.start) problems.push('byte-range.partial');
  // A signature that a later revision shows first was copied there from another place.
  else if (revision !== seenIn) problems.push('signature.redefined');
  return { ...base, revision: own === undefined ? null : revision, signed: outcome.value, end: range.end, problems };
}

/** The dictionary read at the end must be the one read in its own revision. */
function withHistory(history: History, trees: FieldTrees, key: string, signature: SignatureObject): SignatureObject {
  const state = history.states.at(-1);
  const field = trees.at(-1)?.fields.find((each) => `${each.num}/${each.name}` === key);
  const present = state === undefined || field === undefined || field.type !== 'Sig' ? null : attemptOr(() => dictOf(state.file.resolve(field.value)), null);
  if (present !== null && (sameDict(present, signature.dict) || signature.problems.some((code) => code === 'signature.unreadable' || code === 'file.too-large'))) return signature;
  return { ...signature, problems: [...signature.problems, 'signature.redefined'] };
}

function markShared(all: readonly SignatureObject[]): SignatureObject[] {
  return all.map((each) => {
    const shared = all.some((other) => other !== each && ((each.field.value.kind === 'ref' && other.field.value.kind === 'ref' && each.field.value.num === other.field.value.num) || (each.end > 0 && each.end === other.end)));
    return shared ? { ...each, problems: [...each.problems, 'signature.shared' as const] } : each;
  });
}

function plain(object: PdfObject): unknown {
  if (object.kind === 'null') return null;
  if (object.kind !== 'array') return false;
  return object.items.map((item) => (item.kind === 'number' ? item.value : null));
}

function attemptOr<T>(read: () => T, otherwise: T): T {
  const outcome = attempt(read);
  return outcome.ok ? outcome.value : otherwise;
}

const emptyDict: PdfDict = { kind: 'dict', entries: new Map(), duplicates: [] };
