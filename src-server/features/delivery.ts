import type { Command, DocumentEvent, DocumentState } from '../../src-shared/domain/document.ts';
import type { DocumentId, OrganizationCode } from '../../src-shared/domain/ids.ts';
import { replay } from '../../src-shared/domain/workflow.ts';
import type { DocumentTable } from '../storage/port.ts';
import { arrivalId } from './canonical.ts';

export type Touched = { readonly unit: OrganizationCode; readonly id: DocumentId };
type Arrived = DocumentEvent & { type: 'arrived' };
type Sent = DocumentEvent & { type: 'sent' };

/** Documents of other units that the command may change: they are locked with its own, before anything is read to be decided on. */
export async function alsoChanged(documents: DocumentTable, command: Command): Promise<readonly Touched[]> {
  switch (command.type) {
    case 'send':
      return command.args.recipients.map(({ code }) => ({ unit: code, id: arrivalId(command.document, code) }));
    case 'register':
    case 'assign':
    case 'refuse': {
      // how a log begins never changes
      const arrived = await findArrival(documents, command.unit, command.document);
      return arrived === null ? [] : [{ unit: arrived.from.code, id: arrived.origin }];
    }
    default:
      return [];
  }
}

/**
 * What an event does in other units, inside the caller's transaction. Returns the documents it touched.
 * "Đã gửi" is true (I15): status 01 is written together with the document in the recipient's unit, or not at all.
 */
export async function deliver(documents: DocumentTable, state: DocumentState, event: DocumentEvent, at: string): Promise<readonly Touched[]> {
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

async function sendOut(documents: DocumentTable, state: DocumentState, event: Sent, at: string): Promise<readonly Touched[]> {
  const { number, issuedDate } = state;
  if (number === null || issuedDate === null) throw new Error(`${state.id} is sent without a number`);
  const touched: Touched[] = [];
  const reports: DocumentEvent[] = [];
  for (const recipient of event.recipients) {
    const id = arrivalId(state.id, recipient.code);
    // only a unit that took the id for a draft of its own can be in the way; it keeps its draft, and nothing is claimed as delivered
    if ((await documents.readEvents(recipient.code, id)).length > 0) continue;
    await documents.append(recipient.code, id, [{
      type: 'arrived', at, by: null, command: null, unit: recipient, from: state.unit, origin: state.id,
      title: state.title, kind: state.kind, number, notation: state.notation, issuedDate, urgency: state.urgency,
      content: state.content, signer: state.signer ?? '', inReplyTo: await theirOwn(documents, state, recipient.code),
    }]);
    reports.push({ type: 'deliveryReported', at, by: null, command: null, recipient: recipient.code, status: '01', description: '' });
    touched.push({ unit: recipient.code, id });
  }
  if (reports.length > 0) await documents.append(state.unit.code, state.id, reports);
  return touched;
}

/** The recipient knows what is answered by its own id: the document that it once sent us. */
async function theirOwn(documents: DocumentTable, state: DocumentState, recipient: OrganizationCode): Promise<DocumentId | null> {
  if (state.inReplyTo === null) return null;
  const arrived = await findArrival(documents, state.unit.code, state.inReplyTo);
  return arrived !== null && arrived.from.code === recipient ? arrived.origin : null;
}

async function report(documents: DocumentTable, state: DocumentState, status: '02' | '03' | '04', description: string, at: string): Promise<readonly Touched[]> {
  const unit = state.unit.code;
  const arrived = await findArrival(documents, unit, state.id);
  if (arrived === null) return [];
  const sender = arrived.from.code;
  if ((await documents.findGone(sender, arrived.origin)) !== null) return [];
  const present = replay(arrived.origin, (await documents.readEvents(sender, arrived.origin)) as DocumentEvent[])?.recipients.find((r) => r.organization.code === unit);
  // assigned again: the sender has been told
  if (present === undefined || present.status === status) return [];
  await documents.append(sender, arrived.origin, [{ type: 'deliveryReported', at, by: null, command: null, recipient: unit, status, description }]);
  return [{ unit: sender, id: arrived.origin }];
}

async function findArrival(documents: DocumentTable, unit: OrganizationCode, id: DocumentId): Promise<Arrived | null> {
  const first = (await documents.readEvents(unit, id))[0];
  return first?.type === 'arrived' ? first : null;
}
