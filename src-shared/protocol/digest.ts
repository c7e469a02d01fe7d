/**
 * Anti-entropy: one value for all documents of a unit, equal where client and server hold the same (sync.md I5).
 * `chain` of a document: SHA-256 (hex) over the chain before it (64 zeros at first) and the canonical JSON of its next event, event by event.
 * The digest: XOR over all documents of the first 16 bytes of SHA-256 of `<document>\n<count of events>\n<chain>`, hex; 32 zeros for none. XOR, so that one document's change moves it without the others.
 */
export const emptyDigest = '0'.repeat(32);
export const emptyChain = '0'.repeat(64);

/** JSON with the keys of every object in the order of their UTF-16 code units and nothing between the tokens (RFC 8785 for the values that events hold). */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(sorted(value));
}

/** The bytes to be hashed for the next link. */
export function chainInput(chain: string, event: unknown): string {
  return `${chain}\n${canonicalJson(event)}`;
}

export function digestInput(document: string, count: number, chain: string): string {
  return `${document}\n${count}\n${chain}`;
}

/** Both 32 hex digits. Its own inverse: a document is put in and taken out alike. */
export function xorDigest(a: string, b: string): string {
  let out = '';
  for (let at = 0; at < 32; at += 8) out += ((Number.parseInt(a.slice(at, at + 8), 16) ^ Number.parseInt(b.slice(at, at + 8), 16)) >>> 0).toString(16).padStart(8, '0');
  return out;
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== undefined).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, inner]) => [key, sorted(inner)]));
}
