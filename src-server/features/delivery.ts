import type { DocumentEvent, DocumentState } from '../../src-shared/domain/document.ts';
import type { DocumentId, OrganizationCode } from '../../src-shared/domain/ids.ts';
import { replay } from '../../src-shared/domain/workflow.ts';
import type { Documents } from '../storage/documents.ts';
import { arrivalId } from './canonical.ts';

export type Touched = { readonly unit: OrganizationCode; readonly id: DocumentId };
type Arrived = DocumentEvent & { type: 'arrived' };
type Sent = DocumentEvent & { type: 'sent' };

/**
 * What an event does in other units, inside the caller's transaction. Returns the documents it touched.
 * "Đã gửi" is true (I15): status 01 is written together with the document in the recipient's unit, or not at all.
 */
export function deliver(documents: Documents, state: DocumentState, event: DocumentEvent, at: string): readonly Touched[] {
  switch (event.type) {
    case 'sent':
      return sendOut(documents, state, event, at);
    case 'registered':
      return report(documents, state, '03', '', at);
    case 'assigned':
      return report(documents, state, '04', '', at);
    case 'refused':
      return report(documents, state, '02', event.reason, at);
    default:
      return [];
  }
}

function sendOut(documents: Documents, state: DocumentState, event: Sent, at: string): readonly Touched[] {
  const { number, issuedDate } = state;
  if (number === null || issuedDate === null) throw new Error(`${state.id} is sent without a number`);
  const touched: Touched[] = [];
  for (const recipient of event.recipients) {
    const id = arrivalId(state.id, recipient.code);
    // only a unit that took the id for a draft of its own can be in the way; it keeps its draft, and nothing is claimed as delivered
    if (documents.readEvents(recipient.code, id).length > 0) continue;
    documents.append(recipient.code, id, [{
      type: 'arrived', at, by: null, command: null, unit: recipient, from: state.unit, origin: state.id,
      title: state.title, kind: state.kind, number, notation: state.notation, issuedDate, urgency: state.urgency,
      content: state.content, signer: state.signer ?? '', inReplyTo: theirOwn(documents, state, recipient.code),
    }]);
    documents.append(state.unit.code, state.id, [{ type: 'deliveryReported', at, by: null, command: null, recipient: recipient.code, status: '01', description: '' }]);
    touched.push({ unit: recipient.code, id });
  }
  return touched;
}

/** The recipient knows what is answered by its own id: the document that it once sent us. */
function theirOwn(documents: Documents, state: DocumentState, recipient: OrganizationCode): DocumentId | null {
  if (state.inReplyTo === null) return null;
  const arrived = findArrival(documents, state.unit.code, state.inReplyTo);
  return arrived !== null && arrived.from.code === recipient ? arrived.origin : null;
}

function report(documents: Documents, state: DocumentState, status: '02' | '03' | '04', description: string, at: string): readonly Touched[] {
  const unit = state.unit.code;
  const arrived = findArrival(documents, unit, state.id);
  if (arrived === null) return [];
  const sender = arrived.from.code;
  const present = replay(arrived.origin, documents.readEvents(sender, arrived.origin))?.recipients.find((r) => r.organization.code === unit);
  // assigned again: the sender has been told
  if (present === undefined || present.status === status) return [];
  documents.append(sender, arrived.origin, [{ type: 'deliveryReported', at, by: null, command: null, recipient: unit, status, description }]);
  return [{ unit: sender, id: arrived.origin }];
}

function findArrival(documents: Documents, unit: OrganizationCode, id: DocumentId): Arrived | null {
  const first = documents.readEvents(unit, id)[0];
  return first?.type === 'arrived' ? first : null;
}
