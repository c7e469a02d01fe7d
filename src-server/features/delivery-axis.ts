import { createHash } from 'node:crypto';
import { progressOf } from '../../src-shared/domain/delivery-order.ts';
import { documentKinds, type DocumentEvent, type DocumentState, type Urgency } from '../../src-shared/domain/document.ts';
import type { DocumentId, OrganizationCode } from '../../src-shared/domain/ids.ts';
import type { Organization } from '../../src-shared/domain/organization.ts';
import type { BusinessType, Priority, StatusCode } from '../../src-shared/edxml/codes.ts';
import { lengths } from '../../src-shared/edxml/codes.ts';
import type { OutgoingDocument, Reply, StatusNotice } from '../gateway/exchange-types.ts';
import type { AxisArrival, AxisTable, DocumentTable } from '../storage/port.ts';
import { shapedUuid } from './canonical.ts';

/** Where events of one transaction go: into other documents of this server, or into the queue of the axis. `isOurs`: the office is on this server. */
export type Post = { readonly documents: DocumentTable; readonly axis: AxisTable; readonly isOurs: (code: OrganizationCode) => boolean };

/** The frozen form of a message, as the queue keeps it. */
export type AxisBody = { readonly kind: 'edoc'; readonly document: OutgoingDocument } | { readonly kind: 'status'; readonly notice: StatusNotice };

export const priorityOf = { normal: '0', urgent: '1', 'very-urgent': '2', express: '3' } as const satisfies Record<Urgency, Priority>;

/** Which offices are on this server: those of the configuration and all below them. An older code has its first level last (QĐ 28/2018 Art 10.2a). */
export function officesUnder(roots: readonly string[]): (code: OrganizationCode) => boolean {
  return (code) => roots.some((root) => code === root || code.startsWith(`${root}.`) || (!root.includes('.') && code.endsWith(`.${root}`)));
}

/** An id that is the same for the same parts, and for no others. */
export function sameId(...parts: readonly string[]): string {
  return shapedUuid(createHash('sha256').update(parts.join('\n')).digest().subarray(0, 16));
}

type Business = { readonly type: BusinessType; readonly reason: string | null; readonly cause: string; readonly fields?: { readonly title?: string | undefined; readonly urgency?: Urgency | undefined } };

/** One package an office: each is tried, refused and answered for itself. `cause`: what the package came of, the same for every try. */
export async function postDocument({ axis }: Pick<Post, 'axis'>, state: DocumentState, recipient: Organization, business: Business, at: string): Promise<void> {
  const { number, issuedDate, unit, relation } = state;
  if (number === null || issuedDate === null) throw new Error(`${state.id} is sent without a number`);
  const replied = state.inReplyTo === null ? null : await axis.findArrival(unit.code, state.inReplyTo);
  const withFiles = business.type === '0' || business.type === '3';
  const signer = state.signer?.trim() ?? '';
  const document: OutgoingDocument = {
    documentId: state.id,
    title: business.fields?.title ?? state.title,
    kindName: documentKinds[state.kind].name,
    // NĐ 30/2020 App I.II.3: a number below ten is written with a nought
    number: String(number).padStart(2, '0'),
    notation: state.notation,
    issuedOn: issuedDate,
    place: null,
    signer: signer === '' || Array.from(signer).length > lengths.FullName ? null : { capacity: null, position: null, fullName: signer },
    urgency: priorityOf[business.fields?.urgency ?? state.urgency],
    dueOn: null,
    pages: null,
    toPlaces: [],
    replies: replied === null ? [] : [aboutArrival(replied)],
    business: business.type,
    reason: business.reason,
    updates: business.type === '2' ? state.id : null,
    replaces: business.type === '3' && relation !== null ? [{ documentId: relation.document, officeCodes: [] }] : [],
    staff: null,
    from: unit,
    to: [recipient],
    sentAt: at,
    files: withFiles ? [state.content, ...state.attachments].map(({ sha256, fileName, sizeBytes }) => ({ sha256, name: fileName, sizeBytes })) : [],
  };
  const body: AxisBody = { kind: 'edoc', document };
  await axis.put({
    key: `edoc-${sameId('axis', unit.code, state.id, recipient.code, business.type, business.cause)}`, stream: `${state.id} ${recipient.code}`,
    kind: 'edoc', unit: unit.code, document: state.id, sender: unit.code, receiver: recipient.code, body: JSON.stringify(body),
  }, Date.parse(at));
}

/** A document that came over the axis: what this office does with it is told to its sender (QĐ 28/2018 Art 9.2). `cause`: of the event. */
export async function postStatus(axis: AxisTable, from: Organization, arrival: Omit<AxisArrival, 'unit' | 'print'>, code: StatusCode, description: string, cause: string, at: string): Promise<void> {
  const told = description.trim();
  const notice: StatusNotice = { code, from, about: aboutArrival(arrival), staff: null, description: told === '' ? null : Array.from(told).slice(0, lengths.Reason).join('').trim(), at };
  const body: AxisBody = { kind: 'status', notice };
  await axis.put({
    key: `status-${sameId('axis', from.code, arrival.document, arrival.sender, code, cause)}`, stream: `${arrival.document} ${arrival.sender}`,
    kind: 'status', unit: from.code, document: arrival.document, sender: from.code, receiver: arrival.sender, body: JSON.stringify(body),
  }, Date.parse(at));
}

/** What an event in a document that came over the axis says to its sender. Nothing for one that a clerk wrote down by hand. */
export async function reportToAxis({ axis }: Post, before: DocumentState, after: DocumentState, event: DocumentEvent, at: string): Promise<void> {
  const said = sayingOf(before, after, event);
  if (said === null) return;
  const arrival = await axis.findArrival(after.unit.code, after.id);
  if (arrival === null) return;
  await postStatus(axis, after.unit, arrival, said.code, said.description, event.command ?? at, at);
}

function sayingOf(before: DocumentState, after: DocumentState, event: DocumentEvent): { readonly code: StatusCode; readonly description: string } | null {
  switch (event.type) {
    case 'refused':
    case 'sentBack':
      return { code: '02', description: event.reason };
    case 'changeAnswered':
      return { code: event.agree ? '15' : '16', description: event.reason };
    default: {
      const progress = progressOf(after);
      return progress === null || progress === progressOf(before) ? null : { code: progress, description: '' };
    }
  }
}

function aboutArrival({ sender, code, issuedOn, message }: Pick<AxisArrival, 'sender' | 'code' | 'issuedOn' | 'message'>): Reply {
  return { officeCode: sender, numberAndNotation: code, issuedOn: issuedOn === '' ? null : issuedOn, documentId: message };
}

/** The document that a package becomes in an office of ours, whichever of several tries brought it. */
export function axisArrivalId(sender: string, message: string, unit: OrganizationCode): DocumentId {
  return sameId('axis arrival', sender, message, unit) as DocumentId;
}
