import { Readable } from 'node:stream';
import { uuidv7 } from '../../../src-main/backend/uuid.ts';
import type { ProfileStore } from '../../../src-main/ports/store.ts';
import { practiceUnits } from '../../../src-main/practice/cast.ts';
import { documentId, type DocumentId } from '../../../src-shared/domain/ids.ts';

/** A letter that came from an office elsewhere, put into a desk's store while nobody sits at it; the province knows nothing of it. */
export async function arrive(store: ProfileStore, title: string, bytes: Uint8Array): Promise<DocumentId> {
  const id = documentId.parse(uuidv7());
  const stored = await store.blobs.put(Readable.from([bytes]));
  if (!stored.ok) throw new Error(stored.error.code);
  store.desk.applyChanges([{
    document: id, from: 0,
    events: [{
      type: 'arrived', at: new Date().toISOString(), by: null, command: null, unit: practiceUnits.commune, from: practiceUnits.department, origin: documentId.parse(uuidv7()), title, kind: 'cong-van', number: 15,
      notation: 'SKHCN', issuedDate: '2026-11-20', urgency: 'normal', content: { ...stored.value, fileName: 'cong-van.pdf', parent: null }, signer: 'Võ Văn Bình', inReplyTo: null,
    }],
  }], store.desk.cursor() ?? '');
  store.close();
  return id;
}
