import type { Handlers } from '../handlers.ts';
import { describeError } from '../../../src-shared/errors.ts';
import { fail, ok } from '../../../src-shared/result.ts';
import type { OutboxItem } from '../../ports/store.ts';
import type { DeskContext } from '../context.ts';
import { vietnamDate } from '../vietnam-time.ts';

type OfficeHandlers = Pick<Handlers, Extract<keyof Handlers, `app.${string}` | `practice.${string}` | `sync.${string}` | `outbox.${string}` | `directory.${string}`>>;

/** As many as a person reads through before typing is quicker. */
const mostPhrases = 20;

/** A real office has no practice desks; `practice/connection.ts` answers those calls there. */
export function officeHandlers(context: DeskContext): OfficeHandlers {
  return {
    'app.state': () => ok({ version: context.version, me: context.me, role: context.role, unit: context.unit, practice: null }),
    'practice.switchDesk': () => fail('not-allowed'),
    'practice.setLine': () => fail('not-allowed'),
    'practice.goTo': () => fail('not-allowed'),
    'practice.stop': () => fail('not-allowed'),
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
          bytes: uploadOf(context, item.contents),
          problem: item.problem === null ? null : { code: item.problem.code, message: describeError(item.problem) },
        })),
      }),
    'outbox.dismiss': ({ id }) => {
      const document = context.store.dismissProblem(id);
      if (document !== null) context.emit('documents.changed', { ids: [document], at: context.now().toISOString() });
      return ok({});
    },
    'directory.organizations': ({ query, limit }) => ok({ organizations: [...context.store.searchOrganizations(query, limit)] }),
    'directory.people': () => {
      const load = context.store.workLoad(vietnamDate(context.now()));
      return ok({ people: context.store.people().map((person) => ({ ...person, load: load.get(person.id) ?? { open: 0, overdue: 0 } })) });
    },
    'directory.phrases': () => ok({ phrases: [...context.store.phrases(context.now().getTime(), mostPhrases)] }),
  };
}

/** How far what the command waits for has come, all of it together; null: nothing of it is on its way. */
function uploadOf(context: DeskContext, contents: OutboxItem['contents']): { readonly total: number; readonly sent: number } | null {
  const under = contents.map(({ sha256 }) => context.sync.uploadProgress(sha256)).filter((one) => one !== null);
  return under.length === 0 ? null : { total: under.reduce((sum, one) => sum + one.total, 0), sent: under.reduce((sum, one) => sum + one.sent, 0) };
}
