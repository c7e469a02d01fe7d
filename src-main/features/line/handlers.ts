import { fail, ok } from '../../../src-shared/result.ts';
import type { DeskContext } from '../context.ts';
import type { DeskHandlers } from '../handlers.ts';

/** What may go over the line by itself, what did, and what a person does not want to wait for. */
export function lineHandlers(context: DeskContext): Pick<DeskHandlers, 'line.policy' | 'line.setPolicy' | 'line.usage' | 'line.fetch'> {
  return {
    'line.policy': () => ok(context.sync.policy()),
    'line.setPolicy': (policy) => {
      context.sync.setPolicy(policy);
      return ok(context.sync.policy());
    },
    'line.usage': () => ok({ days: [...context.sync.usage()] }),
    'line.fetch': ({ document }) => {
      const content = context.store.findDocument(document)?.state.content;
      if (content === undefined) return fail('not-found', { what: 'document' });
      const here = context.blobs.has(content.sha256);
      if (!here) context.sync.fetchNow(content);
      return ok({ here });
    },
  };
}
