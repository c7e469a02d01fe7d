import type { Placement } from '../../../../src-shared/contract/signing.ts';
import { choosePlace } from '../../../../src-shared/domain/place.ts';
import { AppFailure, fail, ok, type AppError, type Result } from '../../../../src-shared/result.ts';
import type { StoredBatchItem } from '../../../ports/store.ts';
import type { SigningKey } from '../../../ports/token.ts';
import type { DeskContext } from '../../context.ts';
import { openApprovable, signApproval, storeApproval, type Approvable } from '../approve.ts';
import { readRunCapacity } from '../capacity.ts';
import { checkAccepted } from '../changed-since.ts';
import type { SigningMeans } from '../means.ts';
import type { Reports } from '../../verification/reports.ts';
import { readImages } from '../images.ts';
import type { FindPlaces } from '../places.ts';
import { reportBug } from '../report-bug.ts';
import { listTemplates } from '../templates.ts';

export type SignItem = (batch: string, item: StoredBatchItem, key: SigningKey) => Promise<Result<unknown>>;

/** Opens, draws, signs and stores one document of a run: all of it, or nothing. Never throws. */
export function createItemSigner(context: DeskContext, base: SigningMeans['base'], reports: Reports, findPlaces: FindPlaces): SignItem {
  const signItem: SignItem = async (batch, item, key) => {
    const opened = openApprovable(context, item.document, readRunCapacity(context, batch));
    if (!opened.ok) return opened;
    if (opened.value.state.content.sha256 !== item.content) return fail('workflow.changed-meanwhile');
    const place = item.placement === null ? await findPlace(context, findPlaces, opened.value) : ok(item.placement);
    if (!place.ok) return place;
    // what changed after an earlier signature is shown to nobody here, so it is accepted by nobody
    const unchanged = await checkAccepted(context, reports, opened.value, null);
    if (!unchanged.ok) return unchanged;
    const signed = await signApproval(context, base, opened.value, place.value, key);
    return signed.ok ? storeApproval(context, reports, opened.value, signed.value, { batch, quiet: true }) : signed;
  };
  return async (batch, item, key) => {
    try {
      return await signItem(batch, item, key);
    } catch (error) {
      return { ok: false, error: errorOf(context, error) };
    }
  };
}

/** What would go wrong with every other document too: the run stops there. */
export function stopsRun({ code }: AppError): boolean {
  return code.startsWith('token.') || code.startsWith('certificate.') || code === 'store.full';
}

/** Nobody looks at it here: a mere guess is not signed. Error: `placement.unknown`. */
async function findPlace(context: DeskContext, findPlaces: FindPlaces, { state, source }: Approvable): Promise<Result<Placement>> {
  const places = await findPlaces(state.content.sha256, source);
  if (!places.ok) return places;
  const { placement, source: from } = choosePlace(places.value, { of: 'signature', kind: state.kind, image: readImages(context).signature, templates: listTemplates(context).templates });
  return from === 'guess' ? fail('placement.unknown') : ok(placement);
}

function errorOf(context: DeskContext, error: unknown): AppError {
  if (error instanceof AppFailure) return error.error;
  return { code: 'bug', params: { ref: reportBug(context, 'batch', error) } };
}
