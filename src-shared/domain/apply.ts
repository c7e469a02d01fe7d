import { assertNever } from '../result.ts';
import { isStillOut } from './change-requests.ts';
import type { DocumentEvent, DocumentState, RecipientState } from './document.ts';
import type { DocumentId, OrganizationCode, PersonId } from './ids.ts';
import type { Organization } from './organization.ts';
import { changeTask, findTask, finishUpwards, freshTask, isFinished, tasksAfterAssignment } from './task-rules.ts';

/** Folds one event into the state. Total: an event in the log always applies. Throws only on a log that does not begin with a birth. */
export function apply(id: DocumentId, state: DocumentState | null, event: DocumentEvent): DocumentState {
  if (event.type === 'drafted' || event.type === 'arrived' || event.type === 'received') return born(id, event);
  if (state === null) throw new Error(`the log of ${id} begins with ${event.type}`);
  const next: DocumentState = {
    ...state,
    // long-term data comes by itself, days later: nothing has happened to the document that a list should bring up
    updatedAt: event.type === 'augmented' ? state.updatedAt : event.at,
    versions: versionsAfter(state.versions, event.type),
  };
  switch (event.type) {
    case 'edited':
      return edited(next, event);
    case 'commented':
      return next;
    case 'revised':
      // another file: whoever signed the earlier one has not signed this (NĐ 30/2020 Art 11)
      return { ...next, stage: 'draft', content: event.content, signer: null };
    case 'submitted':
      return { ...next, stage: 'submitted', content: event.content, reason: null };
    case 'returned':
      return { ...next, stage: 'returned', reason: event.reason };
    case 'approved':
      return { ...next, stage: 'approved', content: event.content, signer: event.signer };
    case 'issued':
      return { ...next, stage: 'issued', content: event.content, number: event.entry.number, notation: event.notation, issuedDate: event.issuedDate };
    case 'voided':
      return { ...next, stage: 'voided', reason: event.reason };
    case 'sent':
      return { ...next, stage: 'sent', recipients: mergeRecipients(next.recipients, event.recipients, 'sent', event.at) };
    case 'deliveryReported':
      return { ...next, recipients: reportDelivery(next.recipients, event) };
    case 'changeAsked':
      return changeAsked(next, event);
    case 'changeAnswered':
      return changeAnswered(next, event);
    case 'superseded':
      return {
        ...next,
        supersededBy: [...next.supersededBy.filter(({ by }) => by !== event.successor), { relation: event.relation, by: event.successor }],
        stage: event.relation === 'replaces' ? 'replaced' : next.stage,
      };
    case 'registered':
      return { ...next, stage: 'registered', arrival: { ...event.entry, arrivalDate: event.arrivalDate } };
    case 'marked':
    case 'augmented':
      return { ...next, content: event.content };
    case 'presented':
      return { ...next, stage: 'presented' };
    case 'assigned': {
      const { lead, support, inform, directive, deadline, each } = event;
      const assignment = { lead, support, inform, directive, deadline, ...(each === undefined ? {} : { each }) };
      return { ...next, stage: 'assigned', assignment, tasks: tasksAfterAssignment(next.tasks, assignment, { by: personOf(event), at: event.at }) };
    }
    case 'refused':
      return { ...next, stage: 'refused', reason: event.reason };
    case 'sentBack':
      return { ...next, stage: 'sent-back', reason: event.reason };
    case 'reopened':
      return {
        ...next, stage: 'assigned', reason: event.reason,
        tasks: next.tasks.map((task) => (task.part === 'lead' && task.state === 'done' ? { ...task, state: 'accepted', doneAt: null } : task)),
      };
    default:
      return taskChanged(next, event);
  }
}

export function replay(id: DocumentId, events: readonly DocumentEvent[]): DocumentState | null {
  return events.reduce<DocumentState | null>((state, event) => apply(id, state, event), null);
}

type TaskEvent = DocumentEvent & { readonly type: 'taskAccepted' | 'taskReturned' | 'progressReported' | 'extensionRequested' | 'extensionAnswered' | 'taskFinished' | 'evaluated' | 'passedOn' | 'reminded' };

function taskChanged(state: DocumentState, event: TaskEvent): DocumentState {
  const who = 'person' in event ? event.person : personOf(event);
  const { at } = event;
  const change = (how: Parameters<typeof changeTask>[2]): DocumentState => ({ ...state, tasks: changeTask(state.tasks, who, how) });
  switch (event.type) {
    case 'taskAccepted':
      return change((task) => ({ ...task, state: 'accepted', acceptedAt: at }));
    case 'taskReturned':
      return change((task) => ({ ...task, state: 'returned', returnReason: event.reason }));
    case 'progressReported':
      // whoever reports has taken it up
      return change((task) => ({ ...task, state: 'accepted', acceptedAt: task.acceptedAt ?? at, progress: { percent: event.percent, text: event.text, at } }));
    case 'extensionRequested':
      return change((task) => ({ ...task, extension: { until: event.until, reason: event.reason, at, granted: null, answer: '' } }));
    case 'extensionAnswered':
      return change((task) => ({
        ...task,
        deadline: event.granted ? (event.until ?? task.extension?.until ?? task.deadline) : task.deadline,
        extension: task.extension === null ? null : { ...task.extension, granted: event.granted, answer: event.reason },
      }));
    case 'taskFinished': {
      const tasks = finishUpwards(state.tasks, who, at, { text: event.result, answer: event.answer });
      return { ...state, tasks, stage: state.stage === 'assigned' && isFinished(tasks) ? 'finished' : state.stage };
    }
    case 'evaluated':
      return change((task) => ({ ...task, evaluation: { grade: event.grade, text: event.text } }));
    case 'passedOn': {
      const part = findTask(state.tasks, who)?.part ?? 'support';
      const taken = change((task) => ({ ...task, state: task.state === 'new' ? 'accepted' : task.state, acceptedAt: task.acceptedAt ?? at }));
      return { ...taken, tasks: [...taken.tasks, freshTask(event.to, part, event.directive, event.deadline, { by: who, at }, who)] };
    }
    case 'reminded':
      return change((task) => ({ ...task, remindedAt: at }));
    default:
      return assertNever(event);
  }
}

function edited(state: DocumentState, event: DocumentEvent & { readonly type: 'edited' }): DocumentState {
  const { title, kind, notation, issuedDate, from, signer, urgency, attachments, numberText } = event;
  const next = {
    ...state,
    title: title ?? state.title, kind: kind ?? state.kind, notation: notation ?? state.notation, urgency: urgency ?? state.urgency,
    attachments: attachments ?? state.attachments, from: from ?? state.from, signer: signer ?? state.signer,
    issuedDate: issuedDate === undefined ? state.issuedDate : issuedDate,
    ...(numberText === undefined ? {} : writtenNumber(numberText)),
  };
  if (state.direction === 'incoming') return next;
  return {
    ...next,
    recipients: event.recipients === undefined ? state.recipients : mergeRecipients([], event.recipients, 'planned', event.at),
    // whoever approved it has not approved this (NĐ 30/2020 Art 11); a draft that waits is read again
    stage: state.stage === 'returned' ? 'returned' : 'draft',
    signer: null,
  };
}

function changeAsked(state: DocumentState, event: DocumentEvent & { readonly type: 'changeAsked' }): DocumentState {
  const asked = { request: event.command ?? ('' as never), change: event.change, reason: event.reason, at: event.at, ...(event.fields === undefined ? {} : { fields: event.fields }) };
  if (state.direction === 'incoming') return { ...state, asked };
  const codes = new Set(event.recipients ?? []);
  const recipients = state.recipients.map((r) => (codes.has(r.organization.code) ? { ...r, status: '13' as const, at: event.at, description: event.reason, asked: event.change } : r));
  return {
    ...state,
    // asked back from some, it stays in force for the others (NĐ 30/2020 Art 18.4; QĐ 28/2018 Art 8.2: sent to the wrong office)
    ...(event.change === 'update' ? withFields(state, event.fields) : isStillOut({ recipients }) ? {} : { stage: 'recalled' as const, reason: event.reason }),
    asked,
    recipients,
  };
}

function changeAnswered(state: DocumentState, event: DocumentEvent & { readonly type: 'changeAnswered' }): DocumentState {
  const { asked } = state;
  const next = { ...state, asked: null };
  if (!event.agree || asked === null) return next;
  return asked.change === 'recall' ? { ...next, stage: 'recalled', reason: asked.reason } : { ...next, ...withFields(next, asked.fields) };
}

function withFields(state: DocumentState, fields: { readonly title?: string | undefined; readonly urgency?: DocumentState['urgency'] | undefined } | undefined): Pick<DocumentState, 'title' | 'urgency'> {
  return { title: fields?.title ?? state.title, urgency: fields?.urgency ?? state.urgency };
}

function versionsAfter(before: DocumentState['versions'], type: DocumentEvent['type']): DocumentState['versions'] {
  switch (type) {
    case 'assigned':
    case 'extensionAnswered':
    case 'passedOn':
      return { ...before, assignment: before.assignment + 1 };
    case 'deliveryReported':
    case 'commented':
    case 'taskAccepted':
    case 'taskReturned':
    case 'progressReported':
    case 'extensionRequested':
    case 'taskFinished':
    case 'evaluated':
    case 'reminded':
      return before;
    default:
      return { ...before, workflow: before.workflow + 1 };
  }
}

function born(id: DocumentId, event: DocumentEvent & { type: 'drafted' | 'arrived' | 'received' }): DocumentState {
  const common = {
    id, unit: event.unit, title: event.title, kind: event.kind, notation: event.notation, urgency: event.urgency, content: event.content,
    attachments: event.attachments ?? [], arrival: null, assignment: null, tasks: [], reason: null, inReplyTo: event.inReplyTo,
    relation: 'relation' in event ? (event.relation ?? null) : null, supersededBy: [], asked: null,
    versions: { workflow: 1, assignment: 0 }, createdAt: event.at, updatedAt: event.at,
  };
  switch (event.type) {
    case 'arrived':
      return {
        ...common, direction: 'incoming', stage: 'arrived', number: event.number, numberText: null, issuedDate: event.issuedDate, from: event.from, channel: null,
        recipients: [], signer: event.signer, drafter: null, drafterId: null,
      };
    case 'received':
      return {
        ...common, direction: 'incoming', stage: 'arrived', ...writtenNumber(event.numberText), issuedDate: event.issuedDate, from: event.from, channel: event.channel,
        recipients: [], signer: event.signer, drafter: null, drafterId: null,
      };
    case 'drafted':
      return {
        ...common, direction: 'outgoing', stage: 'draft', number: null, numberText: null, issuedDate: null, from: event.unit, channel: null, signer: null,
        recipients: mergeRecipients([], event.recipients, 'planned', event.at), drafter: event.by?.fullName ?? null, drafterId: event.by?.person ?? null,
      };
    default:
      return assertNever(event);
  }
}

/** `07` is the number 7; `02a` is no number that can be counted with, and stays as it is written. */
function writtenNumber(text: string): Pick<DocumentState, 'number' | 'numberText'> {
  const number = /^0*[1-9][0-9]{0,9}$/.test(text) ? Number(text) : null;
  return { number, numberText: number === null && text !== '' ? text : null };
}

/** Added ones take `status`; one that is already there keeps its place. */
function mergeRecipients(present: readonly RecipientState[], added: readonly Organization[], status: 'planned' | 'sent', at: string): RecipientState[] {
  const codes = new Set(added.map((o) => o.code));
  const known = new Set(present.map((r) => r.organization.code));
  return [
    ...present.map((r) => (codes.has(r.organization.code) ? { ...r, status, at } : r)),
    ...added.filter((o) => !known.has(o.code)).map((organization) => ({ organization, status, at, description: '' })),
  ];
}

function reportDelivery(present: readonly RecipientState[], report: { recipient: OrganizationCode; status: RecipientState['status']; description: string; at: string }): RecipientState[] {
  return present.map((r) => (r.organization.code === report.recipient ? { ...r, status: report.status, at: report.at, description: report.description } : r));
}

/** Tasks are a person's doing: an event of one without a person is not in any log of ours, and concerns nobody. */
function personOf(event: DocumentEvent): PersonId {
  return event.by?.person ?? ('' as PersonId);
}
