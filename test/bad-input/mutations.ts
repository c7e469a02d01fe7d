import fc from 'fast-check';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { codingName, dictionary, packJson } from '../../src-shared/protocol/packing.ts';
import type { Office, Sent } from './office.ts';

/** One way to spoil a request, already drawn: applying it is without chance. */
export type Mutation = { readonly name: string; readonly apply: (sent: Sent) => Sent };

/** Values in the place of others; the other unit's own names among them. */
function strangeValues({ theirs, ours }: Office): readonly unknown[] {
  return [
    null, true, false, 0, -1, 1.5, 2 ** 53, -(2 ** 53), 1e308, 5e-324, '', ' ', '\u0000', '\ud800', '\u202e', 'é'.normalize('NFD'), 'x'.repeat(70_000), [], {}, [[]], [null], { length: 1e9 },
    '../../etc/passwd', '..\\..\\x', 'constructor', '__proto__', 'toString', '0', '00000000-0000-0000-0000-000000000000', '9999-12-31T23:59:59Z', '2026-02-30', 'H48.05', 'so.vanthu', 'leader', 'administrator',
    theirs.document, theirs.sha256, theirs.upload, theirs.cursor, theirs.book, theirs.command.id, theirs.signer, theirs.packageId, theirs.command.actor, theirs.command, ours.sha256, Array.from({ length: 2000 }, () => 'H48.05'),
  ];
}

/** JSON texts that no value says: written by hand. */
const strangeTexts: readonly string[] = [
  '', ' ', 'null', '[]', '{}', '"', '{', '{"a":', '1e999', '-0', '01', 'NaN', 'undefined', '{"a":1,"a":2}', '\ufeff{}', '{"__proto__":{"admin":true}}', '{"constructor":{"prototype":{"x":1}}}', '[1,]', "{'a':1}",
  '['.repeat(50_000), '['.repeat(4000) + ']'.repeat(4000), '{"a":'.repeat(1000) + '1' + '}'.repeat(1000), `{"commands":${'['.repeat(1500)}${']'.repeat(1500)}}`, `[${'0,'.repeat(1500)}0]`, `{"commands":[${'{},'.repeat(1000)}{}]}`,
];

const strangeHeaders: Readonly<Record<string, readonly string[]>> = {
  authorization: ['', 'Bearer', 'Bearer ', `Bearer ${'A'.repeat(43)}`, `Bearer ${'A'.repeat(100_000)}`, 'Basic eDp5', 'bearer null', `Bearer ${'\u00ff'.repeat(43)}`, 'Bearer __proto__'],
  'content-type': ['', 'text/html', 'application/json; charset=utf-16', 'multipart/form-data; boundary=x', 'application/offset+octet-stream', 'x'.repeat(5000)],
  'content-encoding': ['gzip', 'deflate', 'br', 'BR ', 'br, br', 'zstd', codingName, 'vt1-00000000', 'identity', 'constructor', '__proto__', '', 'x'.repeat(5000)],
  'content-length': ['0', '-1', '1e9', '99999999999999999999', 'NaN', '5, 6', ' 3'],
  'accept-encoding': ['br', codingName, `${codingName}, br;q=0.5`, 'br;q=0', '*', ';;;,,,', 'gzip;q=1e309', 'x'.repeat(5000)],
  range: ['bytes=0-', 'bytes=-1', 'bytes=-0', 'bytes=5-1', 'bytes=99999999999-', 'bytes=0-0,2-3', 'bytes=-', 'bytes=1e3-', 'lines=1-2', 'bytes=0-99999999999999999999999', 'bytes= 0-1'],
  'if-range': ['', '"x"', 'W/"x"', 'Sun, 22 Nov 2026 00:00:00 GMT'],
  'if-none-match': ['*', '""', 'W/"x"', '"a", "b"', 'x'.repeat(5000)],
  'upload-offset': ['', '-1', '1e3', '0x10', '999999999999999999999', '1.5', 'NaN', ' 0', '0,0', '1', '5000'],
  'tus-resumable': ['', '0.2.2', '1.0.0, 1.0.0', '999'],
  host: ['', 'evil.example', 'a'.repeat(300), '[::1', 'x:99999', '\u0000'],
  'x-forwarded-for': ['127.0.0.1', "' OR 1=1 --"],
  'transfer-encoding': ['chunked', 'gzip, chunked'],
  'idempotency-key': ['x'],
  expect: ['100-continue', 'nonsense'],
};

const strangeQueries = ['cursor=', 'cursor=%00', 'cursor=%ff%fe', 'cursor=0.AAAAAAAAAAAAAAAA', 'cursor=zzzzzzzzzzz.AAAAAAAAAAAAAAAA', 'cursor=a&cursor=b', 'limit=0', 'limit=-1', 'limit=1e9', 'limit=NaN', 'limit=1.5', 'limit=', 'limit=99999999999999999999', 'since=-1', 'since=x', 'since=1e308', 'after=%00', "after=' OR 1=1", 'after=\u{1f600}', `after=${'x'.repeat(9000)}`, '__proto__=1', '&&&', '%', '%zz', '?', 'unit=H48.05'];

export function mutations(office: Office): fc.Arbitrary<Mutation> {
  const values = strangeValues(office);
  const value = fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...values) }, { weight: 2, arbitrary: fc.jsonValue({ maxDepth: 3 }) }, { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 200 }) });
  const headerNames = Object.keys(strangeHeaders);
  return fc.oneof(
    { weight: 8, arbitrary: fc.tuple(fc.nat(), fc.constantFrom('replace', 'delete', 'add', 'wrap', 'twice', 'prototype'), value).map(([where, how, other]) => onJson(`${how} at ${where}`, where, how, other)) },
    { weight: 3, arbitrary: fc.tuple(fc.nat(), fc.nat(), value, value).map(([first, second, one, other]) => both(onJson(`replace at ${first}`, first, 'replace', one), onJson(`and at ${second}`, second, 'replace', other))) },
    { weight: 2, arbitrary: fc.constantFrom(...strangeTexts).map((text) => onBytes(`text ${text.slice(0, 20)}`, () => Buffer.from(text))) },
    { weight: 2, arbitrary: fc.uint8Array({ maxLength: 300 }).map((bytes) => onBytes('other bytes', () => bytes)) },
    { weight: 2, arbitrary: fc.tuple(fc.nat(), fc.constantFrom(0xff, 0xc0, 0x00, 0x80, 0x22, 0x5c)).map(([at, byte]) => onBytes(`byte ${byte}`, (bytes) => put(bytes, at, byte))) },
    { weight: 1, arbitrary: fc.nat().map((at) => onBytes('cut', (bytes) => bytes.subarray(0, at % (bytes.length + 1)))) },
    { weight: 2, arbitrary: fc.constantFrom('br', 'gzip', 'deflate', codingName, 'bomb', 'packed bomb', 'broken').map(coded) },
    { weight: 5, arbitrary: fc.constantFrom(...headerNames).chain((name) => fc.constantFrom(...(strangeHeaders[name] ?? [''])).map((text) => onHeader(name, text))) },
    { weight: 1, arbitrary: fc.tuple(fc.constantFrom(...headerNames), fc.string({ maxLength: 100 })).map(([name, text]) => onHeader(name, text)) },
    { weight: 3, arbitrary: fc.constantFrom(...strangeQueries).map((query) => onUrl(`?${query.slice(0, 30)}`, (url) => `${url}${url.includes('?') ? '&' : '?'}${query}`)) },
    { weight: 2, arbitrary: fc.tuple(fc.nat(), fc.constantFrom('..', '%2e%2e%2f', '%00', '%ff', '//', '\\', ';', ':', '%0a', '%0d%0a', '\u00e9', 'A', '0', '-', '/../', '.')).map(([at, piece]) => onUrl(`path ${piece}`, (url) => url.slice(0, 4 + (at % (url.length - 3))) + piece + url.slice(4 + (at % (url.length - 3))))) },
    { weight: 2, arbitrary: fc.constantFrom(office.theirs.document, office.theirs.sha256, office.theirs.upload, office.theirs.packageId, office.theirs.signer, office.theirs.cursor, office.theirs.snapshot.hash, 'H48.05', 'key', 'station').map((name) => onUrl(`their ${name.slice(0, 8)}`, (url) => url.replace(/[^/=]*$/, name))) },
    { weight: 1, arbitrary: fc.constantFrom('TRACE', 'PUT', 'get', 'CONNECT', '', 'HEAD', 'DELETE', 'POST').map((method) => ({ name: `method ${method}`, apply: (sent: Sent) => ({ ...sent, method }) })) },
  );
}

function both(first: Mutation, second: Mutation): Mutation {
  return { name: `${first.name}, ${second.name}`, apply: (sent) => second.apply(first.apply(sent)) };
}

const bytesOf = (sent: Sent): Uint8Array => (sent.body instanceof Uint8Array ? sent.body : new Uint8Array());

function onBytes(name: string, change: (bytes: Uint8Array) => Uint8Array): Mutation {
  return { name, apply: (sent) => ({ ...sent, body: change(bytesOf(sent)) }) };
}

function put(bytes: Uint8Array, at: number, byte: number): Uint8Array {
  const changed = Uint8Array.from(bytes);
  if (changed.length > 0) changed[at % changed.length] = byte;
  return changed;
}

function onHeader(name: string, text: string): Mutation {
  return { name: `${name}: ${text.slice(0, 30)}`, apply: (sent) => ({ ...sent, headers: { ...sent.headers, [name]: text } }) };
}

function onUrl(name: string, change: (url: string) => string): Mutation {
  return { name, apply: (sent) => ({ ...sent, url: change(sent.url) }) };
}

/** The same words in a coding that is named, in one that is not, or far more than they seem. */
function coded(how: string): Mutation {
  const folded: Readonly<Record<string, (bytes: Uint8Array) => readonly [string, Uint8Array]>> = {
    br: (bytes) => ['br', brotliCompressSync(bytes)],
    gzip: (bytes) => ['gzip', gzipSync(bytes)],
    deflate: (bytes) => ['deflate', deflateSync(bytes)],
    [codingName]: (bytes) => [codingName, deflateRawSync(packJson(parsed(bytes) ?? {}), { dictionary })],
    bomb: () => ['br', bomb],
    'packed bomb': () => [codingName, packedBomb],
    broken: (bytes) => [codingName, bytes],
  };
  return {
    name: `coded ${how}`,
    apply: (sent) => {
      const [coding, body] = folded[how]?.(bytesOf(sent)) ?? ['identity', bytesOf(sent)];
      return { ...sent, headers: { ...sent.headers, 'content-encoding': coding }, body };
    },
  };
}

/** 64 MB in a few bytes. */
const bomb = brotliCompressSync(Buffer.alloc(64 << 20, 0x20));
const packedBomb = deflateRawSync(Buffer.alloc(64 << 20, 0x20), { dictionary });

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    return null;
  }
}

/** Changes one place of a JSON body, counted through all of its places; other bodies stay. */
function onJson(name: string, where: number, how: string, other: unknown): Mutation {
  return {
    name,
    apply: (sent) => {
      const value = parsed(bytesOf(sent));
      if (typeof value !== 'object' || value === null) return sent;
      const places = placesOf(value);
      const place = places[where % places.length];
      if (place === undefined) return sent;
      const { holder, key } = place;
      switch (how) {
        case 'delete':
          Reflect.deleteProperty(holder, key);
          break;
        case 'add':
          Object.assign(holder, { extra: other, admin: true, role: 'administrator', unit: 'H48.05' });
          break;
        case 'wrap':
          set(holder, key, [Reflect.get(holder, key)]);
          break;
        case 'twice':
          set(holder, key, Array.isArray(Reflect.get(holder, key)) ? [...(Reflect.get(holder, key) as unknown[]), ...(Reflect.get(holder, key) as unknown[])] : String(Reflect.get(holder, key)).repeat(2));
          break;
        case 'prototype':
          return { ...sent, body: Buffer.from(JSON.stringify(value).replace('{', '{"__proto__":{"unit":"H48.05","role":"administrator"},')) };
        default:
          set(holder, key, other);
      }
      return { ...sent, body: Buffer.from(JSON.stringify(value)) };
    },
  };
}

function set(holder: object, key: string, value: unknown): void {
  Object.defineProperty(holder, key, { value, enumerable: true, configurable: true, writable: true });
}

function placesOf(value: object): readonly { readonly holder: object; readonly key: string }[] {
  return Object.entries(value).flatMap(([key, inner]) => [{ holder: value, key }, ...(typeof inner === 'object' && inner !== null ? placesOf(inner as object) : [])]);
}
