import { appendUtf8 } from '../protocol/utf8.ts';

/** What an XML reader tells, in the document's order. Text and attributes as XML 1.0 2.11 and 3.3.3 leave them. */
export type XmlAttribute = { readonly name: string; readonly prefix: string; readonly local: string; readonly uri: string; readonly value: string };
export type XmlEvent =
  | { readonly at: 'open'; readonly name: string; readonly prefix: string; readonly local: string; readonly uri: string; readonly attributes: readonly XmlAttribute[] }
  | { readonly at: 'close'; readonly name: string }
  | { readonly at: 'text'; readonly text: string }
  /** Text of plain ASCII without markup, whose line ends are already single: contents of attachments. */
  | { readonly at: 'data'; readonly bytes: Uint8Array }
  | { readonly at: 'instruction'; readonly target: string; readonly body: string }
  | { readonly at: 'comment'; readonly text: string };

export type CanonicalForm = {
  readonly exclusive: boolean;
  readonly comments: boolean;
  /** Of exclusive form: prefixes that are written as inclusive form writes them; `''` is the default one. */
  readonly inclusivePrefixes: readonly string[];
};

/** What surrounds the element at which a canonical form begins, when that is not the document (Canonical XML 2.4). */
export type XmlContext = { readonly namespaces: ReadonlyMap<string, string>; readonly xmlAttributes: readonly XmlAttribute[] };
export const documentContext: XmlContext = { namespaces: new Map(), xmlAttributes: [] };

const xmlnsUri = 'http://www.w3.org/2000/xmlns/';
const xmlUri = 'http://www.w3.org/XML/1998/namespace';

/**
 * Canonical XML 1.0 (W3C, 15 March 2001), or Exclusive XML Canonicalization 1.0 (18 July 2002), of one event after the other: `write` gets UTF-8.
 * Of a part (`context` given) the first event is its element's.
 */
export function createCanonicalWriter(form: CanonicalForm, context: XmlContext, write: (bytes: Uint8Array) => void): (event: XmlEvent) => void {
  // what is in scope, and what an ancestor in the output has written: one map an open element
  const scopes: ReadonlyMap<string, string>[] = [context.namespaces];
  const writtenNames: ReadonlyMap<string, string>[] = [new Map()];
  let depth = 0;
  let rootDone = false;
  const part = context !== documentContext;

  return (event) => {
    if (event.at === 'open') open(event);
    else if (event.at === 'close') close(event.name);
    else if (event.at === 'text') {
      if (depth > 0) put(escapeText(event.text));
    } else if (event.at === 'data') write(event.bytes);
    else if (event.at === 'instruction') put(outside(`<?${event.target}${event.body === '' ? '' : ` ${event.body.replaceAll('\r', '&#xD;')}`}?>`));
    else if (form.comments) put(outside(`<!--${event.text.replaceAll('\r', '&#xD;')}-->`));
  };

  function put(text: string): void {
    const bytes: number[] = [];
    appendUtf8(bytes, text);
    write(Uint8Array.from(bytes));
  }

  /** Canonical XML 2.3: what stands beside the root is parted from it by line ends. */
  function outside(text: string): string {
    return depth > 0 || part ? text : rootDone ? `\n${text}` : `${text}\n`;
  }

  function open(event: Extract<XmlEvent, { at: 'open' }>): void {
    const apex = part && depth === 0;
    const declared = event.attributes.filter(isDeclaration);
    const scope = new Map(scopes.at(-1));
    for (const each of declared) scope.set(declaredPrefix(each), each.value);
    const before = writtenNames.at(-1)!;
    const written = new Map(before);
    const plain = event.attributes.filter((each) => !isDeclaration(each));

    const used = new Set([event.prefix, ...plain.flatMap(({ prefix }) => (prefix === '' ? [] : [prefix]))]);
    const wanted = form.exclusive ? [...used, ...form.inclusivePrefixes.filter((prefix) => !used.has(prefix) && scope.has(prefix))] : [...scope.keys()];
    const names = wanted
      .filter((prefix) => prefix !== 'xml')
      .map((prefix) => ({ prefix, uri: scope.get(prefix) ?? '' }))
      .filter(({ prefix, uri }) => (before.get(prefix) ?? '') !== uri)
      .toSorted((a, b) => compareCodePoints(a.prefix, b.prefix));
    for (const { prefix, uri } of names) written.set(prefix, uri);

    const lent = apex && !form.exclusive ? context.xmlAttributes.filter(({ local }) => !plain.some((own) => isXmlAttribute(own) && own.local === local)) : [];
    const attributes = [...plain, ...lent].toSorted((a, b) => compareCodePoints(a.uri, b.uri) || compareCodePoints(a.local, b.local));
    put(
      `<${event.name}${names.map(({ prefix, uri }) => ` xmlns${prefix === '' ? '' : `:${prefix}`}="${escapeAttribute(uri)}"`).join('')}${attributes.map(({ name, value }) => ` ${name}="${escapeAttribute(value)}"`).join('')}>`,
    );
    scopes.push(scope);
    writtenNames.push(written);
    depth += 1;
  }

  function close(name: string): void {
    put(`</${name}>`);
    scopes.pop();
    writtenNames.pop();
    depth -= 1;
    if (depth === 0) rootDone = true;
  }
}

/** Of `xmlns="…"` the empty one. */
export function declaredPrefix({ name }: XmlAttribute): string {
  return name === 'xmlns' ? '' : name.slice('xmlns:'.length);
}

export function isDeclaration({ uri }: XmlAttribute): boolean {
  return uri === xmlnsUri;
}

export function isXmlAttribute({ uri }: XmlAttribute): boolean {
  return uri === xmlUri;
}

const textEscapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#xD;' };
const attributeEscapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '"': '&quot;', '\t': '&#x9;', '\n': '&#xA;', '\r': '&#xD;' };

export function escapeText(text: string): string {
  return text.replaceAll(/[&<>\r]/g, (each) => textEscapes[each]!);
}

export function escapeAttribute(text: string): string {
  return text.replaceAll(/[&<"\t\n\r]/g, (each) => attributeEscapes[each]!);
}

/** JavaScript compares halves of characters; the standard compares characters. */
function compareCodePoints(a: string, b: string): number {
  const [left, right] = [Array.from(a), Array.from(b)];
  for (let at = 0; at < Math.min(left.length, right.length); at += 1) {
    const difference = left[at]!.codePointAt(0)! - right[at]!.codePointAt(0)!;
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}
