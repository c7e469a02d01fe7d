import type { Handlers } from '../handlers.ts';
import { fail, ok } from '../../../src-shared/result.ts';
import type { DeskContext } from '../context.ts';
import type { Reports } from './reports.ts';

export function verificationHandlers(context: DeskContext, reports: Reports): Pick<Handlers, 'verification.report'> {
  return {
    'verification.report': async ({ id }) => {
      const stored = context.store.findDocument(id);
      if (stored === null) return fail('not-found', { what: 'document' });
      return ok({ report: stored.report ?? (await reports.reportOn(stored.state.content.sha256)), more: false, kept: [] });
    },
  };
}
