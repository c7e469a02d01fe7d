import { attempt, broken, countValues, dictOf, entryOf, isName, pdfNull, referencesIn, type PdfFile, type PdfObject, type XrefEntry } from '../pdf/index.ts';
import { describeBlamed } from './blame.ts';
import { compareAnnotations } from './changes-annotations.ts';
import { compareAppearanceInPlace, compareField } from './changes-fields.ts';
import { compareAcroForm } from './changes-form.ts';
import { comparePage, comparePages } from './changes-pages.ts';
import { compareStructure } from './changes-structure.ts';
import { readRevisionEntries, sameEntry } from './entries.ts';
import { differingKeys, sameContent } from './equal.ts';
import { isSigned, readFields, type FieldTree } from './fields.ts';
import type { History } from './history.ts';
import type { Spot } from './place.ts';
import { addReferences, manyReferrers, trailerReferrer, type References } from './references.ts';

/** What one revision did to the one before it. `field` is a full field name; `what` a sentence without its full stop. `spots`: where it is seen, first the chief one. */
export type Change = { readonly spots?: readonly Spot[] } & (
  | { readonly kind: 'dss' | 'metadata' }
  /** `existed`: the field was there before, empty. */
  | { readonly kind: 'signature' | 'timestamp'; readonly field: string; readonly existed: boolean }
  | { readonly kind: 'empty-signature-field'; readonly field: string }
  /** `redrawn`: only its picture is new, its value is what it was. */
  | { readonly kind: 'field-filled'; readonly field: string; readonly redrawn: boolean }
  /** With a `field`: it was filled, which a certification for filling forms allows. */
  | { readonly kind: 'content-added'; readonly what: string; readonly field?: string }
  /** An annotation that was there is changed or gone: forbidden, unless the signer allowed it (DocMDP P=3). */
  | { readonly kind: 'annotation-changed'; readonly what: string }
  | { readonly kind: 'forbidden' | 'not-examined'; readonly what: string }
);

/** One revision beside the one before it. */
export type Step = {
  readonly before: PdfFile;
  readonly after: PdfFile;
  readonly fieldsBefore: FieldTree;
  readonly fieldsAfter: FieldTree;
  readonly references: References;
  /** Share of each page, by its number, that new widgets of this and earlier steps may hide. */
  readonly covered: Map<number, number>;
  readonly touched: ReadonlyMap<number, Touched>;
  readonly report: (change: Change) => void;
  /** No rule explains what happened to this object: it is described by where it is used. */
  readonly blame: (num: number, touched: Touched) => void;
};

/** What is carried from step to step. `trees`: of each state, where they are known; `latest`: of the state that the step before ended in, where they are not. */
export type ChangeContext = {
  readonly references: References; readonly covered: Map<number, number>; readonly trees?: readonly (FieldTree | null)[];
  latest?: { readonly file: PdfFile; readonly tree: FieldTree };
};

export type Touched = { readonly was: PdfObject; readonly now: PdfObject };

/**
 * Stage 4 of signing.md §6 for one step: every object that was in use and is not the same now must be explained by a rule; what no rule explains is
 * `forbidden`. New objects come into use only through objects that a rule has read. `context` grows by what this step added.
 */
export function findChanges(history: History, index: number, context: ChangeContext): readonly Change[] {
  const changes = new Map<string, Change>();
  const counts = new Map<Change['kind'], number>();
  const report = (change: Change): void => {
    const key = JSON.stringify(change);
    const count = counts.get(change.kind) ?? 0;
    // each kind by itself: nothing forbidden is lost behind a crowd of what is lawful
    if (count >= maxOfAKind || changes.has(key)) return;
    changes.set(key, change);
    counts.set(change.kind, count + 1);
  };
  const outcome = attempt(() => compare(history, index, context, report));
  if (!outcome.ok) report({ kind: 'not-examined', what: `Bản cập nhật thứ ${index + 1} không đọc hết được` });
  return [...changes.values()];
}

const maxOfAKind = 500;

function compare(history: History, index: number, context: ChangeContext, report: (change: Change) => void): void {
  const { references, covered } = context;
  const before = history.states[index - 1]?.file;
  const after = history.states[index]?.file;
  if (before === undefined || after === undefined) return;
  const root = entryOf(before.trailer, 'Root');
  if (root.kind !== 'ref' || entryOf(after.trailer, 'Root').kind !== 'ref' || !sameContent(before, root, after, entryOf(after.trailer, 'Root'))) {
    report({ kind: 'forbidden', what: 'Danh mục gốc của tệp bị thay' });
    return;
  }
  if (before.protection?.identity !== after.protection?.identity) {
    report({ kind: 'forbidden', what: 'Cách mã hóa của tệp bị thay' });
    return;
  }
  const blamed = new Map<number, Touched>();
  const blame: Step['blame'] = (num, each) => void blamed.set(num, each);
  const touched = readTouched(before, after, readRevisionEntries(history, index), references, { report, blame });
  const fieldsBefore = context.trees?.[index - 1] ?? (context.latest?.file === before ? context.latest.tree : readFields(before));
  const fieldsAfter = context.trees?.[index] ?? readFields(after);
  context.latest = { file: after, tree: fieldsAfter };
  const step: Step = { before, after, fieldsBefore, fieldsAfter, references, covered, touched, report, blame };
  compareCatalog(step);
  const pageNodes = comparePages(step);
  const lists = new Set([...compareAcroForm(step), ...compareSecurityStore(step)]);
  const structure = compareStructure(step);
  for (const num of structure.lists) lists.add(num);
  const metadata = new Set(compareMetadata(step));
  for (const [num, each] of touched) {
    const isStream = each.was.kind === 'stream' || each.now.kind === 'stream';
    // A rule reads an object in one role: one that also serves another (a form that is some page's resources, a catalog that is a content stream) is not explained.
    const isExplained = metadata.has(num) || pageNodes.has(num) || (!isStream && (num === root.num || structure.elements.has(num) || (lists.has(num) && isSingleUse(step, num))));
    if (!isExplained) explainObject(step, num, each);
  }
  for (const change of describeBlamed(before, blamed)) report(change);
  for (const [num, each] of touched) addReferences(references, after, num, each.now);
  addReferences(references, after, trailerReferrer, entryOf(after.trailer, 'Info'));
}

/** All of them are held at once, as they were and as they are. */
const maxTouchedValues = 250_000;

/** Objects in use before that are not the same now. New ones that nothing referred to are left to the rules that meet them. */
function readTouched(before: PdfFile, after: PdfFile, entries: ReadonlyMap<number, XrefEntry>, references: References, { report, blame }: Pick<Step, 'report' | 'blame'>): Map<number, Touched> {
  const touched = new Map<number, Touched>();
  let values = 0;
  for (const [num, entry] of entries) {
    // Its container, if replaced, is listed itself.
    if (sameEntry(before.findEntry(num), entry)) continue;
    const was = before.readObject(num);
    const now = after.readObject(num);
    // 7.5.7: whoever replaces an object stream replaces every object that older sections place in it.
    if (was.kind === 'stream' && isName(entryOf(was, 'Type'), 'ObjStm') && !sameContent(before, was, after, now)) report({ kind: 'forbidden', what: `Luồng chứa nhiều đối tượng (đối tượng ${num}) bị thay` });
    if (!references.referrers.has(num)) continue;
    const sameGeneration = generationOf(before.findEntry(num)) === generationOf(after.findEntry(num));
    // 7.3.10: a reference to the old generation is the null object now. poppler takes numbers so that it freed itself.
    const isFreed = !sameGeneration && was.kind === 'stream';
    if (!sameGeneration && !isFreed && was.kind !== 'null') blame(num, { was, now });
    if (!isFreed && sameContent(before, was, after, now)) continue;
    touched.set(num, { was, now: isFreed ? pdfNull : now });
    values += countValues(was) + countValues(now);
    if (values > maxTouchedValues) throw broken('quá nhiều đối tượng bị thay');
  }
  return touched;
}

function generationOf(entry: XrefEntry | null): number {
  return entry?.kind === 'offset' ? entry.gen : 0;
}

const catalogWords: Readonly<Record<string, string>> = {
  Pages: 'Cây trang của tệp bị thay', Names: 'Bảng tên của tệp (tệp đính kèm, mã lệnh, đích liên kết) bị thay', OpenAction: 'Lệnh tự chạy khi mở tệp bị thay', AA: 'Lệnh tự chạy của tệp bị thay', Outlines: 'Mục lục (dấu trang) của tệp bị thay',
  OCProperties: 'Các lớp nội dung (ẩn, hiện) của tệp bị thay', Perms: 'Quyền thay đổi mà người ký đặt cho tệp bị sửa', PageLabels: 'Cách đánh số trang bị thay', Dests: 'Đích của các liên kết bị thay', ViewerPreferences: 'Cách hiện tệp bị thay', AF: 'Tệp đính kèm bị thay', Collection: 'Tập tệp đính kèm bị thay',
};

function describeCatalogKey(key: string): string {
  return Object.hasOwn(catalogWords, key) ? (catalogWords[key] ?? '') : `Mục /${key.slice(0, 40)} của danh mục gốc bị thay`;
}

const catalogRules: ReadonlySet<string> = new Set(['AcroForm', 'DSS', 'Metadata', 'Extensions', 'Version', 'StructTreeRoot']);

function compareCatalog(step: Step): void {
  const keys = differingKeys(step.before.catalog, step.after.catalog);
  for (const key of keys) {
    if (key === 'Extensions' || key === 'Version') step.report({ kind: 'metadata' });
    else if (!catalogRules.has(key)) step.report({ kind: 'forbidden', what: describeCatalogKey(key) });
  }
}

/** The DSS (12.8.4.3) only grows: nothing that it held may leave or change. */
function compareSecurityStore(step: Step): readonly number[] {
  const was = entryOf(step.before.catalog, 'DSS');
  const now = entryOf(step.after.catalog, 'DSS');
  const explained: number[] = [];
  const added = [...(dictOf(step.after.resolve(now))?.entries.keys() ?? [])].filter((key) => !storeKeys.has(key));
  if (added.length > 0 || !grows(step, was, now, explained, 0)) step.report({ kind: 'forbidden', what: 'Dữ liệu kiểm chứng lâu dài (DSS) bị bớt hoặc bị sửa' });
  else if (explained.some((num) => step.touched.has(num)) || !sameContent(step.before, was, step.after, now)) step.report({ kind: 'dss' });
  return explained;
}

const storeKeys: ReadonlySet<string> = new Set(['Type', 'Certs', 'OCSPs', 'CRLs', 'VRI']);
const maxStoreDepth = 6;

function grows(step: Step, was: PdfObject, now: PdfObject, explained: number[], depth: number): boolean {
  const old = step.before.resolve(was);
  const next = step.after.resolve(now);
  if (was.kind === 'ref') explained.push(was.num);
  if (depth > maxStoreDepth) return false;
  if (old.kind === 'null') return true;
  if (old.kind === 'array') return next.kind === 'array' && holdsAll(step, old.items, next.items);
  if (old.kind === 'dict') return next.kind === 'dict' && next.duplicates.length === 0 && [...old.entries].every(([key, value]) => grows(step, value, next.entries.get(key) ?? pdfNull, explained, depth + 1));
  return sameContent(step.before, old, step.after, next);
}

/** Lists of evidence are references; what stands in them directly is compared with every other, for as many as that can be done. */
const maxDirectItems = 1000;

function holdsAll(step: Step, old: readonly PdfObject[], next: readonly PdfObject[]): boolean {
  const keyOf = (item: PdfObject): string => (item.kind === 'ref' ? `${item.num} ${item.gen}` : '');
  const kept = new Set(next.map(keyOf));
  const direct = next.filter((item) => item.kind !== 'ref').slice(0, maxDirectItems);
  return old.every((item, i) => (item.kind === 'ref' ? kept.has(keyOf(item)) : i < maxDirectItems && direct.some((each) => sameContent(step.before, item, step.after, each))));
}

function compareMetadata(step: Step): readonly number[] {
  const nums = [entryOf(step.before.trailer, 'Info'), entryOf(step.before.catalog, 'Metadata')].flatMap((each) => (each.kind === 'ref' && isSingleUse(step, each.num) ? [each.num] : []));
  if (nums.some((num) => step.touched.has(num)) || differingKeys(step.before.catalog, step.after.catalog).includes('Metadata') || !sameContent(step.before, entryOf(step.before.trailer, 'Info'), step.after, entryOf(step.after.trailer, 'Info'))) step.report({ kind: 'metadata' });
  return nums;
}

function isSingleUse(step: Step, num: number): boolean {
  return step.references.referrers.get(num) !== manyReferrers;
}

function explainObject(step: Step, num: number, touched: Touched): void {
  const { was, now } = touched;
  const field = step.fieldsBefore.byNumber.get(num);
  if (field !== undefined && was.kind === 'dict' && now.kind === 'dict') return compareField(step, num, field, was, now);
  if (isName(entryOf(was, 'Type'), 'Page') && was.kind === 'dict' && now.kind === 'dict') return comparePage(step, num, was, now);
  const owner = step.references.referrers.get(num) ?? manyReferrers;
  if (was.kind === 'array' && isAnnotationList(step, owner, num)) return compareAnnotations(step, owner, was, now);
  if (was.kind === 'stream' && now.kind === 'stream' && isFieldAppearance(step, step.before, owner, num)) return compareAppearanceInPlace(step, owner);
  // poppler frees the picture that it replaces; what the field shows now is judged with the field
  if (was.kind === 'stream' && now.kind === 'null' && isFieldAppearance(step, step.before, owner, num) && step.touched.has(owner) && !isFieldAppearance(step, step.after, owner, num)) return;
  step.blame(num, touched);
}

function isAnnotationList(step: Step, owner: number, num: number): boolean {
  if (owner <= 0) return false;
  const page = step.before.readObject(owner);
  const list = entryOf(page, 'Annots');
  return isName(entryOf(page, 'Type'), 'Page') && list.kind === 'ref' && list.num === num;
}

/** An appearance rewritten in its own place: lawful where the field's value may change, and when nothing else shows it. */
function isFieldAppearance(step: Step, file: PdfFile, owner: number, num: number): boolean {
  const field = owner > 0 ? step.fieldsBefore.byNumber.get(owner) : undefined;
  if (field === undefined || !(['Tx', 'Ch', 'Btn'].includes(field.type) || (field.type === 'Sig' && !isSigned(step.before, field)))) return false;
  let shown = false;
  referencesIn(entryOf(file.readObject(owner), 'AP'), (each) => {
    if (each === num) shown = true;
  });
  return shown;
}
