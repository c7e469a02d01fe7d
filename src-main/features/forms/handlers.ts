import { ok } from '../../../src-shared/result.ts';
import type { DeskContext } from '../context.ts';
import type { Handlers } from '../handlers.ts';

type FormHandlers = Pick<Handlers, Extract<keyof Handlers, `forms.${string}`>>;

/** What is being typed outlives a closed window and a restart; it stays in this desk's encrypted store and is never logged. */
export function formHandlers(context: DeskContext): FormHandlers {
  return {
    'forms.read': ({ key }) => ok({ form: context.store.readForm(context.me.id, key) }),
    'forms.keep': ({ key, value }) => {
      context.store.keepForm(context.me.id, key, { value, at: context.now().toISOString() });
      return ok({});
    },
    'forms.drop': ({ key }) => {
      context.store.dropForm(context.me.id, key);
      return ok({});
    },
  };
}
