import { entryOf, isName, textOf, type PdfDict, type PdfObject } from '../pdf/index.ts';
import { coverPage } from './changes-annotations.ts';
import type { Step } from './changes.ts';
import { differingKeys, sameContent } from './equal.ts';
import { compareLook, drawsSame, isPushbutton, isTicked, isTickLook, otherLooks, readLook, richTextAgrees, sameStates, showsContent, ticksAgree } from './field-look.ts';
import { isSigned, shortName, type Field } from './fields.ts';
import { findSpots, type Spot } from './place.ts';

/** A signature field that now has a value, or an empty one that is only prepared: the latter may show nothing. `existed`: the field was there before. */
export function reportSigning(step: Step, field: Field, existed: boolean): void {
  const value = step.after.resolve(field.value);
  // one without a frame is on no page that anybody would look for it
  const spots = findSpots(step.after, field.widgets).filter(({ place }) => place !== null);
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

const fillableKeys: ReadonlySet<string> = new Set(['V', 'AP', 'AS', 'M', 'I', 'TI', 'RV']);
const signableKeys: ReadonlySet<string> = new Set(['V', 'AP', 'AS', 'M', 'F', 'MK', 'DA', 'DR', 'BS', 'Border', 'P', 'Type']);
/** In square points: bevels of a border are filled too. */
const largestBorder = 100;
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
  // pdf-lib writes the way in which it has drawn a field beside the picture; without a new picture it would only be drawn so later.
  const isLawful = (key: string): boolean => fillableKeys.has(key) || (key === 'DA' && now.entries.has('AP') && keys.includes('AP')) || (key === 'Ff' && sameOrReadOnly(entryOf(was, key), entryOf(now, key)));
  const odd = keys.filter((key) => !isLawful(key));
  if (odd.length > 0 || now.duplicates.length > 0) return step.report({ kind: 'forbidden', what: `Trường “${name}” ${describeKey(odd[0])}`, spots });
  if (keys.includes('V') && hadContent(step, entryOf(was, 'V'))) step.report({ kind: 'content-added', what: `Trường “${name}” đã có nội dung nay bị ghi lại`, field: field.name, spots });
  const present = step.fieldsAfter.byNumber.get(num);
  if (keys.includes('RV') && present !== undefined && !richTextAgrees(step.after, present)) step.report({ kind: 'content-added', what: `Trường “${name}” có chữ định dạng khác giá trị của nó`, field: field.name, spots });
  if (field.widgets.includes(num)) compareAppearance(step, num);
  else for (const widget of field.widgets) if (!step.touched.has(widget)) compareAppearance(step, widget);
  if (keys.some((key) => key !== 'Ff')) step.report({ kind: 'field-filled', field: field.name, redrawn: !isRewritten(step, field, present), spots });
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

/**
 * The picture of one widget, however it came to be another, or its field to have another value. It must say what the value says, and what stood there
 * when it was signed may not be gone.
 */
function compareAppearance(step: Step, num: number): void {
  const was = step.fieldsBefore.byNumber.get(num);
  const now = step.fieldsAfter.byNumber.get(num);
  const spots = findSpots(step.after, [num]);
  if (was === undefined || now === undefined) return step.report({ kind: 'forbidden', what: 'Một trường biểu mẫu bị gỡ khỏi biểu mẫu', spots });
  const name = shortName(was);
  const doubt = (what: string): void => step.report({ kind: 'content-added', what, field: was.name, spots });
  if (otherLooks(step.after, num).some((look) => !otherLooks(step.before, num).some((each) => sameContent(step.before, each, step.after, look)))) doubt(`Trường “${name}” có thêm hình hiện khi rê chuột`);
  if (was.type === 'Btn') return compareButton(step, num, { was, now, name, doubt });
  const [old, next] = [readLook(step.before, num), readLook(step.after, num)];
  if (showsContent(old) && !drawsSame(old, next) && !(isRewritten(step, was, now) && hadContent(step, was.value))) doubt(`Trường “${name}” lúc ký đã hiện nội dung, nay hiện khác`);
  // A background of half the size, or none, shows what the page has beneath it and nobody saw.
  if (next.filled * 2 < old.filled && old.filled > largestBorder) doubt(`Nền của trường “${name}” che trang lúc ký nay không còn`);
  const agreement = compareLook(step.after, now, next);
  if (agreement === 'differs') doubt(`Trường “${name}” hiện chữ khác giá trị của nó`);
  else if (agreement === 'unreadable') doubt(`Chữ hiện trong trường “${name}” không đọc được để so với giá trị của nó`);
  else if (agreement === 'picture') doubt(`Trường “${name}” hiện hình vẽ thay vì chữ`);
}

/** The stream that a widget shows was written anew under its own number. */
export function compareAppearanceInPlace(step: Step, widget: number): void {
  const field = step.fieldsBefore.byNumber.get(widget);
  if (field === undefined) return;
  const spots = findSpots(step.after, [widget]);
  if (field.type === 'Sig') return compareSignatureLook(step, widget, field);
  if (field.type === 'Btn') return step.report({ kind: 'content-added', what: `Hình của ô “${shortName(field)}” bị thay`, field: field.name, spots });
  compareAppearance(step, widget);
  step.report({ kind: 'field-filled', field: field.name, redrawn: !isRewritten(step, field, step.fieldsAfter.byNumber.get(widget)), spots });
}

/** poppler draws into the stream that a prepared field had. What a widget hides is counted where the widget itself was not written anew. */
function compareSignatureLook(step: Step, widget: number, field: Field): void {
  const present = step.fieldsAfter.byNumber.get(widget);
  const dict = step.after.readObject(widget);
  const page = entryOf(dict, 'P');
  if (present === undefined || !isSigned(step.after, present)) step.report({ kind: 'content-added', what: `Chỗ ký trống “${shortName(field)}” mang hình vẽ`, spots: findSpots(step.after, [widget]) });
  else if (dict.kind === 'dict' && !step.touched.has(widget)) coverPage(step, page.kind === 'ref' ? page.num : 0, dict);
}

/** A tick shows its state by a picture that was there; a button that is pressed has no value that a new picture could belong to. */
function compareButton(step: Step, num: number, { was, now, name, doubt }: { readonly was: Field; readonly now: Field; readonly name: string; readonly doubt: (what: string) => void }): void {
  const [before, after] = [step.before, step.after].map((file) => file.get(file.readObject(num), 'AP'));
  const isNew = before !== undefined && after !== undefined && !sameContent(step.before, before, step.after, after);
  const isLawful = !isPushbutton(step.before, was) && isTickLook(step.before, step.after, num) && (before?.kind === 'null' || sameStates(step.before, step.after, num));
  if (isNew && !isLawful) doubt(`Hình của ô “${name}” bị thay`);
  if (!isPushbutton(step.after, now) && !ticksAgree(step.after, now)) doubt(`Ô đánh dấu “${name}” hiện khác giá trị của nó`);
}

function isRewritten(step: Step, was: Field, now: Field | undefined): boolean {
  return now === undefined || !sameContent(step.before, step.before.resolve(was.value), step.after, step.after.resolve(now.value));
}

function sameOrReadOnly(was: PdfObject, now: PdfObject): boolean {
  const [before, after] = [was, now].map((each) => (each.kind === 'number' ? each.value : each.kind === 'null' ? 0 : Number.NaN));
  return before !== undefined && (after === before || after === (before | readOnlyFlag));
}

function hadContent(step: Step, value: PdfObject): boolean {
  return (textOf(step.before.resolve(value)) ?? '').trim() !== '' || isTicked(step.before, value);
}
