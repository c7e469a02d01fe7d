import type { Handlers } from '../handlers.ts';
import { describeError } from '../../../src-shared/errors.ts';
import { fail, ok, type Result } from '../../../src-shared/result.ts';
import type { DeskContext } from '../context.ts';
import { nextNumber, outgoingBook } from '../documents/books.ts';
import type { Reports } from '../verification/reports.ts';
import { vietnamDate } from '../vietnam-time.ts';
import { approve } from './approve.ts';
import { toAugmentations } from './augmentation/jobs.ts';
import type { AugmentationWorker } from './augmentation/worker.ts';
import { capacitiesOf } from './capacity.ts';
import { cleanImage, readImages, setImage } from './images.ts';
import { inspect } from './inspect.ts';
import { issue } from './issue.ts';
import { openDocument } from '../documents/open-document.ts';
import type { SigningMeans } from './means.ts';
import { mark, previewMark } from './mark.ts';
import type { FindPlaces } from './places.ts';
import { readPolicy, setPolicy } from './policy.ts';
import type { Batches } from './batch/batches.ts';
import { previewApproval, previewIssue } from './preview.ts';
import { listTemplates, removeTemplate, saveTemplate } from './templates.ts';
import { tryToken } from './try-token.ts';

type SigningHandlers = Pick<Handlers, Extract<keyof Handlers, `signing.${string}` | `tokens.${string}` | `certificates.${string}` | `issuing.${string}` | `templates.${string}` | `augmentation.${string}`>>;

export type SigningParts = { readonly means: SigningMeans; readonly reports: Reports; readonly findPlaces: FindPlaces; readonly batches: Batches; readonly augmentations: AugmentationWorker };

export function signingHandlers(context: DeskContext, { means, reports, findPlaces, batches, augmentations }: SigningParts): SigningHandlers {
  /** The token of a run that is not over stays with it. */
  const alone = <T>(work: () => Promise<Result<T>>): Promise<Result<T>> | Result<T> => (batches.isOpen() ? fail('batch.running') : work());
  return {
    'tokens.list': async () => {
      const { tokens, drivers } = await context.tokens.list();
      return ok({ tokens: [...tokens], drivers: [...drivers] });
    },
    'tokens.try': ({ thumbprint, pin }) => alone(() => tryToken(context, thumbprint, pin)),
    'certificates.check': ({ thumbprint }) => means.certificates.check(thumbprint),
    'signing.inspect': ({ id }) => inspect(context, reports, id),
    'signing.policy': () => ok(readPolicy(context)),
    'signing.setPolicy': (policy) => {
      const set = setPolicy(context, policy);
      if (set.ok) augmentations.retry();
      return set;
    },
    'signing.adviseImage': ({ bytes, of, widthMm }) => {
      const advice = context.signing.adviseImage(bytes, { of, widthMm });
      return advice.ok ? ok({ advice: [...advice.value] }) : advice;
    },
    'signing.cleanImage': (input) => cleanImage(context, input),
    'signing.mark': (input) => alone(() => mark(context, { means, reports, augmentations }, input)),
    'signing.previewMark': (input) => previewMark(context, input),
    'augmentation.list': () => ok({ items: toAugmentations(context) }),
    'augmentation.retry': () => {
      augmentations.retry();
      return ok({ items: toAugmentations(context) });
    },
    'templates.list': () => ok(listTemplates(context)),
    'templates.save': ({ template }) => ok(saveTemplate(context, template)),
    'templates.remove': ({ id }) => ok(removeTemplate(context, id)),
    'signing.images': () => ok(readImages(context)),
    'signing.setImage': (input) => setImage(context, input),
    'signing.preview': (input) => previewApproval(context, input),
    'signing.propose': async ({ id }) => {
      const opened = openDocument(context, id);
      if (!opened.ok) return opened;
      const places = await findPlaces(opened.value.state.content.sha256, opened.value.source);
      return places.ok ? ok({ ...places.value, pages: [...places.value.pages] }) : places;
    },
    'signing.capacities': () => ok({ capacities: [...capacitiesOf(context)] }),
    'signing.approve': (input) => alone(() => approve(context, means, reports, input)),
    'issuing.propose': ({ id }) => {
      const opened = openDocument(context, id);
      if (!opened.ok) return opened;
      const date = vietnamDate(context.now());
      const book = outgoingBook(context, opened.value.state.kind, date.slice(0, 4));
      const entry = nextNumber(context, book.id);
      return ok({
        book: book.rule.slug === 'van-ban-di' ? `Văn bản đi ${date.slice(0, 4)}` : `${book.rule.name} ${date.slice(0, 4)}`,
        number: entry.ok ? entry.value.number : null,
        notation: opened.value.state.notation,
        date,
        problem: entry.ok ? null : { code: entry.error.code, message: describeError(entry.error) },
      });
    },
    'issuing.preview': (input) => previewIssue(context, findPlaces, input),
    'issuing.issue': (input) => alone(() => issue(context, { means, reports, findPlaces, augmentations }, input)),
  };
}
