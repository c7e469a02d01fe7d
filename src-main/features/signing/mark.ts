import type { DocumentDetail } from '../../../src-shared/contract/documents.ts';
import type { Output, ParsedInput } from '../../../src-shared/contract/index.ts';
import type { MarkInput } from '../../../src-shared/contract/signing.ts';
import type { ContentRef, DocumentState } from '../../../src-shared/domain/document.ts';
import { assertNever, ok, type Result } from '../../../src-shared/result.ts';
import type { Mark } from '../../ports/signing.ts';
import { storeContinuation } from '../content/continuation.ts';
import type { DeskContext } from '../context.ts';
import { act, tryAct } from '../documents/act.ts';
import { openDocument } from '../documents/open-document.ts';
import type { Reports } from '../verification/reports.ts';
import { printedDate, printedNumber } from '../vietnam-time.ts';
import { checkReady } from './approve.ts';
import { firstJob } from './augmentation/jobs.ts';
import type { AugmentationWorker } from './augmentation/worker.ts';
import type { SigningMeans } from './means.ts';
import { signerName } from './signer-name.ts';

/** Written to /Reason, as the office calls the step. */
const reasons: Readonly<Record<MarkInput['kind'], string>> = { incoming: 'Văn bản đến', copy: 'Bản sao', appendix: 'Phụ lục', comment: 'Bút phê' };

export type MarkParts = { readonly means: SigningMeans; readonly reports: Reports; readonly augmentations: Pick<AugmentationWorker, 'look'> };

/** Dấu đến, bản sao, phụ lục, bút phê: one signature more that shows what it is. The document changes only when all of it went well. */
export async function mark(context: DeskContext, { means, reports, augmentations }: MarkParts, input: ParsedInput<'signing.mark'>): Promise<Result<DocumentDetail>> {
  const opened = openDocument(context, input.id);
  if (!opened.ok) return opened;
  const { state, source } = opened.value;
  const args = (content: ContentRef, signer: string) => ({ content, mark: input.mark.kind, text: input.mark.kind === 'comment' ? input.mark.text : '', signer });
  const allowed = tryAct(context, input.id, { type: 'mark', args: args(state.content, '') });
  if (!allowed.ok) return allowed;
  const ready = await checkReady(context, means, reports, opened.value, input);
  if (!ready.ok) return ready;

  const signed = await context.tokens.withKey(input.thumbprint, input.pin, async (key) => {
    const tail = await context.signing.mark(source, { ...means.base(), key, reason: reasons[input.mark.kind], at: context.now(), place: input.placement, mark: markOf(context, state, input.mark) });
    return tail.ok ? ok({ tail: tail.value.tail, whole: tail.value.sha256 ?? null, signer: signerName(key.certificate) }) : tail;
  }, means.keyOptions());
  if (!signed.ok) return signed;

  const content = await storeContinuation(context, state.content, signed.value.tail, signed.value.whole);
  if (!content.ok) return content;
  // one more signature of ours on what we issued: it is to last as long as the others
  const job = state.stage === 'issued' ? firstJob(context, input.id) : null;
  const done = act(context, input.id, { type: 'mark', args: args(content.value, signed.value.signer) }, { seen: state.versions, ...(job === null ? {} : { augmentation: job }) });
  if (done.ok) augmentations.look();
  reports.later(content.value.sha256);
  return done;
}

/** What it would draw, and where; nobody is asked whether it may be drawn. */
export async function previewMark(context: DeskContext, { id, mark: input, placement }: ParsedInput<'signing.previewMark'>): Promise<Result<Output<'signing.previewMark'>>> {
  const opened = openDocument(context, id);
  if (!opened.ok) return opened;
  const drawn = await context.signing.previewMark(opened.value.source, { at: context.now(), place: placement, mark: markOf(context, opened.value.state, input) });
  return drawn.ok ? ok({ layers: [...drawn.value.layers], place: drawn.value.place }) : drawn;
}

/** The texts as they stand on the page: what the office knows is filled in by it. */
function markOf(context: DeskContext, state: DocumentState, input: MarkInput): Mark {
  const organization = context.office.organization ?? context.unit.name;
  switch (input.kind) {
    case 'incoming': return {
      kind: 'incoming', organization, forwardTo: input.forwardTo.trim(), fileCode: input.fileCode.trim(),
      number: state.arrival === null ? '' : printedNumber(state.arrival.number), date: state.arrival === null ? '' : printedDate(state.arrival.arrivalDate),
    };
    case 'copy': return { kind: 'copy', form: input.form, organization };
    case 'appendix': return { kind: 'appendix', number: numberAndNotation(state), date: state.issuedDate === null ? '' : printedDate(state.issuedDate) };
    case 'comment': return { kind: 'comment', author: context.me.fullName, text: input.text };
    default: return assertNever(input);
  }
}

/** NĐ 30/2020 App I II.3: number and notation are parted by a stroke. */
function numberAndNotation({ number, notation }: DocumentState): string {
  return number === null ? notation : notation === '' ? printedNumber(number) : `${printedNumber(number)}/${notation}`;
}
