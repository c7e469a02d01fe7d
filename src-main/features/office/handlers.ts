import type { Handlers } from '../handlers.ts';
import { describeError } from '../../../src-shared/errors.ts';
import { fail, ok } from '../../../src-shared/result.ts';
import type { pendingHandlers } from '../pending.ts';
import type { DeskContext } from '../context.ts';

type OfficeHandlers = Omit<Pick<Handlers, Extract<keyof Handlers, `app.${string}` | `practice.${string}` | `sync.${string}` | `outbox.${string}` | `directory.${string}`>>, keyof typeof pendingHandlers>;

/** A real office has no practice desks; `practice/connection.ts` answers those calls there. */
export function officeHandlers(context: DeskContext): OfficeHandlers {
  return {
    'app.state': () => ok({ version: context.version, me: context.me, role: context.role, unit: context.unit, practice: null }),
    'practice.switchDesk': () => fail('not-allowed'),
    'practice.setLine': () => fail('not-allowed'),
    'sync.status': () => ok(context.sync.status()),
    'sync.now': async () => {
      await context.sync.kick();
      return ok({});
    },
    'outbox.list': () =>
      ok({
        rows: context.store.outbox().map((item) => ({
          id: item.command.id,
          document: item.command.document,
          title: item.title,
          type: item.command.type,
          at: item.command.at,
          sync: item.sync,
          bytes: item.content === null ? null : context.sync.uploadProgress(item.content.sha256),
          problem: item.problem === null ? null : { code: item.problem.code, message: describeError(item.problem) },
        })),
      }),
    'outbox.dismiss': ({ id }) => {
      const document = context.store.dismissProblem(id);
      if (document !== null) context.emit('documents.changed', { ids: [document], at: context.now().toISOString() });
      return ok({});
    },
    'directory.organizations': ({ query, limit }) => ok({ organizations: [...context.store.searchOrganizations(query, limit)] }),
    'directory.people': () => ok({ people: context.store.people().map((person) => ({ ...person, load: { open: 0, overdue: 0 } })) }),
  };
}
