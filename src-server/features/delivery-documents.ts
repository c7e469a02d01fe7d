import type { DocumentEvent, DocumentState } from '../../src-shared/domain/document.ts';
import type { DocumentId, OrganizationCode } from '../../src-shared/domain/ids.ts';
import { isRecord, replayLog } from '../../src-shared/domain/log.ts';
import type { DocumentTable } from '../storage/port.ts';

/** A document of one unit that the transaction has changed, or is about to. */
export type Touched = { readonly unit: OrganizationCode; readonly id: DocumentId };
export type Arrived = DocumentEvent & { type: 'arrived' };

/** How the document came from another office of this system; null: it did not. */
export async function findArrival(documents: DocumentTable, unit: OrganizationCode, id: DocumentId): Promise<Arrived | null> {
  const first = (await documents.readEvents(unit, id))[0];
  return first?.type === 'arrived' ? first : null;
}

/** Null: there is none, or it is one of the office's records. */
export async function readDocument(documents: DocumentTable, unit: OrganizationCode, id: DocumentId): Promise<DocumentState | null> {
  const state = replayLog(id, await documents.readEvents(unit, id));
  return state === null || isRecord(state) ? null : state;
}

/** Out of the unit's sight: it takes no more events. */
export async function isGone(documents: DocumentTable, unit: OrganizationCode, id: DocumentId): Promise<boolean> {
  return (await documents.findGone(unit, id)) !== null;
}
