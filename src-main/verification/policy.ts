import { dictOf, entryOf, isName, textOf, type PdfDict, type PdfFile, type PdfObject } from '../pdf/index.ts';
import type { ChangeReport, SignatureReport } from '../../src-shared/contract/verification.ts';
import { listChanges, type Judged, type Made } from './change-words.ts';
import type { Change } from './changes.ts';
import type { Field } from './fields.ts';
import type { ProblemCode } from './messages.ts';

/** What a signer allowed afterwards. `permission`: DocMDP's P (1 nothing, 2 forms and signatures, 3 annotations too), null when not certified. */
export type ChangePolicy = { readonly permission: 1 | 2 | 3 | null; readonly locks: readonly Lock[]; readonly unreadable: boolean };
type Lock = { readonly action: 'All' | 'Include' | 'Exclude'; readonly fields: readonly string[] };

export type ChangeVerdict = { readonly status: SignatureReport['changesAfter']['status']; readonly changes: readonly ChangeReport[]; readonly problems: readonly ProblemCode[] };
export type { Made } from './change-words.ts';

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

/** All later changes against what this signer allowed. The worst of them decides. */
export function judgeChanges(made: readonly Made[], policy: ChangePolicy): ChangeVerdict {
  if (made.length === 0) return { status: 'none', changes: [], problems: [] };
  // 12.8.2.2: not even metadata after P=1; but a tool that adds proofs or a time-stamp may note in them that it was there.
  const tended = new Set(made.filter(({ change }) => change.kind === 'dss' || change.kind === 'timestamp').map(({ revision }) => revision));
  const judged = made.map((each): Judged => ({ ...each, kind: kindFor(each.change, policy), locked: isLocked(each.change, policy, tended.has(each.revision)) }));
  const problems: ProblemCode[] = [];
  if (judged.some(({ kind }) => kind === 'forbidden')) problems.push('changes.forbidden');
  if (judged.some(({ locked }) => locked)) problems.push('changes.locked');
  if (judged.some(({ kind }) => kind === 'not-examined') || policy.unreadable) problems.push('changes.not-examined');
  if (judged.some(({ kind }) => kind === 'content-added')) problems.push('changes.content-added');
  const first = problems[0];
  const status = first === undefined ? 'allowed' : first === 'changes.content-added' ? 'content-added' : first === 'changes.not-examined' ? 'not-examined' : 'forbidden';
  return { status, changes: listChanges(judged), problems };
}

/** Annotations that were there are the signer's own; P=3 lets others change them, and it is still said. */
function kindFor(change: Change, { permission }: ChangePolicy): Judged['kind'] {
  if (change.kind !== 'annotation-changed') return change.kind;
  return permission === 3 ? 'content-added' : 'forbidden';
}

function isLocked(change: Change, { permission, locks }: ChangePolicy, tended: boolean): boolean {
  if (change.kind === 'dss' || change.kind === 'timestamp') return false;
  if (permission === 1) return change.kind !== 'metadata' || !tended;
  const field = (change.kind === 'field-filled' && !change.redrawn) || change.kind === 'content-added' ? change.field : change.kind === 'signature' && change.existed ? change.field : undefined;
  if (field !== undefined && locks.some((lock) => covers(lock, field))) return true;
  // signing.md §6: annotations after P=2 make it invalid, visible signatures do not. Writing over a field is filling it.
  return permission === 2 && change.kind === 'content-added' && change.field === undefined;
}

/** 12.8.2.4: a name stands for itself and for everything below it. */
function covers(lock: Lock, field: string): boolean {
  const named = lock.fields.some((each) => field === each || field.startsWith(`${each}.`));
  return lock.action === 'All' || (lock.action === 'Include' ? named : !named);
}
