import type { DocumentDetail } from '../../../src-shared/contract/documents.ts';
import type { ParsedInput } from '../../../src-shared/contract/index.ts';
import { fail, ok, type Result } from '../../../src-shared/result.ts';
import { storeContinuation } from '../content/continuation.ts';
import type { DeskContext } from '../context.ts';
import { act, tryAct } from '../documents/act.ts';
import { checkRecipients } from '../documents/checks.ts';
import { checkNumberDate, nextNumber, outgoingBook } from '../documents/books.ts';
import type { Reports } from '../verification/reports.ts';
import { printedDay, printedMonth, printedNumber, printedYear } from '../vietnam-time.ts';
import { openDocument } from '../documents/open-document.ts';
import { checkReady } from './approve.ts';
import { firstJob } from './augmentation/jobs.ts';
import type { AugmentationWorker } from './augmentation/worker.ts';
import { readImages } from './images.ts';
import type { SigningMeans } from './means.ts';
import type { FindPlaces } from './places.ts';
import { signerName } from './signer-name.ts';

export type IssueParts = { readonly means: SigningMeans; readonly reports: Reports; readonly findPlaces: FindPlaces; readonly augmentations: Pick<AugmentationWorker, 'look'> };

/**
 * Phát hành (NĐ 30/2020 Art 15, 17, 18): number, date and seal in one update; the number is used up in the same transaction that records
 * the sealed file. Errors besides the token's and the engine's: `number.*`, `numbering.*`, `workflow.no-recipients`.
 */
export async function issue(context: DeskContext, { means, reports, findPlaces, augmentations }: IssueParts, input: ParsedInput<'issuing.issue'>): Promise<Result<DocumentDetail>> {
  const opened = openDocument(context, input.id);
  if (!opened.ok) return opened;
  const { state, source } = opened.value;
  if (input.send && input.recipients.length === 0) return fail('workflow.no-recipients');
  const receivable = input.send ? checkRecipients(context, input.recipients, input.date) : ok(null);
  if (!receivable.ok) return receivable;
  const entry = nextNumber(context, outgoingBook(context, state.kind, input.date.slice(0, 4)).id);
  if (!entry.ok) return entry;
  // Numbers are given out in order (Art 15.1); another one on the screen is an old screen
  if (input.number !== entry.value.number) return fail('number.taken', { number: input.number });
  const dated = checkNumberDate(context, 'outgoing', entry.value, input.date);
  if (!dated.ok) return dated;
  const args = { entry: entry.value, notation: input.notation, issuedDate: input.date };
  const allowed = tryAct(context, input.id, { type: 'issue', args: { ...args, content: state.content, signer: '' } });
  if (!allowed.ok) return allowed;
  const ready = await checkReady(context, means, reports, opened.value, input);
  if (!ready.ok) return ready;
  const places = await findPlaces(state.content.sha256, source);
  if (!places.ok) return places;

  const sealed = await context.tokens.withKey(input.thumbprint, input.pin, async (key) => {
    const tail = await context.signing.issue(source, {
      ...means.base(),
      key,
      reason: 'Phát hành',
      at: context.now(),
      place: input.placement,
      image: readImages(context).seal?.bytes ?? null,
      number: printedNumber(input.number),
      day: printedDay(input.date),
      month: printedMonth(input.date),
      year: printedYear(input.date),
      places: places.value,
    });
    return tail.ok ? ok({ tail: tail.value.tail, whole: tail.value.sha256 ?? null, signer: signerName(key.certificate) }) : tail;
  }, means.keyOptions());
  if (!sealed.ok) return sealed;

  const content = await storeContinuation(context, state.content, sealed.value.tail, sealed.value.whole);
  if (!content.ok) return content;
  const issued = act(context, input.id, { type: 'issue', args: { ...args, content: content.value, signer: sealed.value.signer } }, { book: { id: entry.value.book, used: entry.value.number }, seen: state.versions, augmentation: firstJob(context, input.id) });
  if (issued.ok) augmentations.look();
  reports.later(content.value.sha256);
  return issued.ok && input.send ? act(context, input.id, { type: 'send', args: { recipients: input.recipients } }) : issued;
}
