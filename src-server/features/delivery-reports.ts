import { mayFollow, progressOf } from '../../src-shared/domain/delivery-order.ts';
import type { DeliveryStatus, DocumentState, LogEvent } from '../../src-shared/domain/document.ts';
import type { OrganizationCode } from '../../src-shared/domain/ids.ts';
import type { DocumentTable } from '../storage/port.ts';
import { findArrival, isGone, type Touched } from './delivery-documents.ts';

/** What the sender's log says of one receiver: the last status, the last that was progress, and what was asked of it last. */
type Known = { readonly status: DeliveryStatus; readonly progress: DeliveryStatus; readonly asked: 'recall' | 'update' | undefined };

/** Tells the sender how far this unit is with the document, where that is news. */
export function reportProgress(documents: DocumentTable, state: DocumentState, at: string): Promise<readonly Touched[]> {
  const status = progressOf(state);
  return status === null ? Promise.resolve([]) : report(documents, state, status, '', at);
}

/** One report at the sender, where it may follow what stands there (`mayFollow`). `state`: the receiver's own document. */
export async function report(documents: DocumentTable, state: DocumentState, status: '02' | '03' | '04' | '05' | '06' | '15' | '16', description: string, at: string): Promise<readonly Touched[]> {
  const unit = state.unit.code;
  const arrived = await findArrival(documents, unit, state.id);
  return arrived === null ? [] : reportAt(documents, { unit: arrived.from.code, id: arrived.origin }, unit, status, description, at);
}

/** The same, of a receiver that may be anywhere. `sender`: the document as its sender has it. */
export async function reportAt(documents: DocumentTable, sender: Touched, unit: OrganizationCode, status: Exclude<DeliveryStatus, 'planned' | 'sent' | '13'>, description: string, at: string): Promise<readonly Touched[]> {
  if (await isGone(documents, sender.unit, sender.id)) return [];
  const known = findKnown(await documents.readEvents(sender.unit, sender.id), unit);
  if (known === null || !mayFollow(known.status, status, known.asked)) return [];
  // an answer stands between: the work goes on from where it was before it
  if ((known.status === '15' || known.status === '16') && !mayFollow(known.progress, status)) return [];
  return write(documents, sender, unit, status, description, at);
}

/** What was asked of this unit has no answer any more: at the sender it stands as it stood before the question. */
export async function takeQuestionBack(documents: DocumentTable, sender: Touched, unit: OrganizationCode, at: string): Promise<readonly Touched[]> {
  if (await isGone(documents, sender.unit, sender.id)) return [];
  const known = findKnown(await documents.readEvents(sender.unit, sender.id), unit);
  return known?.status === '13' ? write(documents, sender, unit, known.progress, '', at) : [];
}

export async function write(documents: DocumentTable, sender: Touched, recipient: OrganizationCode, status: DeliveryStatus, description: string, at: string): Promise<readonly [Touched]> {
  await documents.append(sender.unit, sender.id, [{ type: 'deliveryReported', at, by: null, command: null, recipient, status, description }]);
  return [sender];
}

/** Read from the end, and not folded: a circular to a thousand offices has thousands of reports, and each of them comes by here. */
function findKnown(events: readonly LogEvent[], unit: OrganizationCode): Known | null {
  let status: DeliveryStatus | null = null;
  let asked: Known['asked'];
  for (const event of events.toReversed()) {
    let found: DeliveryStatus | null = null;
    if (event.type === 'deliveryReported' && event.recipient === unit) found = event.status;
    else if (event.type === 'changeAsked' && event.recipients?.includes(unit) === true) {
      asked ??= event.change;
      found = '13';
    } else if (event.type === 'sent' && event.recipients.some(({ code }) => code === unit)) found = 'sent';
    if (found === null) continue;
    status ??= found;
    if (found !== '13' && found !== '15' && found !== '16') return { status, progress: found, asked };
  }
  return null;
}
