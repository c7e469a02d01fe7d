import type { Relation, Stage } from '../../src-shared/domain/document.ts';
import type { DocumentId, OrganizationCode } from '../../src-shared/domain/ids.ts';
import type { DocumentTable } from '../storage/port.ts';
import { arrivalId } from './canonical.ts';
import { findArrival, isGone, readDocument, type Touched } from './delivery-documents.ts';

/** What is out and in force, at either end. A draft has nothing to be put right in; what was refused, given back or made void stays that. */
const supersedable: readonly Stage[] = ['issued', 'sent', 'arrived', 'registered', 'presented', 'assigned', 'finished', 'recalled', 'replaced'];

/** What the receiver calls the older document: its own id of it, where it has one. */
export async function theirRelation(documents: DocumentTable, sender: OrganizationCode, { type, document }: Relation, receiver: OrganizationCode): Promise<Relation | null> {
  const id = arrivalId(document, receiver);
  const arrived = await findArrival(documents, receiver, id);
  return arrived !== null && arrived.from.code === sender && arrived.origin === document && !(await isGone(documents, receiver, id)) ? { type, document: id } : null;
}

/** NĐ 30/2020 Art 18.3: the older document of this unit is told, once, what has come in its place (`replaces`) or puts it right (`corrects`). */
export async function supersede(documents: DocumentTable, unit: OrganizationCode, { type, document }: Relation, by: DocumentId, at: string): Promise<readonly Touched[]> {
  if (await isGone(documents, unit, document)) return [];
  const older = await readDocument(documents, unit, document);
  if (older === null || !supersedable.includes(older.stage) || older.supersededBy.some((one) => one.by === by)) return [];
  await documents.append(unit, document, [{ type: 'superseded', at, by: null, command: null, relation: type, successor: by }]);
  return [{ unit, id: document }];
}
