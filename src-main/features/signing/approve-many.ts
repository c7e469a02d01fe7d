import type { Output, ParsedInput } from '../../../src-shared/contract/index.ts';
import type { Placement } from '../../../src-shared/contract/signing.ts';
import { choosePlace } from '../../../src-shared/domain/place.ts';
import type { DocumentId } from '../../../src-shared/domain/ids.ts';
import { describeError } from '../../../src-shared/errors.ts';
import { fail, ok, type AppError, type Result } from '../../../src-shared/result.ts';
import type { SigningKey } from '../../ports/token.ts';
import type { DeskContext } from '../context.ts';
import type { Reports } from '../verification/reports.ts';
import { openApprovable, signApproval, storeApproval, type Approvable } from './approve.ts';
import { readImages } from './images.ts';
import type { SigningMeans } from './means.ts';
import type { FindPlaces } from './places.ts';
import { listTemplates } from './templates.ts';

type Many = ParsedInput<'signing.approveMany'>;
type Item = Many['items'][number];

export type ManyApprovals = {
  readonly approveMany: (input: Many) => Promise<Result<Output<'signing.approveMany'>>>;
  /** Every run ends after the document that it has in hand. */
  readonly stop: () => void;
};

/**
 * Ký duyệt of many with one login (signing.md §4). Each document is signed, stored and told before the next is begun, so a crash leaves
 * every one of them signed or untouched. Refused as a whole only when nothing could be begun (PIN, token).
 */
export function createManyApprovals(context: DeskContext, means: SigningMeans, reports: Reports, findPlaces: FindPlaces): ManyApprovals {
  const running = new Set<{ stopped: boolean }>();
  return {
    stop: () => {
      for (const run of running) run.stopped = true;
    },
    approveMany: async ({ items, thumbprint, pin }) => {
      const run = { stopped: false };
      const results = new Map<DocumentId, AppError | null>();
      const settle = (id: DocumentId, error: AppError | null): void => {
        results.set(id, error);
        context.emit('signing.progress', { done: results.size, total: items.length, id, failed: error !== null });
      };
      running.add(run);
      try {
        const done = await context.tokens.withKey(thumbprint, pin, (key) => approveEach((item) => approveOne(context, means, reports, findPlaces, item, key), items, run, settle));
        if (!done.ok && results.size === 0) return done;
        for (const { id } of items) if (!results.has(id)) settle(id, done.ok ? { code: 'signing.stopped' } : done.error);
      } finally {
        running.delete(run);
      }
      return ok({ results: items.map(({ id }) => ({ id, error: problemOf(results.get(id) ?? null) })) });
    },
  };
}

/** Ends early with the token's error when the token or the PIN gave out: what follows would only fail the same way. */
async function approveEach(approveItem: (item: Item) => Promise<Result<unknown>>, items: readonly Item[], run: { readonly stopped: boolean }, settle: (id: DocumentId, error: AppError | null) => void): Promise<Result<null>> {
  for (const item of items) {
    if (run.stopped) return ok(null);
    const done = await approveItem(item);
    settle(item.id, done.ok ? null : done.error);
    if (!done.ok && done.error.code.startsWith('token.')) return done;
  }
  return ok(null);
}

async function approveOne(context: DeskContext, means: SigningMeans, reports: Reports, findPlaces: FindPlaces, item: Item, key: SigningKey): Promise<Result<unknown>> {
  const opened = openApprovable(context, item.id);
  if (!opened.ok) return opened;
  const place = item.placement === null ? await findPlace(context, findPlaces, opened.value) : ok(item.placement);
  if (!place.ok) return place;
  const signed = await signApproval(context, means.base, opened.value, place.value, key);
  return signed.ok ? storeApproval(context, reports, opened.value.state, signed.value) : signed;
}

/** Nobody looks at it here: a mere guess is not signed. Error: `placement.unknown`. */
async function findPlace(context: DeskContext, findPlaces: FindPlaces, { state, source }: Approvable): Promise<Result<Placement>> {
  const places = await findPlaces(state.content.sha256, source);
  if (!places.ok) return places;
  const { placement, source: from } = choosePlace(places.value, { of: 'signature', kind: state.kind, image: readImages(context).signature, templates: listTemplates(context).templates });
  return from === 'guess' ? fail('placement.unknown') : ok(placement);
}

function problemOf(error: AppError | null): { code: string; message: string } | null {
  return error === null ? null : { code: error.code, message: describeError(error) };
}
