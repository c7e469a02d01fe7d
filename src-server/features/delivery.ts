import { progressOf } from '../../src-shared/domain/delivery-order.ts';
import type { Command, DocumentEvent, DocumentState, Relation } from '../../src-shared/domain/document.ts';
import type { DocumentId, OrganizationCode } from '../../src-shared/domain/ids.ts';
import type { DocumentTable } from '../storage/port.ts';
import { arrivalId } from './canonical.ts';
import { postDocument, reportToAxis, type Post } from './delivery-axis.ts';
import { answerChange, askReceivers } from './delivery-changes.ts';
import { findArrival, isGone, readDocument, type Touched } from './delivery-documents.ts';
import { supersede, theirRelation } from './delivery-relations.ts';
import { report, reportProgress, takeQuestionBack } from './delivery-reports.ts';

type Sent = DocumentEvent & { type: 'sent' };

/**
 * Documents of other units, and others of its own, that the command may change: they are locked with its own, before anything is read to be decided on. Asked again under
 * the locks it may name more, where somebody was quicker; then all of it begins again.
 */
export async function alsoChanged(documents: DocumentTable, command: Command): Promise<readonly Touched[]> {
  const { unit, document } = command;
  switch (command.type) {
    case 'send': {
      const receivers = command.args.recipients.map(({ code }) => code);
      const arrivals = receivers.map((code) => ({ unit: code, id: arrivalId(document, code) }));
      const older = await readRelation(documents, unit, document);
      if (older === null) return arrivals;
      return [...arrivals, { unit, id: older.document }, ...receivers.map((code) => ({ unit: code, id: arrivalId(older.document, code) }))];
    }
    case 'askChange': {
      const state = await readDocument(documents, unit, document);
      return (state?.recipients ?? []).map(({ organization: { code } }) => ({ unit: code, id: arrivalId(document, code) }));
    }
    case 'acceptTask':
    case 'reportProgress':
    case 'passOn': {
      // the sender knows that it is worked on: nothing to tell, and nobody to wait for
      const state = await readDocument(documents, unit, document);
      return state !== null && progressOf(state) === '05' ? [] : originOf(documents, unit, document);
    }
    case 'register':
    case 'assign':
    case 'finishTask':
    case 'reopen':
    case 'refuse':
    case 'sendBack':
    case 'answerChange':
      return originOf(documents, unit, document);
    default:
      return [];
  }
}

/**
 * What an event does in other documents, inside the caller's transaction: `before` and `after` are the document's own states around it. Returns the documents it touched.
 * "Đã gửi" is true (I15): status 01 is written together with the document in the recipient's unit, or not at all.
 */
export async function deliver(post: Post, before: DocumentState | null, after: DocumentState, event: DocumentEvent, at: string): Promise<readonly Touched[]> {
  const { documents } = post;
  if (before !== null && after.channel === 'axis') await reportToAxis(post, before, after, event, at);
  switch (event.type) {
    case 'sent':
      return sendOut(post, after, event, at);
    case 'changeAsked':
      return before === null || after.direction === 'incoming' ? [] : askReceivers(post, before, event, at);
    case 'changeAnswered':
      return answerChange(documents, after, event, at);
    case 'refused':
    case 'sentBack':
      return report(documents, after, '02', event.reason, at);
    case 'registered':
    case 'assigned':
    case 'taskAccepted':
    case 'progressReported':
    case 'passedOn':
    case 'taskFinished':
    case 'reopened':
      return before !== null && progressOf(before) === progressOf(after) ? [] : reportProgress(documents, after, at);
    default:
      return [];
  }
}

async function sendOut(post: Post, state: DocumentState, event: Sent, at: string): Promise<readonly Touched[]> {
  const { number, issuedDate, relation, attachments } = state;
  if (number === null || issuedDate === null) throw new Error(`${state.id} is sent without a number`);
  const { documents } = post;
  const touched: Touched[] = [];
  const reports: DocumentEvent[] = [];
  for (const recipient of event.recipients) {
    // beyond this server it has arrived when its receiver says so (01)
    if (!post.isOurs(recipient.code)) {
      await postDocument(post, state, recipient, { type: await replacesFor(documents, state, recipient.code) ? '3' : '0', reason: null, cause: 'sent' }, at);
      continue;
    }
    const id = arrivalId(state.id, recipient.code);
    // only a unit that took the id for a draft of its own can be in the way; it keeps its draft, and nothing is claimed as delivered
    if ((await documents.readEvents(recipient.code, id)).length > 0) continue;
    const theirs = relation === null ? null : await theirRelation(documents, state.unit.code, relation, recipient.code);
    await documents.append(recipient.code, id, [{
      type: 'arrived', at, by: null, command: null, unit: recipient, from: state.unit, origin: state.id,
      title: state.title, kind: state.kind, number, notation: state.notation, issuedDate, urgency: state.urgency,
      content: state.content, signer: state.signer ?? '', inReplyTo: await theirOwn(documents, state, recipient.code),
      ...(attachments.length === 0 ? {} : { attachments: [...attachments] }), ...(theirs === null ? {} : { relation: theirs }),
    }]);
    reports.push({ type: 'deliveryReported', at, by: null, command: null, recipient: recipient.code, status: '01', description: '' });
    touched.push({ unit: recipient.code, id });
    if (theirs === null || relation === null) continue;
    touched.push(...(await supersede(documents, recipient.code, theirs, id, at)));
    // what was asked about the one that is over now is nobody's to answer
    if (theirs.type === 'replaces') touched.push(...(await takeQuestionBack(documents, { unit: state.unit.code, id: relation.document }, recipient.code, at)));
  }
  if (reports.length > 0) await documents.append(state.unit.code, state.id, reports);
  if (relation !== null && relation.document !== state.id) touched.push(...(await supersede(documents, state.unit.code, relation, state.id, at)));
  return touched;
}

/** Who beyond this server has the document that this one replaces is told so. */
async function replacesFor(documents: DocumentTable, { unit, relation }: DocumentState, recipient: OrganizationCode): Promise<boolean> {
  if (relation?.type !== 'replaces') return false;
  const older = await readDocument(documents, unit.code, relation.document);
  return older?.recipients.some(({ organization, status }) => organization.code === recipient && status !== 'planned') ?? false;
}

/** The recipient knows what is answered by its own id: the document that it once sent us. */
async function theirOwn(documents: DocumentTable, state: DocumentState, recipient: OrganizationCode): Promise<DocumentId | null> {
  if (state.inReplyTo === null) return null;
  const arrived = await findArrival(documents, state.unit.code, state.inReplyTo);
  return arrived !== null && arrived.from.code === recipient ? arrived.origin : null;
}

/** How a log begins never changes: neither what came, nor what a draft is meant to replace. */
async function originOf(documents: DocumentTable, unit: OrganizationCode, id: DocumentId): Promise<readonly Touched[]> {
  const arrived = await findArrival(documents, unit, id);
  return arrived === null ? [] : [{ unit: arrived.from.code, id: arrived.origin }];
}

async function readRelation(documents: DocumentTable, unit: OrganizationCode, id: DocumentId): Promise<Relation | null> {
  if (await isGone(documents, unit, id)) return null;
  const first = (await documents.readEvents(unit, id))[0];
  return first?.type === 'drafted' ? (first.relation ?? null) : null;
}
