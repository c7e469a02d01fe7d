import { documentKinds, documentEvent, type ContentRef, type DocumentEvent, type DocumentKind, type Urgency } from '../../src-shared/domain/document.ts';
import { fold } from '../../src-shared/domain/fold.ts';
import type { DocumentId, OrganizationCode, Sha256 } from '../../src-shared/domain/ids.ts';
import type { Organization } from '../../src-shared/domain/organization.ts';
import type { Priority } from '../../src-shared/edxml/codes.ts';
import { extensionOf } from './attachment-name.ts';
import type { IncomingDocument, IncomingFile } from './exchange-types.ts';
import { packageSignatureOf } from './package-signing.ts';

const urgencies = { '0': 'normal', '1': 'urgent', '2': 'very-urgent', '3': 'express', '4': 'express' } as const satisfies Record<Priority, Urgency>;
const kinds = new Map(Object.entries(documentKinds).map(([kind, { name }]) => [fold(name), kind as DocumentKind]));

export function urgencyOf(priority: Priority): Urgency {
  return urgencies[priority];
}

/** By its name alone: numbers of types are not the same from one sender to the next (domain §2.3). A name that Appendix III does not have is a công văn until the clerk says otherwise. */
export function kindOf(name: string): DocumentKind {
  return kinds.get(fold(name.trim())) ?? 'cong-van';
}

/** The birth of a document that came over the axis; null: it does not fit into one (too many files). */
export function receivedEvent(unit: Organization, document: IncomingDocument, sender: OrganizationCode | null, inReplyTo: DocumentId | null, at: string): DocumentEvent | null {
  const files = document.files.map(contentOf);
  const main = files.find(({ fileName }) => extensionOf(fileName)?.toLowerCase() === 'pdf') ?? files[0];
  if (main === undefined) return null;
  const others = files.filter((file) => file !== main);
  const event = documentEvent.safeParse({
    type: 'received', at, by: null, command: null, unit,
    title: document.title, kind: kindOf(document.kindName), numberText: document.number, notation: document.notation, issuedDate: document.issuedOn,
    from: { code: sender, name: document.from.name }, urgency: urgencyOf(document.urgency), content: main, ...(others.length === 0 ? {} : { attachments: others }),
    signer: document.signer?.fullName ?? '', channel: 'axis', inReplyTo, packageSignature: packageSignatureOf(document.signature),
  });
  return event.success ? event.data : null;
}

/** The sender's own name of the file travels as its description, where that is a file's name at all. */
function contentOf({ sha256, name, sizeBytes, description }: IncomingFile): ContentRef {
  const own = description !== null && extensionOf(description)?.toLowerCase() === extensionOf(name)?.toLowerCase() ? description : name;
  const plain = own.replaceAll(/[\p{Cc}/\\:*?"<>|]/gu, '_');
  const extension = extensionOf(plain);
  const tail = extension === null ? '' : `.${extension}`;
  const fileName = plain.length <= 255 ? plain : `${plain.slice(0, 255 - tail.length).replace(/[\uD800-\uDBFF]$/u, '')}${tail}`;
  return { sha256: sha256 as Sha256, sizeBytes, fileName, parent: null };
}
