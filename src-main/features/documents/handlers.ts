import type { Handlers } from '../handlers.ts';
import { maxChosen, type DocumentDetail } from '../../../src-shared/contract/documents.ts';
import type { ParsedInput } from '../../../src-shared/contract/index.ts';
import type { DocumentId } from '../../../src-shared/domain/ids.ts';
import { fail, ok, type Result } from '../../../src-shared/result.ts';
import type { DeskContext } from '../context.ts';
import type { ListQuery } from '../../ports/store.ts';
import type { Reports } from '../verification/reports.ts';
import { vietnamDate } from '../vietnam-time.ts';
import { checkDeadlines } from '../tasks/calendar.ts';
import { act } from './act.ts';
import { checkContent, checkNotSecret, checkRecipients, givenReason } from './checks.ts';
import { draft, edit, receive } from './describe.ts';
import { readDetail, toRow } from './detail.ts';
import { draftVersions } from './drafts.ts';
import { duplicates } from './duplicates.ts';
import { proposeNumber, usualNotation } from './next-number.ts';
import { register } from './register.ts';
import { submit } from './submit.ts';
import { undo } from './undo.ts';

type DocumentHandlers = Omit<Pick<Handlers, Extract<keyof Handlers, `documents.${string}`>>, 'documents.snippets'>;

export function documentHandlers(context: DeskContext, reports: Reports): DocumentHandlers {
  return {
    'documents.list': ({ offset, limit, ...query }) => {
      const { total, rows } = context.store.listDocuments({ ...asked(context, query), offset, limit });
      return ok({ total, rows: rows.map((row) => toRow(context, row)) });
    },
    'documents.ids': (query) => {
      const { total, ids } = context.store.listIds(asked(context, query), maxChosen);
      return ok({ total, ids: [...ids] });
    },
    'documents.position': ({ id, ...query }) => ok({ index: context.store.findPosition(asked(context, query), id) }),
    'documents.markRead': ({ ids, read }) => {
      context.store.markRead(context.me.id, ids, read);
      context.emit('documents.changed', { ids, at: context.now().toISOString() });
      return ok({});
    },
    'documents.undo': ({ id, commands }) => undo(context, id, commands),
    'documents.read': ({ id }) => readDetail(context, id),
    'documents.counts': () => ok(context.store.countFolders(context.me.id)),
    'documents.register': ({ id, reason }) => register(context, reports, id, reason),
    'documents.present': ({ id, note }) => act(context, id, { type: 'present', args: { note } }),
    'documents.refuse': withReason((id, args) => act(context, id, { type: 'refuse', args })),
    'documents.sendBack': withReason((id, args) => act(context, id, { type: 'sendBack', args })),
    'documents.assign': ({ id, byGrant, closedDay, ...args }) => {
      const days = checkDeadlines(context, [args.deadline, ...(args.each ?? []).map(({ deadline }) => deadline)], closedDay);
      return days.ok ? act(context, id, { type: 'assign', args }, byGrant === undefined ? {} : { byGrant }) : days;
    },
    'documents.draft': (input) => draft(context, input),
    'documents.receive': (input) => receive(context, input),
    'documents.edit': (input) => edit(context, input),
    'documents.comment': ({ id, text, aspect }) => (text.trim() === '' ? fail('input.invalid', { where: 'ý kiến' }) : act(context, id, { type: 'comment', args: { text: text.trim(), aspect } })),
    'documents.revise': ({ id, content }) => {
      const here = checkContent(context, content);
      return here.ok ? act(context, id, { type: 'revise', args: { content } }) : here;
    },
    'documents.submit': ({ id }) => submit(context, id),
    'documents.returnToDrafter': withReason((id, args) => act(context, id, { type: 'returnToDrafter', args })),
    'documents.voidNumber': withReason((id, args) => act(context, id, { type: 'voidNumber', args })),
    'documents.askChange': ({ id, reason, fields, ...args }) => {
      const given = givenReason(reason);
      if (!given.ok) return given;
      // an update that says nothing is none
      if (args.change === 'update' && fields?.title === undefined && fields?.urgency === undefined) return fail('input.invalid', { where: 'cập nhật' });
      const open = checkNotSecret({ title: fields?.title });
      return open.ok ? act(context, id, { type: 'askChange', args: { ...args, reason: given.value, ...(fields === undefined ? {} : { fields }) } }) : open;
    },
    'documents.answerChange': ({ id, ...args }) => act(context, id, { type: 'answerChange', args }),
    'documents.duplicates': (input) => duplicates(context, input),
    'documents.notation': ({ kind }) => ok({ notation: usualNotation(context, kind) }),
    'documents.nextNumber': ({ id }) => proposeNumber(context, id),
    'documents.drafts': ({ id }) => draftVersions(context, id),
    'documents.send': ({ id, recipients }) => {
      const receivable = checkRecipients(context, recipients, vietnamDate(context.now()));
      return receivable.ok ? act(context, id, { type: 'send', args: { recipients } }) : receivable;
    },
  };
}

type ByReason = (id: DocumentId, args: { readonly reason: string }) => Result<DocumentDetail>;

function withReason(work: ByReason): (input: { readonly id: DocumentId; readonly reason: string }) => Result<DocumentDetail> {
  return ({ id, reason }) => {
    const given = givenReason(reason);
    return given.ok ? work(id, { reason: given.value }) : given;
  };
}

function asked(context: DeskContext, { folder, query, quick }: ParsedInput<'documents.ids'>): ListQuery {
  return { folder, me: context.me.id, text: query, quick, today: vietnamDate(context.now()) };
}
