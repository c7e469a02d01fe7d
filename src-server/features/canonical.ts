import { createHash } from 'node:crypto';
import { documentId, type DocumentId, type OrganizationCode } from '../../src-shared/domain/ids.ts';
import { canonicalJson } from '../../src-shared/protocol/digest.ts';

/** SHA-256 of a JSON value with its keys in order: the same command again has the same print, whatever wrote it down. */
export function fingerprint(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value)).digest('hex');
}

/**
 * The id of the document that `origin` becomes at a recipient: the same for every try, so that sending twice arrives once.
 * RFC 9562 5.8: a UUIDv8 of our own making.
 */
export function arrivalId(origin: DocumentId, recipient: OrganizationCode): DocumentId {
  const bytes = createHash('sha256').update(`arrival\n${origin}\n${recipient}`).digest().subarray(0, 16);
  return documentId.parse(uuidOf(bytes, 8));
}

/** An id of ours, of 16 bytes of chance. */
export function randomUuid(randomBytes: (size: number) => Uint8Array): string {
  return uuidOf(Buffer.from(randomBytes(16)), 4);
}

/** RFC 9562 5.8: a UUIDv8 out of 16 bytes of our own. */
export function shapedUuid(bytes: Buffer): string {
  return uuidOf(bytes, 8);
}

function uuidOf(bytes: Buffer, version: 4 | 8): string {
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | (version << 4);
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
