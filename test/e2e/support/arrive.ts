import { join } from 'node:path';
import { Readable } from 'node:stream';
import { uuidv7 } from '../../../src-main/backend/uuid.ts';
import type { ProfileStore } from '../../../src-main/ports/store.ts';
import { practiceUnits } from '../../../src-main/practice/cast.ts';
import { openContentFolder } from '../../../src-server/storage/content/folder.ts';
import { openSqlite } from '../../../src-server/storage/sqlite/storage.ts';
import { documentEvent } from '../../../src-shared/domain/document.ts';
import { documentId, type DocumentId } from '../../../src-shared/domain/ids.ts';

/** A letter that came from an office elsewhere, put into the province's store and into a desk's while neither runs: what the province does not know, no desk keeps. */
export async function arrive(store: ProfileStore, serverDir: string, title: string, bytes: Uint8Array): Promise<DocumentId> {
  const id = documentId.parse(uuidv7());
  const stored = await store.blobs.put(Readable.from([bytes]));
  if (!stored.ok) throw new Error(stored.error.code);
  const event = documentEvent.parse({
    type: 'arrived', at: new Date().toISOString(), by: null, command: null, unit: practiceUnits.commune, from: practiceUnits.department, origin: uuidv7(), title, kind: 'cong-van', number: 15,
    notation: 'SKHCN', issuedDate: '2026-11-20', urgency: 'normal', content: { ...stored.value, fileName: 'cong-van.pdf', parent: null }, signer: 'Võ Văn Bình', inReplyTo: null,
  });
  const content = openContentFolder(serverDir);
  await content.receive(id, 0, bytes.length, Readable.from([bytes]), () => undefined);
  if (!(await content.finish(id, stored.value.sha256, null))) throw new Error('the content has another hash');
  const server = openSqlite({ file: join(serverDir, 'server.db') });
  await server.transaction(async (tx) => {
    await tx.documents.append(practiceUnits.commune.code, id, [event]);
    await tx.documents.touch([{ unit: practiceUnits.commune.code, id }]);
  });
  await server.close();
  // here at once: the line may be cut before it has been asked
  store.desk.applyChanges([{ document: id, from: 0, events: [event] }], store.desk.cursor() ?? '');
  store.close();
  return id;
}
