/**
 * Anti-entropy: one value for all documents of a unit, equal where client and server hold the same (sync.md I5).
 * `chain` of a document: SHA-256 (hex) over the chain before it (64 zeros at first) and the canonical JSON of its next event, event by event.
 * The digest: XOR over all documents of the first 16 bytes of SHA-256 of `<document>\n<count of events>\n<chain>`, hex; 32 zeros for none. XOR, so that one document's change moves it without the others.
 */
export const emptyDigest = '0'.repeat(32);
export const emptyChain = '0'.repeat(64);

/** JSON with the keys of every object in the order of their UTF-16 code units and nothing between the tokens (RFC 8785 for the values that events hold). */
export function canonicalJson(value: unknown): string {
  return written(value) ?? 'null';
}

/** The bytes to be hashed for the next link. */
export function chainInput(chain: string, event: unknown): string {
  return chainInputOf(chain, canonicalJson(event));
}

/** The same where the canonical JSON is at hand. */
export function chainInputOf(chain: string, canonical: string): string {
  return `${chain}\n${canonical}`;
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

/** Written at once, without a sorted copy: a desk that is filled writes a million events. Undefined for what JSON has no word for. */
function written(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  let out = '';
  if (Array.isArray(value)) {
    for (const inner of value) out += `${out === '' ? '' : ','}${written(inner) ?? 'null'}`;
    return `[${out}]`;
  }
  // the order of a sort without a comparison is that of UTF-16 code units
  for (const key of Object.keys(value).sort()) {
    const inner = written((value as Readonly<Record<string, unknown>>)[key]);
    if (inner !== undefined) out += `${out === '' ? '' : ','}${JSON.stringify(key)}:${inner}`;
  }
  return `{${out}}`;
}
