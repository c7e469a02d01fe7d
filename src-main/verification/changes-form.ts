import { dictOf, entryOf, isName, pdfNull, textOf, type PdfDict, type PdfObject } from '../pdf/index.ts';
import { coverPage } from './changes-annotations.ts';
import type { Step } from './changes.ts';
import { differingKeys, sameContent, sameObject } from './equal.ts';
import { isSigned, shortName, type Field } from './fields.ts';
import { findSpots, type Spot } from './place.ts';

/** The form as a whole: fields stay, new ones are signature fields; resources only grow. Returns the objects that this rule has read. */
export function compareAcroForm(step: Step): readonly number[] {
  const was = entryOf(step.before.catalog, 'AcroForm');
  const now = entryOf(step.after.catalog, 'AcroForm');
  const old = dictOf(step.before.resolve(was));
  const next = dictOf(step.after.resolve(now));
  const read = was.kind === 'ref' ? [was.num] : [];
  if (old !== null && next === null) step.report({ kind: 'forbidden', what: 'Biểu mẫu của tệp (AcroForm) bị gỡ' });
  if (next === null) return read;
  if (next.duplicates.length > 0) step.report({ kind: 'forbidden', what: 'Biểu mẫu của tệp (AcroForm) ghi một mục hai lần' });
  for (const key of new Set([...(old?.entries.keys() ?? []), ...next.entries.keys()])) {
    const before = entryOf(old ?? pdfNull, key);
    const after = entryOf(next, key);
    if (key === 'Fields') read.push(...compareFieldList(step, before, after));
    else if (key === 'DR') read.push(...compareResources(step, before, after));
    else if (key !== 'SigFlags' && !sameObject(before, after)) judgeFormEntry(step, key, before, after);
  }
  return read;
}

function judgeFormEntry(step: Step, key: string, before: PdfObject, after: PdfObject): void {
  if (key === 'DA' && before.kind === 'null') return;
  if (key === 'NeedAppearances') {
    // A viewer that draws fields anew may show other than what was signed.
    if (after.kind === 'boolean' && after.value) step.report({ kind: 'not-examined', what: 'Tệp yêu cầu trình xem tự vẽ lại các trường (NeedAppearances)' });
    return;
  }
  step.report({ kind: 'forbidden', what: `Mục /${key.slice(0, 40)} của biểu mẫu bị thay đổi` });
}

function compareFieldList(step: Step, was: PdfObject, now: PdfObject): readonly number[] {
  const old = step.before.resolve(was);
  const next = step.after.resolve(now);
  const before = old.kind === 'array' ? old.items : [];
  const after = next.kind === 'array' ? next.items : [];
  let at = 0;
  for (const item of after) {
    const expected = before[at];
    if (expected !== undefined && sameContent(step.before, expected, step.after, item)) at += 1;
    else judgeNewField(step, item);
  }
  if (at < before.length) step.report({ kind: 'forbidden', what: 'Trường biểu mẫu bị gỡ khỏi biểu mẫu' });
  return was.kind === 'ref' ? [was.num] : [];
}

const widgetKeys: ReadonlySet<string> = new Set(['Type', 'Subtype', 'FT', 'T', 'TU', 'TM', 'Ff', 'F', 'P', 'Rect', 'V', 'AP', 'AS', 'MK', 'DA', 'DR', 'Q', 'BS', 'Border', 'Lock', 'SV', 'M', 'NM', 'StructParent', 'Parent', 'Kids', 'Contents']);

function judgeNewField(step: Step, item: PdfObject): void {
  const field = item.kind === 'ref' ? step.fieldsAfter.byNumber.get(item.num) : undefined;
  if (field === undefined || field.type !== 'Sig') return step.report({ kind: 'content-added', what: `Thêm trường biểu mẫu “${field === undefined ? '' : shortName(field)}”`, spots: field === undefined ? [] : findSpots(step.after, field.widgets) });
  if (item.kind === 'ref' && step.references.referrers.has(item.num)) return step.report({ kind: 'forbidden', what: `Đối tượng ${item.num} đã có trước được dùng làm trường chữ ký`, spots: findSpots(step.after, field.widgets) });
  for (const num of new Set([field.num, ...field.widgets])) {
    const widget = step.after.readObject(num);
    const odd = [...(dictOf(widget)?.entries.keys() ?? [])].filter((key) => !widgetKeys.has(key));
    if (widget.kind !== 'dict' || widget.duplicates.length > 0) step.report({ kind: 'forbidden', what: `Trường chữ ký “${shortName(field)}” không đọc được` });
    if (odd.length > 0) step.report({ kind: 'not-examined', what: `Trường chữ ký mới “${shortName(field)}” có mục lạ /${odd[0]?.slice(0, 40)}` });
  }
  reportSigning(step, field, false);
}

/** A signature field that now has a value, or an empty one that is only prepared: the latter may show nothing. `existed`: the field was there before. */
function reportSigning(step: Step, field: Field, existed: boolean): void {
  const value = step.after.resolve(field.value);
  const spots = findSpots(step.after, field.widgets);
  if (isSigned(step.after, field)) {
    step.report({ kind: isName(entryOf(value, 'SubFilter'), 'ETSI.RFC3161') ? 'timestamp' : 'signature', field: field.name, existed, spots });
    return;
  }
  step.report({ kind: 'empty-signature-field', field: field.name, spots });
  for (const num of field.widgets) {
    const normal = step.after.get(step.after.get(step.after.readObject(num), 'AP'), 'N');
    if (normal.kind === 'stream' && normal.length > 0 && Buffer.from(step.after.decode(normal)).toString('latin1').trim() !== '') step.report({ kind: 'content-added', what: `Chỗ ký trống “${shortName(field)}” mang hình vẽ`, spots });
  }
}

/** `/DR`: entries may be added, none may change. Two levels, as 7.8.3 has them. */
function compareResources(step: Step, was: PdfObject, now: PdfObject): readonly number[] {
  const read: number[] = was.kind === 'ref' ? [was.num] : [];
  const old = dictOf(step.before.resolve(was));
  const next = dictOf(step.after.resolve(now));
  for (const [category, value] of old?.entries ?? []) {
    const before = step.before.resolve(value);
    const after = step.after.resolve(entryOf(next ?? pdfNull, category));
    if (value.kind === 'ref') read.push(value.num);
    const kept = before.kind === 'dict' ? after.kind === 'dict' && [...before.entries].every(([key, each]) => sameObject(each, entryOf(after, key))) : sameObject(before, after);
    if (!kept) step.report({ kind: 'forbidden', what: 'Phông chữ hoặc tài nguyên của biểu mẫu (/DR) bị thay' });
  }
  return read;
}

const fillableKeys: ReadonlySet<string> = new Set(['V', 'AP', 'AS', 'M', 'I']);
const signableKeys: ReadonlySet<string> = new Set(['V', 'AP', 'AS', 'M', 'F', 'MK', 'DA', 'DR', 'BS', 'Border', 'P', 'Type']);
/** Bit 1 of /Ff: read only. A clerk's step closes the fields that it filled. */
const readOnlyFlag = 1;

const keyWords: Readonly<Record<string, string>> = { Rect: 'bị dời chỗ hoặc đổi cỡ', T: 'bị đổi tên', FT: 'bị đổi loại', Ff: 'bị đổi thuộc tính', F: 'bị đổi cách hiện', P: 'bị chuyển sang trang khác', Kids: 'bị đổi khung', Parent: 'bị đổi chỗ trong biểu mẫu', Opt: 'bị đổi các lựa chọn', MaxLen: 'bị đổi thuộc tính', A: 'bị gắn lệnh', AA: 'bị gắn lệnh tự chạy', Lock: 'bị đổi phần khóa' };

function describeKey(key: string | undefined): string {
  return key !== undefined && Object.hasOwn(keyWords, key) ? (keyWords[key] ?? '') : `bị sửa (/${(key ?? '').slice(0, 40)})`;
}

/** A field, or a widget of one, that existed in the signed revision. */
export function compareField(step: Step, num: number, field: Field, was: PdfDict, now: PdfDict): void {
  const name = shortName(field);
  const keys = differingKeys(was, now);
  const spots = findSpots(step.before, field.widgets.includes(num) ? [num] : field.widgets);
  if (field.type === 'Sig') return compareSignatureField(step, num, field, { keys, now, spots });
  if (!['Tx', 'Ch', 'Btn'].includes(field.type)) return step.report({ kind: 'forbidden', what: `Trường “${name}” bị thay đổi`, spots });
  const odd = keys.filter((key) => !fillableKeys.has(key) && !(key === 'Ff' && onlyAddsReadOnly(entryOf(was, key), entryOf(now, key))));
  if (odd.length > 0 || now.duplicates.length > 0) return step.report({ kind: 'forbidden', what: `Trường “${name}” ${describeKey(odd[0])}`, spots });
  if (keys.includes('V') && hadText(step, entryOf(was, 'V'))) step.report({ kind: 'content-added', what: `Trường “${name}” đã có nội dung nay bị ghi lại`, field: field.name, spots });
  if (keys.includes('AP')) compareAppearance(step, num);
  step.report({ kind: 'field-filled', field: field.name, spots });
}

function compareSignatureField(step: Step, num: number, field: Field, { keys, now, spots }: { readonly keys: readonly string[]; readonly now: PdfDict; readonly spots: readonly Spot[] }): void {
  const name = shortName(field);
  if (isSigned(step.before, field)) return step.report({ kind: 'forbidden', what: `Chữ ký “${name}” đã ký nay bị thay đổi`, spots });
  const present = step.fieldsAfter.byNumber.get(num);
  // Signing a prepared field elsewhere on the page is what adding a new one there would be.
  const signedNow = present !== undefined && isSigned(step.after, present);
  const odd = keys.filter((key) => !signableKeys.has(key) && !(key === 'Rect' && signedNow));
  if (odd.length > 0 || now.duplicates.length > 0) return step.report({ kind: 'forbidden', what: `Chỗ ký “${name}” ${describeKey(odd[0])}`, spots });
  if (present?.type !== 'Sig') return step.report({ kind: 'forbidden', what: `Chỗ ký “${name}” bị gỡ`, spots });
  const page = entryOf(now, 'P');
  if (now.entries.has('Rect')) coverPage(step, page.kind === 'ref' ? page.num : 0, now);
  return reportSigning(step, present, true);
}

/** A new look belongs to a new value, and takes the place of nothing: else something is shown that the value does not say. */
export function compareAppearance(step: Step, num: number): void {
  const was = step.fieldsBefore.byNumber.get(num);
  const now = step.fieldsAfter.byNumber.get(num);
  const spots = findSpots(step.after, [num]);
  if (was === undefined || now === undefined || was.type === 'Btn') return step.report({ kind: 'field-filled', field: was?.name ?? '', spots });
  const name = shortName(was);
  if (sameContent(step.before, step.before.resolve(was.value), step.after, step.after.resolve(now.value))) step.report({ kind: 'content-added', what: `Hình của trường “${name}” đổi mà giá trị không đổi`, spots });
  else if (showsSomething(step, num) && !hadText(step, was.value)) step.report({ kind: 'content-added', what: `Trường “${name}” trước đó hiện nội dung khác giá trị của nó`, spots });
  step.report({ kind: 'field-filled', field: was.name, spots });
}

/** Whether the appearance before showed text or a picture; borders and backgrounds are none. */
function showsSomething(step: Step, num: number): boolean {
  const normal = step.before.get(step.before.get(step.before.readObject(num), 'AP'), 'N');
  return normal.kind === 'stream' && normal.length > 0 && /(?:^|[\s)\]>])(?:Tj|TJ|Do|'|")(?:\s|$)/.test(Buffer.from(step.before.decode(normal)).toString('latin1'));
}

function onlyAddsReadOnly(was: PdfObject, now: PdfObject): boolean {
  const before = was.kind === 'number' ? was.value : 0;
  return now.kind === 'number' && now.value === (before | readOnlyFlag);
}

function hadText(step: Step, value: PdfObject): boolean {
  return (textOf(step.before.resolve(value)) ?? '').trim() !== '';
}
