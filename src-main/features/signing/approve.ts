import type { DocumentDetail } from '../../../src-shared/contract/documents.ts';
import type { ParsedInput } from '../../../src-shared/contract/index.ts';
import { ok, type Result } from '../../../src-shared/result.ts';
import { storeContinuation } from '../content/continuation.ts';
import type { DeskContext } from '../context.ts';
import { act, tryAct } from '../documents/act.ts';
import type { Reports } from '../verification/reports.ts';
import { openDocument } from '../documents/open-document.ts';
import { signerName } from './signer-name.ts';

/** Ký duyệt (NĐ 30/2020 Art 13): the leader's image and signature. The document changes only when all of it went well. */
export async function approve(context: DeskContext, reports: Reports, input: ParsedInput<'signing.approve'>): Promise<Result<DocumentDetail>> {
  const opened = openDocument(context, input.id);
  if (!opened.ok) return opened;
  const { state, source } = opened.value;
  const allowed = tryAct(context, input.id, { type: 'approve', args: { content: state.content, signer: '' } });
  if (!allowed.ok) return allowed;

  const signed = await context.tokens.withKey(input.thumbprint, input.pin, async (key) => {
    const tail = await context.signing.sign(source, {
      key,
      profile: context.office.profile,
      chain: context.trust.intermediates,
      reason: 'Ký duyệt',
      location: context.office.location,
      at: context.now(),
      place: input.placement,
      image: context.office.signature?.bytes ?? null,
    });
    return tail.ok ? ok({ tail: tail.value.tail, signer: signerName(key.certificate) }) : tail;
  });
  if (!signed.ok) return signed;

  const content = await storeContinuation(context, state.content, signed.value.tail);
  if (!content.ok) return content;
  const done = act(context, input.id, { type: 'approve', args: { content: content.value, signer: signed.value.signer } }, { seen: state.versions });
  void reports.reportOn(content.value.sha256);
  return done;
}
