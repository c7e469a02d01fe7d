import type { DocumentDetail } from '../../../src-shared/contract/documents.ts';
import type { ParsedInput } from '../../../src-shared/contract/index.ts';
import type { DocumentId } from '../../../src-shared/domain/ids.ts';
import { fail, ok, type Result } from '../../../src-shared/result.ts';
import type { DeskContext } from '../context.ts';
import { act } from './act.ts';
import { checkContent, checkedAttachments, checkNotSecret, checkSender, checkWritten } from './checks.ts';

/** A draft with its whole set of files. Errors: `content.not-here`, `file.empty`, `workflow.secret`, `input.invalid` (no title). */
export function draft(context: DeskContext, { attachments, ...args }: ParsedInput<'documents.draft'>): Result<DocumentDetail> {
  const title = args.title.trim();
  if (title === '') return fail('input.invalid', { where: 'trích yếu' });
  const checked = firstFault(checkContent(context, args.content), checkNotSecret(args));
  if (checked !== null) return checked;
  const files = checkedAttachments(context, attachments ?? []);
  if (!files.ok) return files;
  return act(context, context.newId() as DocumentId, { type: 'draft', args: { ...args, title, ...(files.value.length === 0 ? {} : { attachments: files.value }) } });
}

/**
 * A paper document, or one that came by mail, described by the clerk (NĐ 30/2020 Art 21.1). Errors: those of a draft, `notation.*`, `workflow.unknown-sender`, `workflow.ceased-sender`.
 */
export function receive(context: DeskContext, { attachments, ...args }: ParsedInput<'documents.receive'>): Result<DocumentDetail> {
  const title = args.title.trim();
  if (title === '') return fail('input.invalid', { where: 'trích yếu' });
  const [numberText, notation] = [args.numberText.trim(), args.notation.trim().normalize('NFC')];
  const checked = firstFault(checkContent(context, args.content), checkNotSecret(args), checkWritten(numberText, notation), checkSender(context, args.from, args.issuedDate));
  if (checked !== null) return checked;
  const files = checkedAttachments(context, attachments ?? []);
  if (!files.ok) return files;
  return act(context, context.newId() as DocumentId, { type: 'receive', args: { ...args, title, numberText, notation, ...(files.value.length === 0 ? {} : { attachments: files.value }) } });
}

/** What of its description is put right; what is left out stays. Errors: those of `receive`, and the rule's. */
export function edit(context: DeskContext, { id, attachments, ...args }: ParsedInput<'documents.edit'>): Result<DocumentDetail> {
  const stored = context.store.findDocument(id);
  if (stored === null) return fail('not-found', { what: 'document' });
  const { state } = stored;
  const title = args.title?.trim();
  if (title === '') return fail('input.invalid', { where: 'trích yếu' });
  const checked = firstFault(
    checkNotSecret(args),
    args.numberText === undefined && args.notation === undefined ? ok(null) : checkWritten(args.numberText ?? '', args.notation ?? state.notation),
    args.from === undefined && args.issuedDate === undefined ? ok(null) : checkSender(context, args.from ?? state.from, args.issuedDate === undefined ? state.issuedDate : args.issuedDate),
  );
  if (checked !== null) return checked;
  // what was attached before may still be on its way down
  const known = new Set(state.attachments.map(({ sha256 }) => sha256));
  const files = attachments === undefined ? null : checkedAttachments({ blobs: { ...context.blobs, has: (sha256) => known.has(sha256) || context.blobs.has(sha256) } }, attachments);
  if (files !== null && !files.ok) return files;
  return act(context, id, { type: 'edit', args: { ...args, ...(title === undefined ? {} : { title }), ...(files === null ? {} : { attachments: files.value }) } });
}

function firstFault(...results: readonly Result<null>[]): Extract<Result<null>, { readonly ok: false }> | null {
  for (const one of results) if (!one.ok) return one;
  return null;
}
