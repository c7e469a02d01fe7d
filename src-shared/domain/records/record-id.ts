import type { DocumentId, OrganizationCode } from '../ids.ts';

/** What there is one of in a unit: `office`, `catalogue/2026`. */
export type RecordName = 'office' | `catalogue/${number}`;

/**
 * The id under which every station of the unit finds the record without asking, so that two of them that begin it at once begin the same one. A UUID of version 8
 * (RFC 9562 5.8) from FNV-1a with 128 bits: it keeps no secret, and only has to differ within a unit.
 */
export function recordId(unit: OrganizationCode, name: RecordName): DocumentId {
  let hash = 0x6c62272e07bb014262b821756295c58dn;
  for (const char of `van-thu/${unit}/${name}`) {
    hash ^= BigInt(char.codePointAt(0) ?? 0);
    hash = (hash * 0x0000000001000000000000000000013bn) & 0xffffffffffffffffffffffffffffffffn;
  }
  const hex = hash.toString(16).padStart(32, '0');
  const variant = ((Number.parseInt(hex[16] ?? '0', 16) & 0x3) | 0x8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}` as DocumentId;
}
