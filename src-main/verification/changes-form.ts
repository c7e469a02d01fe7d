import { dictOf, entryOf, pdfNull, type PdfObject } from '../pdf/index.ts';
import { reportSigning } from './changes-fields.ts';
import type { Step } from './changes.ts';
import { sameContent, sameObject } from './equal.ts';
import { allLooksAgree } from './field-look.ts';
import { shortName } from './fields.ts';
import { findSpots } from './place.ts';

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
    // A viewer that draws fields anew may show other than what was signed, unless each already shows its value or nothing.
    if (after.kind === 'boolean' && after.value && !allLooksAgree(step.after, step.fieldsAfter.fields)) step.report({ kind: 'not-examined', what: 'Tệp yêu cầu trình xem tự vẽ lại các trường (NeedAppearances)' });
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
  if (field === undefined || field.type !== 'Sig') return step.report({ kind: 'content-added', what: `Thêm trường biểu mẫu “${field === undefined ? 'không đọc được' : shortName(field)}”`, spots: field === undefined ? [] : findSpots(step.after, field.widgets) });
  if (item.kind === 'ref' && step.references.referrers.has(item.num)) return step.report({ kind: 'forbidden', what: `Đối tượng ${item.num} đã có trước được dùng làm trường chữ ký`, spots: findSpots(step.after, field.widgets) });
  for (const num of new Set([field.num, ...field.widgets])) {
    const widget = step.after.readObject(num);
    const odd = [...(dictOf(widget)?.entries.keys() ?? [])].filter((key) => !widgetKeys.has(key));
    if (widget.kind !== 'dict' || widget.duplicates.length > 0) step.report({ kind: 'forbidden', what: `Trường chữ ký “${shortName(field)}” không đọc được` });
    if (odd.length > 0) step.report({ kind: 'not-examined', what: `Trường chữ ký mới “${shortName(field)}” có mục lạ /${odd[0]?.slice(0, 40)}` });
  }
  reportSigning(step, field, false);
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
