/** mulberry32: the same numbers for the same seed, on every machine. */
export type Random = () => number;

export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let value = Math.imul(state ^ (state >>> 15), state | 1);
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
    return ((value ^ (value >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export function below(random: Random, end: number): number {
  return Math.floor(random() * end);
}

export function pick<Item>(random: Random, items: readonly Item[]): Item {
  return items[below(random, items.length)]!;
}

const names = ['a', 'b', 'Subject', 'tên', 'x-y', '_z'];
const uris = ['urn:one', 'urn:two', 'urn:one:longer', 'http://www.w3.org/2000/09/xmldsig#', 'http://vi.du/%C4%91'];
const texts = ['Văn bản', ' ', '\n', '\r\n', '\r', '\t', '&#13;', '&#10;', '&#9;', '&lt;', '&amp;', '&gt;', '>', '"', "'", '\u{1f4dc}', 'e\u0301', '&#x1F600;', '\u{85}', '\u{2028}', ']]'];
const attributeTexts = [...texts, '&quot;', '&apos;'].filter((each) => each !== '"');

/** A well-formed document with namespaces, without a DOCTYPE. */
export function randomXml(random: Random): string {
  const around = (): string => (random() < 0.3 ? pick(random, ['<!-- bên ngoài -->', '<?pi dữ liệu?>', '<?pi?>', '\n', ' ']) : '');
  return `${random() < 0.5 ? '<?xml version="1.0" encoding="UTF-8"?>\r\n' : ''}${around()}${around()}${element(random, new Map(), 0)}${around()}${around()}`;
}

function element(random: Random, outer: ReadonlyMap<string, string>, depth: number): string {
  const scope = new Map(outer);
  const declared: string[] = [];
  for (const prefix of ['', 'p', 'q', 'edXML'])
    if (random() < 0.3) {
      const uri = prefix === '' && random() < 0.4 ? '' : pick(random, uris);
      scope.set(prefix, uri);
      declared.push(`xmlns${prefix === '' ? '' : `:${prefix}`}="${uri}"`);
    }
  const prefixes = [...scope.keys()].filter((prefix) => prefix !== '');
  const named = (name: string): string => (prefixes.length > 0 && random() < 0.5 ? `${pick(random, prefixes)}:${name}` : name);
  const attributes = new Map<string, string>();
  for (let count = below(random, 4); count > 0; count -= 1) {
    const name = random() < 0.15 ? 'xml:lang' : named(pick(random, names));
    const [prefix, local] = name.includes(':') ? (name.split(':') as [string, string]) : ['', name];
    // two prefixes of one namespace must not name one attribute
    attributes.set(`{${prefix === '' ? '' : (scope.get(prefix) ?? prefix)}}${local}`, `${name}="${run(random, attributeTexts)}"`);
  }
  const all = [...declared, ...attributes.values()].toSorted(() => random() - 0.5);
  const name = named(pick(random, names));
  const head = `${name}${all.map((each) => `${pick(random, [' ', '\n', '  '])}${each}`).join('')}`;
  if (random() < 0.15) return `<${head}/>`;
  let content = '';
  for (let count = below(random, depth > 4 ? 2 : 6); count > 0; count -= 1) {
    const kind = random();
    if (kind < 0.4) content += element(random, scope, depth + 1);
    else if (kind < 0.8) content += run(random, texts);
    else if (kind < 0.87) content += `<![CDATA[${pick(random, ['<a>&amp;', ']] >', '\r\n', ''])}]]>`;
    else if (kind < 0.94) content += '<!-- ghi\r\nchú -->';
    else content += pick(random, ['<?pi?>', '<?pi  một  hai ?>']);
  }
  return `<${head}>${content}</${name}${random() < 0.2 ? ' ' : ''}>`;
}

function run(random: Random, parts: readonly string[]): string {
  const found = Array.from({ length: below(random, 5) }, () => pick(random, parts)).join('');
  return found.replaceAll(/\]\](?=>)/g, '] ]');
}
