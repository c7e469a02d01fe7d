import { createHash, randomUUID } from 'node:crypto';
import type { DocumentEvent } from '../../src-shared/domain/document.ts';
import { bookId, commandId, documentId, organizationCode, personId, sha256, type DocumentId, type OrganizationCode } from '../../src-shared/domain/ids.ts';
import { plainEntry, type Person } from '../../src-shared/domain/organization.ts';
import { chainInput, digestInput, emptyChain, emptyDigest, xorDigest } from '../../src-shared/protocol/digest.ts';
import type { Storage, Tx } from '../../src-server/storage/port.ts';

export const commune = organizationCode.parse('H48.60.12');
export const department = organizationCode.parse('H48.05');
export const book = bookId.parse('H48.60.12/2026/cong-van-di');

export const newDocument = (): DocumentId => documentId.parse(randomUUID());
export const newCommand = () => commandId.parse(randomUUID());
export const hashOf = (text: string) => sha256.parse(createHash('sha256').update(text).digest('hex'));

/** An event that names a content. */
export function revised(text: string): DocumentEvent {
  return { type: 'revised', at: '2026-11-22T08:00:00+07:00', by: null, command: null, content: { sha256: hashOf(text), sizeBytes: text.length, fileName: 'văn-bản "1".pdf', parent: null } };
}

/** One that names none; `description` makes it as long as wanted. */
export function reported(description: string): DocumentEvent {
  return { type: 'deliveryReported', at: '2026-11-22T08:00:00+07:00', by: null, command: null, recipient: department, status: '03', description };
}

export function write(storage: Storage, unit: OrganizationCode, id: DocumentId, ...events: DocumentEvent[]): Promise<void> {
  return storage.transaction(async (tx) => {
    await tx.documents.lock(unit, id);
    await tx.documents.append(unit, id, events);
    await tx.documents.touch([{ unit, id }]);
  });
}

export const page = (had = 0, after = had, limit = 100, maxBytes = 1 << 20) => ({ had, after, limit, maxBytes });

/** What the digest must be, made by the page of the protocol and not by the storage. */
export function digestOf(documents: ReadonlyMap<string, readonly DocumentEvent[]>): string {
  let digest = emptyDigest;
  for (const [id, events] of documents) {
    const chain = events.reduce((before, event) => sha(chainInput(before, event)), emptyChain);
    digest = xorDigest(digest, sha(digestInput(id, events.length, chain)).slice(0, 32));
  }
  return digest;
}

export const clerk: Person = { id: personId.parse('xa.vanthu'), fullName: 'Người văn thư', position: 'Công chức', unit: commune, roles: ['clerk'] };

export async function addClerk(tx: Tx, password: string | null = 'x'): Promise<void> {
  await tx.directory.put([plainEntry({ code: commune, name: 'UBND xã Phú Lâm' })]);
  await tx.accounts.putPerson(clerk);
  await tx.accounts.put({ user: 'xa.vanthu', person: clerk.id, unit: commune, role: 'clerk', password, mustChange: false, disabled: false });
}

function sha(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
