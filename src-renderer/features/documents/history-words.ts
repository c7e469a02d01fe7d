import type { DocumentEvent, DocumentState } from '../../../src-shared/domain/document.ts';
import { formatReference } from '../../../src-shared/domain/notation.ts';
import { assertNever } from '../../../src-shared/result.ts';
import { formatDate } from '../../i18n/format.ts';
import type { Translate } from '../../i18n/translate.ts';

/** What an event's words are made with: names of the people of this office, by their ids, and of the offices that the document went to. */
export type HistoryNames = { readonly t: Translate; readonly personOf: (id: string) => string; readonly document: Pick<DocumentState, 'recipients'> };

/** What happened, in one line, and what was written with it, where anything was. */
export type EventWords = { readonly what: string; readonly said: string | null };

/** Every event of a document in words of the office. The compiler asks for the words of a new one. */
export function wordsOfEvent(event: DocumentEvent, { t, personOf, document }: HistoryNames): EventWords {
  switch (event.type) {
    case 'drafted':
    case 'revised':
    case 'submitted':
    case 'taskAccepted':
      return plain(t(`history.${event.type}`));
    case 'received':
      return plain(t('history.received', { channel: t(`paper.channel.${event.channel}`) }));
    case 'edited':
      return plain(t('history.edited', { fields: editedFields(event, t) }));
    case 'commented':
      return { what: t('history.commented'), said: event.text };
    case 'returned':
    case 'voided':
    case 'refused':
    case 'sentBack':
    case 'taskReturned':
    case 'reopened':
      return { what: t(`history.${event.type}`), said: event.reason };
    case 'approved':
      return plain(t(event.capacity === undefined ? 'history.approved' : 'history.approvedFor', { signer: event.signer, capacity: event.signedAs ?? event.capacity ?? '' }));
    case 'issued':
      return plain(t('history.issued', { number: formatReference({ number: event.entry.number, numberText: '', notation: event.notation }), date: formatDate(event.issuedDate) }));
    case 'sent':
      return plain(t('history.sent', { count: event.recipients.length }));
    case 'deliveryReported': {
      const office = document.recipients.find(({ organization }) => organization.code === event.recipient)?.organization.name ?? event.recipient;
      return { what: t('history.delivery', { office, status: t(`delivery.${event.status}`) }), said: event.description || null };
    }
    case 'changeAsked':
      return { what: t(`history.asked.${event.change}`), said: event.reason };
    case 'changeAnswered':
      return { what: t(event.agree ? 'history.answered.yes' : 'history.answered.no'), said: event.reason || null };
    case 'superseded':
      return plain(t(`superseded.${event.relation}`));
    case 'arrived':
      return plain(t('history.arrived', { from: event.from.name }));
    case 'registered':
      return { what: t('history.registered', { number: event.entry.number, date: formatDate(event.arrivalDate) }), said: event.check?.reason ?? null };
    case 'marked':
      return plain(event.mark === 'comment' ? t('marked.comment', { text: event.text }) : t(`marked.${event.mark}`));
    case 'augmented':
      return plain(t('augmented', { level: event.level }));
    case 'presented':
      return { what: t('history.presented'), said: event.note || null };
    case 'assigned':
      return { what: event.deadline === null ? t('history.assigned', { name: personOf(event.lead) }) : t('history.assignedBy', { name: personOf(event.lead), date: formatDate(event.deadline) }), said: event.directive || null };
    case 'progressReported':
      return { what: t('history.progressReported', { percent: event.percent }), said: event.text || null };
    case 'extensionRequested':
      return { what: t('history.extensionRequested', { date: formatDate(event.until) }), said: event.reason };
    case 'extensionAnswered':
      return { what: answeredExtension(event, personOf(event.person), t), said: event.reason || null };
    case 'taskFinished':
      return { what: t('history.taskFinished'), said: event.result || null };
    case 'evaluated':
      return { what: t('history.evaluated', { name: personOf(event.person), grade: t(`task.grade.${event.grade}`) }), said: event.text || null };
    case 'passedOn':
      return { what: t('history.passedOn', { name: personOf(event.to) }), said: event.directive || null };
    case 'reminded':
      return { what: t('history.reminded', { name: personOf(event.person) }), said: event.text || null };
    default:
      return assertNever(event);
  }
}

function plain(what: string): EventWords {
  return { what, said: null };
}

function answeredExtension({ granted, until }: DocumentEvent & { readonly type: 'extensionAnswered' }, name: string, t: Translate): string {
  if (!granted) return t('history.extensionRefused', { name });
  return until === null ? t('history.extensionGranted', { name }) : t('history.extensionGrantedTo', { name, date: formatDate(until) });
}

const fieldNames = {
  title: 'draft.subject', kind: 'draft.kind', numberText: 'issue.number', notation: 'draft.notation', issuedDate: 'issue.date', from: 'info.from', signer: 'info.signer', urgency: 'info.urgency',
  recipients: 'history.field.recipients', attachments: 'attach.list',
} as const;

function editedFields(event: DocumentEvent & { readonly type: 'edited' }, t: Translate): string {
  const names = Object.entries(fieldNames).filter(([field]) => event[field as keyof typeof fieldNames] !== undefined).map(([, key]) => t(key).toLowerCase());
  return names.join(', ') || '—';
}
