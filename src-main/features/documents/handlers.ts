import type { Handlers } from '../handlers.ts';
import type { DocumentId } from '../../../src-shared/domain/ids.ts';
import { fail, ok } from '../../../src-shared/result.ts';
import type { DeskContext } from '../context.ts';
import type { pendingHandlers } from '../pending.ts';
import { act } from './act.ts';
import { readDetail, toRow } from './detail.ts';
import { register } from './register.ts';
import { submit } from './submit.ts';

type DocumentHandlers = Omit<Pick<Handlers, Extract<keyof Handlers, `documents.${string}`>>, keyof typeof pendingHandlers>;

export function documentHandlers(context: DeskContext): DocumentHandlers {
  return {
    'documents.list': ({ folder, query, offset, limit }) => {
      const { total, rows } = context.store.listDocuments({ folder, me: context.me.id, text: query, offset, limit });
      return ok({ total, rows: rows.map((row) => toRow(context, row)) });
    },
    'documents.read': ({ id }) => readDetail(context, id),
    'documents.counts': () => ok(context.store.countFolders(context.me.id)),
    'documents.register': ({ id }) => register(context, id),
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
