import type { Handlers } from '../handlers.ts';
import { describeError } from '../../../src-shared/errors.ts';
import { ok } from '../../../src-shared/result.ts';
import type { pendingHandlers } from '../pending.ts';
import type { DeskContext } from '../context.ts';
import { bookFor, nextNumber } from '../documents/books.ts';
import type { Reports } from '../verification/reports.ts';
import { vietnamDate } from '../vietnam-time.ts';
import { approve } from './approve.ts';
import { issue } from './issue.ts';
import { openDocument } from '../documents/open-document.ts';

type SigningHandlers = Omit<Pick<Handlers, Extract<keyof Handlers, `signing.${string}` | `tokens.${string}` | `issuing.${string}`>>, keyof typeof pendingHandlers>;

export function signingHandlers(context: DeskContext, reports: Reports): SigningHandlers {
  return {
    'tokens.list': async () => {
      const { tokens, drivers } = await context.tokens.list();
      return ok({ tokens: [...tokens], drivers: [...drivers] });
    },
    'signing.images': () => ok({ signature: context.office.signature, seal: context.office.seal }),
    'signing.propose': async ({ id }) => {
      const opened = openDocument(context, id);
      if (!opened.ok) return opened;
      const places = await context.signing.findPlaces(opened.value.source);
      return places.ok ? ok({ ...places.value, pages: [...places.value.pages] }) : places;
    },
    'signing.approve': (input) => approve(context, reports, input),
    'issuing.propose': ({ id }) => {
      const opened = openDocument(context, id);
      if (!opened.ok) return opened;
      const date = vietnamDate(context.now());
      const entry = nextNumber(context, bookFor(context.unit.code, date.slice(0, 4), 'van-ban-di'));
      return ok({
        book: `Văn bản đi ${date.slice(0, 4)}`,
        number: entry.ok ? entry.value.number : null,
        notation: opened.value.state.notation,
        date,
        problem: entry.ok ? null : { code: entry.error.code, message: describeError(entry.error) },
      });
    },
    'issuing.issue': (input) => issue(context, reports, input),
  };
}
