import { deflateRawSync } from 'node:zlib';
import { below, pick, type Random } from './random-xml.ts';
import { makeZip } from './zip.ts';

/** `mustRefuse`: whatever else is right about it. */
export type Mutated = { readonly name: string; readonly bytes: Buffer; readonly mustRefuse: boolean };

const doctypes = ['<!DOCTYPE edXML>', '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>', '<!DOCTYPE x SYSTEM "file:///etc/passwd">', '<!DOCTYPE x [<!ENTITY % p SYSTEM "http://127.0.0.1:1/x.dtd">%p;]>'];
const wrong = ['', ' ', '0', '-1', '99999999999999999999', '2026/13/45', 'ư'.repeat(600), '\u{0}', '<', '&', ']]>', '<![CDATA[', '<!--', '&#0;', '&#xFFFF;', '\u{202e}', '../../x', '1'.repeat(70_000)];

type Way = readonly [name: string, mutate: (text: string, random: Random) => string | Buffer];

const structural: readonly Way[] = [
  ['an element left out', (text, random) => onElement(text, random, () => '')],
  ['an element twice', (text, random) => onElement(text, random, (found) => found + found)],
  ['an element a hundred times', (text, random) => onElement(text, random, (found) => (found.length < 2000 ? found.repeat(100) : found))],
  ['an element renamed', (text, random) => onElement(text, random, (found) => found.replaceAll(/(<\/?)(edXML:)?([A-Za-z]+)/g, '$1$2X$3'))],
  ['an element in another place', (text, random) => {
    let moved = '';
    const without = onElement(text, random, (found) => ((moved = found), ''));
    const at = pick(random, places(without));
    return without.slice(0, at) + moved + without.slice(at);
  }],
  ['an element inside itself', (text, random) => onElement(text, random, (found) => found.replace('>', `>${found}`))],
  ['a start tag lost', (text, random) => cutTag(text, random, /<[A-Za-z][^>]*>/g)],
  ['an end tag lost', (text, random) => cutTag(text, random, /<\/[^>]*>/g)],
  ['another text', (text, random) => onText(text, random, () => pick(random, wrong))],
  ['a text with a tail', (text, random) => onText(text, random, (found) => found + pick(random, wrong))],
  ['a prefix undeclared', (text, random) => text.replace(/ xmlns(:edXML)?="[^"]*"/, () => (random() < 0.5 ? '' : ' xmlns:a=""'))],
  ['an attribute more', (text, random) => onElement(text, random, (found) => found.replace('>', ` ${pick(random, ['x="1"', 'x="1" x="2"', 'xml:id="a"', 'xmlns="urn:x"', 'a:b="c"', `x="${'y'.repeat(5000)}"`])}>`))],
  ['Base64 of something else', (text, random) => onContent(text, random, (zip) => pick(random, [Buffer.alloc(0), zip.subarray(0, below(random, zip.length)), Buffer.concat([zip, zip]), deflateRawSync(zip), makeZip([{ name: 'a/b', bytes: Buffer.alloc(below(random, 1 << 20)) }])]))],
  ['bytes of the ZIP', (text, random) => onContent(text, random, (zip) => flip(zip, random, 1 + below(random, 6)))],
  ['a number in the ZIP', (text, random) => onContent(text, random, (zip) => {
    const changed = Buffer.from(zip);
    const at = zip.length - 70 + below(random, 66);
    changed.writeUInt32LE(pick(random, [0, 1, 0xffffffff, 0x7fffffff, zip.length]), Math.max(0, at));
    return changed;
  })],
  ['letters of the Base64', (text, random) => text.replace(/(ContentTransferEncoded>)([^<]+)/, (_, tag: string, content: string) => tag + flipText(content, random))],
];

const bytewise: readonly Way[] = [
  ['bits turned', (text, random) => flip(Buffer.from(text), random, 1 + below(random, 10))],
  ['cut short', (text, random) => Buffer.from(text).subarray(0, below(random, text.length))],
  ['bytes put in', (text, random) => {
    const bytes = Buffer.from(text);
    const at = below(random, bytes.length);
    return Buffer.concat([bytes.subarray(0, at), Buffer.from(Array.from({ length: 1 + below(random, 20) }, () => below(random, 256))), bytes.subarray(at)]);
  }],
  ['a piece left out', (text, random) => {
    const at = below(random, text.length);
    return text.slice(0, at) + text.slice(at + 1 + below(random, 200));
  }],
  ['a piece again', (text, random) => {
    const at = below(random, text.length);
    return text.slice(0, at + below(random, 500)) + text.slice(at);
  }],
];

/** One package made wrong in one way or two. */
export function mutate(bases: readonly string[], random: Random): Mutated {
  const base = pick(random, bases);
  const kind = random();
  if (kind < 0.12) {
    const at = pick(random, [0, base.indexOf('<edXML '), base.indexOf('<edXML:From>')]);
    return { name: 'a DOCTYPE', bytes: Buffer.from(base.slice(0, at) + pick(random, doctypes) + base.slice(at)), mustRefuse: true };
  }
  if (kind < 0.2) return { name: 'an entity', bytes: Buffer.from(onText(base, random, () => pick(random, ['&a;', '&xxe;', '&nbsp;', '&lt', '&#xZ;', '&#1114112;']))), mustRefuse: true };
  const [name, change] = pick(random, kind < 0.75 ? structural : bytewise);
  let changed = change(base, random);
  if (random() < 0.3 && typeof changed === 'string' && changed.length > 100) changed = pick(random, structural)[1](changed, random);
  return { name, bytes: Buffer.from(changed), mustRefuse: false };
}

function elementsOf(text: string): readonly RegExpMatchArray[] {
  return [...text.matchAll(/<((?:edXML:)?[A-Za-z0-9]+)(?: [^>]*)?>/g)];
}

function onElement(text: string, random: Random, change: (found: string) => string): string {
  const all = elementsOf(text);
  if (all.length === 0) return text;
  const found = pick(random, all);
  const close = `</${found[1] ?? ''}>`;
  const end = text.indexOf(close, found.index);
  if (end < 0) return text;
  return text.slice(0, found.index) + change(text.slice(found.index, end + close.length)) + text.slice(end + close.length);
}

function onText(text: string, random: Random, change: (found: string) => string): string {
  const found = pick(random, [...text.matchAll(/>([^<]{1,200})<\//g)]);
  if (found === undefined) return text;
  return `${text.slice(0, found.index + 1)}${change(found[1] ?? '')}${text.slice(found.index + 1 + (found[1]?.length ?? 0))}`;
}

function cutTag(text: string, random: Random, tags: RegExp): string {
  const found = pick(random, [...text.matchAll(tags)]);
  return found === undefined ? text : text.slice(0, found.index) + text.slice(found.index + found[0].length);
}

function places(text: string): readonly number[] {
  return [...text.matchAll(/></g)].map(({ index }) => index + 1).concat(0);
}

function onContent(text: string, random: Random, change: (zip: Buffer) => Uint8Array): string {
  const all = [...text.matchAll(/(ContentTransferEncoded>)([^<]+)/g)];
  if (all.length === 0) return text;
  const found = pick(random, all);
  const [whole, tag = '', content = ''] = found;
  return text.slice(0, found.index) + tag + Buffer.from(change(Buffer.from(content, 'base64'))).toString('base64') + text.slice(found.index + whole.length);
}

function flip(bytes: Buffer, random: Random, times: number): Buffer {
  const changed = Buffer.from(bytes);
  for (let time = 0; time < times; time += 1) {
    const at = below(random, changed.length);
    changed[at] = (changed[at] ?? 0) ^ (1 << below(random, 8));
  }
  return changed;
}

function flipText(text: string, random: Random): string {
  const at = below(random, text.length);
  return text.slice(0, at) + pick(random, ['=', '*', '\n', 'A', '&#13;', '-', '\u{e0}', '']) + text.slice(at + 1);
}
