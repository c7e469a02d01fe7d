import type { Handlers } from '../handlers.ts';
import { maxChosen } from '../../../src-shared/contract/documents.ts';
import type { ParsedInput } from '../../../src-shared/contract/index.ts';
import type { DocumentId } from '../../../src-shared/domain/ids.ts';
import { fail, ok } from '../../../src-shared/result.ts';
import type { DeskContext } from '../context.ts';
import type { ListQuery } from '../../ports/store.ts';
import type { pendingHandlers } from '../pending.ts';
import type { Reports } from '../verification/reports.ts';
import { vietnamDate } from '../vietnam-time.ts';
import { act } from './act.ts';
import { readDetail, toRow } from './detail.ts';
import { register } from './register.ts';
import { submit } from './submit.ts';
import { undo } from './undo.ts';

type DocumentHandlers = Omit<Pick<Handlers, Extract<keyof Handlers, `documents.${string}`>>, keyof ReturnType<typeof pendingHandlers>>;

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
    'documents.refuse': ({ id, reason }) => (reason.trim() === '' ? fail('workflow.reason-required') : act(context, id, { type: 'refuse', args: { reason: reason.trim() } })),
    'documents.assign': ({ id, ...args }) => act(context, id, { type: 'assign', args }),
    'documents.draft': (args) => {
      if (!context.blobs.has(args.content.sha256)) return fail('content.not-here');
      if (args.title.trim() === '') return fail('input.invalid', { where: 'trích yếu' });
      return act(context, context.newId() as DocumentId, { type: 'draft', args: { ...args, title: args.title.trim() } });
    },
    'documents.revise': ({ id, content }) => (context.blobs.has(content.sha256) ? act(context, id, { type: 'revise', args: { content } }) : fail('content.not-here')),
    'documents.submit': ({ id }) => submit(context, id),
    'documents.returnToDrafter': ({ id, reason }) => (reason.trim() === '' ? fail('workflow.reason-required') : act(context, id, { type: 'returnToDrafter', args: { reason: reason.trim() } })),
    'documents.send': ({ id, recipients }) => act(context, id, { type: 'send', args: { recipients } }),
  };
}

function asked(context: DeskContext, { folder, query, quick }: ParsedInput<'documents.ids'>): ListQuery {
  return { folder, me: context.me.id, text: query, quick, today: vietnamDate(context.now()) };
}
