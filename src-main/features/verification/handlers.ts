import type { Handlers } from '../handlers.ts';
import { fail, ok } from '../../../src-shared/result.ts';
import type { DeskContext } from '../context.ts';
import { printReport } from './printable.ts';
import type { Reports } from './reports.ts';

export function verificationHandlers(context: DeskContext, reports: Reports): Pick<Handlers, 'verification.report' | 'verification.check' | 'verification.printable'> {
  return {
    'verification.report': async ({ id }) => {
      const stored = context.store.findDocument(id);
      if (stored === null) return fail('not-found', { what: 'document' });
      const { sha256 } = stored.state.content;
      const report = await reports.reportOn(sha256);
      return ok({ report, more: report !== null && reports.isAwaited(sha256), kept: [...context.store.keptReports(sha256)] });
    },
    'verification.check': async ({ id }) => {
      const stored = context.store.findDocument(id);
      if (stored === null) return fail('not-found', { what: 'document' });
      const report = await reports.check(stored.state.content.sha256);
      return report === null ? fail('content.not-here') : ok({ report });
    },
    'verification.printable': ({ id, checkedAt }) => printReport(context, reports, id, checkedAt),
  };
}
