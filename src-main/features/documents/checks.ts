import type { ContentRef } from '../../../src-shared/domain/document.ts';
import { storedFileName } from '../../../src-shared/domain/file-names.ts';
import type { Correspondent, Organization } from '../../../src-shared/domain/organization.ts';
import { dayMonthYear } from '../../../src-shared/domain/calendar.ts';
import { checkReference } from '../../../src-shared/domain/notation.ts';
import { findSecrecy } from '../../../src-shared/domain/secrecy.ts';
import { fail, ok, type Result } from '../../../src-shared/result.ts';
import type { DeskContext } from '../context.ts';

/** Error: `workflow.reason-required`. */
export function givenReason(reason: string): Result<string> {
  return reason.trim() === '' ? fail('workflow.reason-required') : ok(reason.trim());
}

/** State secrets have systems of their own. Only what is written about the document is looked at here. Error: `workflow.secret`. */
export function checkNotSecret({ title, notation }: { readonly title?: string | undefined; readonly notation?: string | undefined }): Result<null> {
  return findSecrecy({ title: title ?? '', notation: notation ?? '', firstPageText: null }) === null ? ok(null) : fail('workflow.secret');
}

/** The bytes are on this machine and are some. Errors: `file.empty`, `content.not-here`. */
export function checkContent({ blobs }: Pick<DeskContext, 'blobs'>, content: ContentRef): Result<null> {
  if (content.sizeBytes === 0) return fail('file.empty');
  return blobs.has(content.sha256) ? ok(null) : fail('content.not-here');
}

/** Attachments under names that every system takes. Errors: `file.empty`, `content.not-here`. */
export function checkedAttachments(context: Pick<DeskContext, 'blobs'>, attachments: readonly ContentRef[]): Result<ContentRef[]> {
  for (const one of attachments) {
    const here = checkContent(context, one);
    if (!here.ok) return here;
  }
  return ok(attachments.map((one) => ({ ...one, fileName: storedFileName(one.fileName) })));
}

/**
 * Who wrote a document that came from outside. With a code, it is the directory's: one that it does not know is no code of an office, and one that ceased wrote nothing after its last day.
 * A desk that has no directory yet cannot tell. Errors: `workflow.unknown-sender`, `workflow.ceased-sender`.
 */
export function checkSender({ store }: Pick<DeskContext, 'store'>, { code }: Correspondent, issuedDate: string | null): Result<null> {
  if (code === null || store.directoryVersion() === 0) return ok(null);
  const known = store.findOrganization(code);
  if (known === null) return fail('workflow.unknown-sender', { org: code });
  if (known.ceasedOn !== null && issuedDate !== null && issuedDate > known.ceasedOn) return fail('workflow.ceased-sender', { org: code, on: dayMonthYear(known.ceasedOn), date: dayMonthYear(issuedDate) });
  return ok(null);
}

/** The same as the server would answer, before the document leaves. Errors: `workflow.unknown-recipient`, `workflow.ceased-recipient`. */
export function checkRecipients({ store }: Pick<DeskContext, 'store'>, recipients: readonly Organization[], today: string): Result<null> {
  if (store.directoryVersion() === 0) return ok(null);
  for (const { code } of recipients) {
    const known = store.findOrganization(code);
    if (known === null) return fail('workflow.unknown-recipient', { org: code });
    if (known.ceasedOn !== null && known.ceasedOn < today) return fail('workflow.ceased-recipient', { org: code, on: dayMonthYear(known.ceasedOn) });
  }
  return ok(null);
}

/** Errors: `notation.*`. */
export function checkWritten(numberText: string, notation: string): Result<null> {
  return checkReference({ numberText: numberText.trim(), notation: notation.trim() });
}
