import { dictOf, entryOf, isName, textOf, type PdfDict, type PdfFile, type PdfObject } from '../pdf/index.ts';
import type { ChangeReport, SignatureReport } from '../../src-shared/contract/verification.ts';
import type { Change } from './changes.ts';
import type { Field } from './fields.ts';
import type { ProblemCode } from './messages.ts';

/** What a signer allowed afterwards. `permission`: DocMDP's P (1 nothing, 2 forms and signatures, 3 annotations too), null when not certified. */
export type ChangePolicy = { readonly permission: 1 | 2 | 3 | null; readonly locks: readonly Lock[]; readonly unreadable: boolean };
type Lock = { readonly action: 'All' | 'Include' | 'Exclude'; readonly fields: readonly string[] };

export type ChangeVerdict = { readonly status: SignatureReport['changesAfter']['status']; readonly changes: readonly ChangeReport[]; readonly problems: readonly ProblemCode[] };

/** Reads DocMDP, FieldMDP (12.8.2.2, 12.8.2.4) and the field's /Lock (12.7.5.5). Throws `pdf.broken` on damage. */
export function readChangePolicy(file: PdfFile, signature: PdfDict, field: Field): ChangePolicy {
  let permission: ChangePolicy['permission'] = null;
  const locks: Lock[] = [];
  let unreadable = false;
  const restrict = (value: PdfObject): void => {
    const level = value.kind === 'number' && (value.value === 1 || value.value === 2 || value.value === 3) ? value.value : null;
    if (level === null) unreadable = true;
    else if (permission === null || level < permission) permission = level;
  };
  const references = file.get(signature, 'Reference');
  for (const item of references.kind === 'array' ? references.items : []) {
    const reference = file.resolve(item);
    const method = file.get(reference, 'TransformMethod');
    const params = file.get(reference, 'TransformParams');
    // 12.8.2.2: P is 2 unless said.
    if (isName(method, 'DocMDP')) restrict(dictOf(params)?.entries.has('P') === true ? file.get(params, 'P') : { kind: 'number', value: 2, text: '2' });
    else if (isName(method, 'FieldMDP')) addLock(dictOf(params));
    else unreadable = true;
  }
  const lock = dictOf(file.get(field.dict, 'Lock'));
  if (lock !== null) {
    addLock(lock);
    if (lock.entries.has('P')) restrict(file.get(lock, 'P'));
  }
  return { permission, locks, unreadable };

  function addLock(dict: PdfDict | null): void {
    const action = dict === null ? null : entryOf(dict, 'Action');
    const fields = dict === null ? null : file.get(dict, 'Fields');
    if (action?.kind !== 'name' || (action.value !== 'All' && action.value !== 'Include' && action.value !== 'Exclude')) {
      unreadable = true;
      return;
    }
    locks.push({ action: action.value, fields: fields?.kind === 'array' ? fields.items.flatMap((each) => textOf(file.resolve(each)) ?? []) : [] });
  }
}

/** A change and the revision (1-based) that made it. */
export type Made = { readonly change: Change; readonly revision: number };

/** All later changes against what this signer allowed. The worst of them decides. */
export function judgeChanges(made: readonly Made[], policy: ChangePolicy): ChangeVerdict {
  if (made.length === 0) return { status: 'none', changes: [], problems: [] };
  const changes = made.map(({ change }) => change);
  const locked = changes.some((each) => isLocked(each, policy));
  const problems: ProblemCode[] = [];
  if (changes.some((each) => each.kind === 'forbidden')) problems.push('changes.forbidden');
  if (locked) problems.push('changes.locked');
  if (changes.some((each) => each.kind === 'not-examined') || policy.unreadable) problems.push('changes.not-examined');
  if (changes.some((each) => each.kind === 'content-added')) problems.push('changes.content-added');
  const first = problems[0];
  const status = first === undefined ? 'allowed' : first === 'changes.content-added' ? 'content-added' : first === 'changes.not-examined' ? 'not-examined' : 'forbidden';
  return { status, changes: made.map(({ change, revision }) => ({ kind: change.kind, revision, message: describeChange(change), page: null, place: null })), problems };
}

function isLocked(change: Change, policy: ChangePolicy): boolean {
  if (change.kind === 'field-filled' && policy.locks.some((lock) => covers(lock, change.field))) return true;
  if (policy.permission === 1) return change.kind !== 'dss' && change.kind !== 'timestamp';
  // signing.md §6: annotations after P=2 make it invalid, visible signatures do not.
  return policy.permission === 2 && change.kind === 'content-added';
}

/** 12.8.2.4: a name stands for itself and for everything below it. */
function covers(lock: Lock, field: string): boolean {
  const named = lock.fields.some((each) => field === each || field.startsWith(`${each}.`));
  return lock.action === 'All' || (lock.action === 'Include' ? named : !named);
}

function describeChange(change: Change): string {
  switch (change.kind) {
    case 'dss': return 'Thêm dữ liệu kiểm chứng lâu dài.';
    case 'metadata': return 'Cập nhật thông tin mô tả của tệp.';
    case 'signature': return `Thêm chữ ký: ${titleOf(change.field)}.`;
    case 'timestamp': return `Thêm dấu thời gian lưu trữ “${change.field}”.`;
    case 'field-filled': return `Điền ${titleOf(change.field)}.`;
    case 'empty-signature-field': return `Thêm chỗ ký trống: ${titleOf(change.field)}.`;
    case 'content-added': return `Thêm nội dung: ${change.what}.`;
    case 'forbidden': return `Thay đổi không được phép: ${change.what}.`;
    case 'not-examined': return `Chưa xét được: ${change.what}.`;
  }
}

/** The office's own words for the fields of a prepared document; a foreign field keeps its name. */
const fieldTitles: Readonly<Record<string, string>> = {
  so_van_ban: 'số văn bản', ngay: 'ngày ban hành', thang: 'tháng ban hành', chu_ky_lanh_dao: 'chữ ký của lãnh đạo', con_dau_co_quan: 'dấu của cơ quan',
};

function titleOf(field: string): string {
  return Object.hasOwn(fieldTitles, field) ? (fieldTitles[field] ?? field) : `trường “${field}”`;
}
