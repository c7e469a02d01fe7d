import type { BrokenPackageReason } from '../domain/package-signature.ts';
import { joinBytes } from './base64.ts';
import { createCanonicalWriter, declaredPrefix, documentContext, isDeclaration, isXmlAttribute, type CanonicalForm, type XmlAttribute, type XmlContext, type XmlEvent } from './canonical.ts';
import { edxmlNamespace, signatureNamespace } from './codes.ts';
import { hashNames, type Digests, type HashName, type SignatureAlgorithm } from './signature-algorithms.ts';
import { readSignatureParts, type SignatureParts } from './signature-parts.ts';

export type BrokenReason = BrokenPackageReason;

/** `intact` speaks of the bytes alone: whether the certificate is believed, its reader says. `legacy`: SHA-1 had a part in it. */
export type SignatureResult =
  | { readonly state: 'none' }
  | { readonly state: 'intact'; readonly algorithm: SignatureAlgorithm; readonly digest: HashName; readonly legacy: boolean; readonly certificate: Uint8Array }
  | { readonly state: 'broken'; readonly why: BrokenReason };

/** Bytes of a header with hundreds of receivers. */
const heldMost = 256 << 10;

export type SignatureWatch = {
  readonly on: (event: XmlEvent) => void;
  /** Whether the last event belonged to a signature. */
  readonly inside: () => boolean;
  readonly result: () => Promise<SignatureResult>;
};

type Guess = { readonly form: CanonicalForm; readonly write: (event: XmlEvent) => void; readonly hashes: Map<HashName, ReturnType<Digests['createHash']>>; readonly begin: (names: readonly HashName[]) => void };
type Scope = { readonly namespaces: ReadonlyMap<string, string>; readonly xmlAttributes: readonly XmlAttribute[] };

/**
 * Checks an enveloped signature over the whole document (`URI=""`) while the document goes by. Which canonical form and which digest it wants stands in
 * the signature itself, which comes after a part of what it signs: until then both forms are held, past `heldMost` digested every way, and afterwards only the one.
 */
export function createSignatureWatch(digests: Digests): SignatureWatch {
  const scopes: Scope[] = [{ namespaces: new Map(), xmlAttributes: [] }];
  let guesses: Guess[] = [false, true].map(createGuess);
  let recorded: { readonly events: XmlEvent[]; readonly context: Scope } | undefined;
  let depth = 0;
  let signatureDepth = 0;
  let several = false;
  let foreign = false;
  let tooLate = false;
  let parts: ReturnType<typeof readSignatureParts> | undefined;
  let last = false;

  return {
    inside: () => last,
    on(event) {
      if (event.at === 'open') open(event);
      last = signatureDepth > 0;
      if (signatureDepth > 0) recorded?.events.push(event);
      else for (const guess of guesses) guess.write(event);
      if (event.at === 'close') close(event.name);
    },
    async result() {
      if (several) return broken('several');
      if (recorded === undefined) return foreign ? broken('namespace') : { state: 'none' };
      if (tooLate) return broken('place');
      if (parts === undefined || parts === 'malformed') return broken('malformed');
      if (parts === 'unsupported') return broken('unsupported');
      return check(parts, recorded.events, recorded.context);
    },
  };

  function createGuess(exclusive: boolean): Guess {
    const hashes: Guess['hashes'] = new Map();
    const held: Uint8Array[] = [];
    let heldBytes = 0;
    const form: CanonicalForm = { exclusive, comments: false, inclusivePrefixes: [] };
    const begin = (names: readonly HashName[]): void => {
      for (const name of names) hashes.set(name, digests.createHash(name));
      for (const bytes of held.splice(0)) hashes.forEach((hash) => hash.update(bytes));
    };
    const write = createCanonicalWriter(form, documentContext, (bytes) => {
      if (hashes.size > 0) return hashes.forEach((hash) => hash.update(bytes));
      held.push(bytes);
      heldBytes += bytes.length;
      if (heldBytes > heldMost) begin(hashNames);
    });
    return { form, hashes, begin, write };
  }

  function open(event: Extract<XmlEvent, { at: 'open' }>): void {
    depth += 1;
    if (signatureDepth === 0 && event.local === 'Signature') {
      // the published samples leave out the namespace: there is something, and it is no signature
      if (event.uri === edxmlNamespace) foreign = true;
      if (event.uri === signatureNamespace) {
        if (recorded !== undefined) several = true;
        recorded = { events: [], context: scopes.at(-1)! };
        signatureDepth = depth;
      }
    }
    scopes.push(within(scopes.at(-1)!, event.attributes));
  }

  function close(name: string): void {
    scopes.pop();
    // the format puts a signature into the header: once that has gone by without one, there is nothing to digest hundreds of megabytes for
    if (depth === 3 && recorded === undefined && /^(.*:)?edXMLHeader$/.test(name)) {
      guesses = [];
      tooLate = true;
    }
    if (depth === signatureDepth && recorded !== undefined) {
      signatureDepth = 0;
      parts = readSignatureParts(recorded.events);
      const wanted = typeof parts === 'string' ? undefined : parts.references.find(({ uri }) => uri === '');
      guesses = wanted === undefined || several ? [] : guesses.filter(({ form }) => form.exclusive === wanted.form.exclusive);
      for (const { hashes, begin } of guesses)
        if (wanted !== undefined && hashes.size === 0) begin([wanted.digest]);
        else for (const name of hashNames) if (name !== wanted?.digest) hashes.delete(name);
    }
    depth -= 1;
  }

  async function check(found: SignatureParts, events: readonly XmlEvent[], context: Scope): Promise<SignatureResult> {
    const whole = found.references.filter(({ uri }) => uri === '');
    if (whole.length !== 1 || whole[0]?.enveloped !== true) return broken('coverage');
    const [document] = whole;
    if (document.form.inclusivePrefixes.length > 0) return broken('unsupported');
    const guess = guesses.find(({ hashes }) => hashes.has(document.digest));
    if (!sameBytes(guess?.hashes.get(document.digest)?.bytes(), document.value)) return broken('digest');

    for (const reference of found.references) {
      if (reference === document) continue;
      if (!reference.uri.startsWith('#') || reference.enveloped) return broken('unsupported');
      const bytes = canonicalPart(events, context, reference.form, ({ attributes }) => attributes.some(({ name, value }) => /^(Id|ID|id)$/.test(name) && value === reference.uri.slice(1)));
      if (bytes === undefined) return broken('malformed');
      const hash = digests.createHash(reference.digest);
      hash.update(bytes);
      if (!sameBytes(hash.bytes(), reference.value)) return broken('digest');
    }

    const signed = canonicalPart(events, context, found.form, ({ local, uri }, at) => at === 2 && local === 'SignedInfo' && uri === signatureNamespace);
    if (signed === undefined) return broken('malformed');
    if (found.certificates.length === 0) return broken('certificate');
    for (const certificate of found.certificates)
      if (await digests.verify(found.algorithm, certificate, signed, found.value)) {
        const legacy = found.algorithm.endsWith('-sha1') || found.references.some(({ digest }) => digest === 'sha1');
        return { state: 'intact', algorithm: found.algorithm, digest: document.digest, legacy, certificate };
      }
    return broken('signature');
  }
}

function broken(why: BrokenReason): SignatureResult {
  return { state: 'broken', why };
}

function within(scope: Scope, attributes: readonly XmlAttribute[]): Scope {
  const declared = attributes.filter(isDeclaration);
  const own = attributes.filter(isXmlAttribute);
  return {
    namespaces: declared.length === 0 ? scope.namespaces : new Map([...scope.namespaces, ...declared.map((each) => [declaredPrefix(each), each.value] as const)]),
    xmlAttributes: own.length === 0 ? scope.xmlAttributes : [...scope.xmlAttributes.filter(({ local }) => !own.some((each) => each.local === local)), ...own],
  };
}

/** The one element that `isIt` knows, in canonical form; undefined when there is none, or more than one. `at`: its depth, the first event's is 1. */
function canonicalPart(events: readonly XmlEvent[], outer: Scope, form: CanonicalForm, isIt: (event: Extract<XmlEvent, { at: 'open' }>, at: number) => boolean): Uint8Array | undefined {
  const scopes: XmlContext[] = [outer];
  const pieces: Uint8Array[] = [];
  let write: ((event: XmlEvent) => void) | undefined;
  let end = 0;
  let found = 0;
  for (const event of events) {
    if (event.at === 'open') {
      if (isIt(event, scopes.length)) {
        found += 1;
        if (write === undefined) {
          end = scopes.length;
          write = createCanonicalWriter(form, { ...scopes.at(-1)! }, (bytes) => pieces.push(bytes));
        }
      }
      scopes.push(within(scopes.at(-1)!, event.attributes));
    }
    write?.(event);
    if (event.at === 'close') {
      scopes.pop();
      if (scopes.length === end) write = undefined;
    }
  }
  return found === 1 ? joinBytes(pieces) : undefined;
}

function sameBytes(a: Uint8Array | undefined, b: Uint8Array): boolean {
  return a?.length === b.length && a.every((byte, at) => byte === b[at]);
}
