import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { AppFailure } from '../../src-shared/result.ts';
import { broken } from './fault.ts';
import { entryOf, isName, type PdfDict, type PdfObject, type PdfStream } from './object.ts';
import { findFileKey, type KeyMaterial } from './password-key.ts';
import { rc4 } from './rc4.ts';
import { serializeObject } from './serialize.ts';

/** The standard security handler of one file (ISO 32000-2 7.6), its key found. */
export type Protection = {
  /** `nothing`: its owner only set limits. `password`: with the one that came along. */
  readonly openedWith: 'nothing' | 'password';
  /** Tells two encryption dictionaries apart. */
  readonly identity: string;
  /** An object of its own with its strings decrypted; `num` and `gen` are the object's. */
  readonly open: (object: PdfObject, num: number, gen: number) => PdfObject;
  /** `resolve` follows what the stream's filters refer to. */
  readonly openData: (stream: PdfStream, data: Uint8Array, resolve: Resolve) => Uint8Array;
  /** Strings encrypted, as they are to be written in that object. */
  readonly seal: (object: PdfObject, num: number, gen: number) => PdfObject;
  readonly sealData: (dict: PdfDict, data: Uint8Array, num: number, gen: number) => Uint8Array;
};

type Method = 'identity' | 'rc4' | 'aes-128' | 'aes-256';
type Resolve = (object: PdfObject) => PdfObject;
type Methods = { readonly strings: Method; readonly streams: Method; readonly files: Method; readonly named: (name: string) => Method };

/**
 * Reads an encryption dictionary and finds the key: with no password, else with `password`. `known`: the same file's earlier state.
 * Throws `AppFailure`: `pdf.encrypted` (`filter`: a handler or version that is not read here), `pdf.password-needed`, `pdf.password-wrong`, `pdf.broken`.
 */
export function openProtection(dict: PdfDict, id: Uint8Array, resolve: Resolve, password: string | undefined, known: Protection | null): Protection {
  const identity = createHash('sha256').update(serializeObject(dict)).update(id).digest('hex');
  if (known?.identity === identity) return known;
  const get = (key: string): PdfObject => resolve(entryOf(dict, key));
  const filter = get('Filter');
  if (!isName(filter, 'Standard')) throw new AppFailure('pdf.encrypted', { filter: filter.kind === 'name' ? filter.value.slice(0, 40) : '?' });
  const version = integer(get('V'), 0);
  const revision = integer(get('R'), 0);
  const isKnown = (version === 1 || version === 2 || version === 4 || version === 5) && revision >= 2 && revision <= 6 && (version === 5) === (revision >= 5);
  if (!isKnown) throw new AppFailure('pdf.encrypted', { filter: `Standard V${version} R${revision}` });
  const encryptMetadata = version < 4 || !isFalse(get('EncryptMetadata'));
  const methods = readMethods(dict, version, resolve);
  const material: KeyMaterial = {
    revision, encryptMetadata, id,
    keyBytes: version === 1 ? 5 : version === 2 ? keyLength(integer(get('Length'), 40)) : 16,
    permissions: integer(get('P'), 0),
    owner: bytesOf(get('O'), revision >= 5 ? 48 : 32),
    user: bytesOf(get('U'), revision >= 5 ? 48 : 32),
    ownerKey: revision >= 5 ? bytesOf(get('OE'), 32) : new Uint8Array(0),
    userKey: revision >= 5 ? bytesOf(get('UE'), 32) : new Uint8Array(0),
  };
  const open = findFileKey(material, '');
  const key = open ?? (password === undefined ? null : findFileKey(material, password));
  if (key === null) throw new AppFailure(password === undefined || password === '' ? 'pdf.password-needed' : 'pdf.password-wrong');
  return createProtection({ key, methods, encryptMetadata, identity, openedWith: open === null ? 'password' : 'nothing' });
}

function createProtection({ key, methods, encryptMetadata, identity, openedWith }: { readonly key: Uint8Array; readonly methods: Methods; readonly encryptMetadata: boolean } & Pick<Protection, 'identity' | 'openedWith'>): Protection {
  const methodOf = (dict: PdfDict, resolve: Resolve): Method => {
    const type = entryOf(dict, 'Type');
    if (isName(type, 'XRef')) return 'identity';
    const filters = listOf(resolve(entryOf(dict, 'Filter')));
    if (filters[0] !== undefined && isName(resolve(filters[0]), 'Crypt')) {
      // 7.4.10: a stream that names its own filter; Identity unless said.
      const params = resolve(listOf(resolve(entryOf(dict, 'DecodeParms')))[0] ?? { kind: 'null' });
      const name = resolve(entryOf(params, 'Name'));
      return methods.named(name.kind === 'name' ? name.value : 'Identity');
    }
    if (isName(type, 'Metadata') && !encryptMetadata) return 'identity';
    return isName(type, 'EmbeddedFile') ? methods.files : methods.streams;
  };
  return {
    identity, openedWith,
    open: (object, num, gen) => (methods.strings === 'identity' ? object : mapStrings(object, (bytes) => decrypt(methods.strings, key, bytes, num, gen, true))),
    openData: (stream, data, resolve) => decrypt(methodOf(stream.dict, resolve), key, data, stream.num, stream.gen, false),
    seal: (object, num, gen) => (methods.strings === 'identity' ? object : mapStrings(object, (bytes) => encrypt(methods.strings, key, bytes, num, gen))),
    sealData: (dict, data, num, gen) => encrypt(methodOf(dict, (object) => object), key, data, num, gen),
  };
}

/** 7.6.5: versions 4 and 5 name their crypt filters; a name that is not there is Identity only if it says so. */
function readMethods(dict: PdfDict, version: number, resolve: Resolve): Methods {
  if (version < 4) return { strings: 'rc4', streams: 'rc4', files: 'rc4', named: (name) => (name === 'Identity' ? 'identity' : 'rc4') };
  const filters = resolve(entryOf(dict, 'CF'));
  const named = (name: string): Method => {
    if (name === 'Identity') return 'identity';
    const method = resolve(entryOf(resolve(entryOf(filters, name)), 'CFM'));
    if (isName(method, 'V2')) return 'rc4';
    if (isName(method, 'AESV2')) return 'aes-128';
    // 7.6.6: of version 5 alone; an older key is too short for it
    if (isName(method, 'AESV3') && version === 5) return 'aes-256';
    // CFM None: the application decrypts by itself, which we cannot.
    throw new AppFailure('pdf.encrypted', { filter: `/${name.slice(0, 40)}` });
  };
  const chosen = (key: string, otherwise: Method): Method => {
    const name = resolve(entryOf(dict, key));
    return name.kind === 'name' ? named(name.value) : otherwise;
  };
  const streams = chosen('StmF', 'identity');
  return { streams, strings: chosen('StrF', 'identity'), files: chosen('EFF', streams), named };
}

/** Every string below an object, but a signature's /Contents (7.6.2), which is never encrypted. */
function mapStrings(object: PdfObject, change: (bytes: Uint8Array) => Uint8Array): PdfObject {
  switch (object.kind) {
    case 'string': return { ...object, bytes: change(object.bytes), hex: true };
    case 'array': return { kind: 'array', items: object.items.map((item) => mapStrings(item, change)) };
    case 'dict': return mapDict(object, change);
    case 'stream': return { ...object, dict: mapDict(object.dict, change) };
    default: return object;
  }
}

function mapDict(dict: PdfDict, change: (bytes: Uint8Array) => Uint8Array): PdfDict {
  const isSignature = dict.entries.has('ByteRange');
  const entries = [...dict.entries].map(([key, value]) => [key, isSignature && key === 'Contents' ? value : mapStrings(value, change)] as const);
  return { kind: 'dict', entries: new Map(entries), duplicates: dict.duplicates };
}

/** `lenient`: a string that cannot be encrypted text stands as it is (some writers leave short ones in the clear); such a stream is damage. */
function decrypt(method: Method, key: Uint8Array, data: Uint8Array, num: number, gen: number, lenient: boolean): Uint8Array {
  if (method === 'identity' || data.length === 0) return data;
  if (method === 'rc4') return rc4(objectKey(key, num, gen, false), data);
  // Its initialisation vector and nothing.
  if (data.length === 16) return new Uint8Array(0);
  if (data.length % 16 !== 0) {
    if (lenient) return data;
    throw broken(`dữ liệu mã hóa của đối tượng ${num} bị hỏng`);
  }
  const decipher = createDecipheriv(method === 'aes-256' ? 'aes-256-cbc' : 'aes-128-cbc', method === 'aes-256' ? key : objectKey(key, num, gen, true), data.subarray(0, 16)).setAutoPadding(false);
  const plain = Buffer.concat([decipher.update(data.subarray(16)), decipher.final()]);
  const pad = plain.at(-1)!;
  return pad >= 1 && pad <= 16 ? plain.subarray(0, plain.length - pad) : plain;
}

function encrypt(method: Method, key: Uint8Array, data: Uint8Array, num: number, gen: number): Uint8Array {
  if (method === 'identity') return data;
  if (method === 'rc4') return rc4(objectKey(key, num, gen, false), data);
  const iv = randomBytes(16);
  const cipher = createCipheriv(method === 'aes-256' ? 'aes-256-cbc' : 'aes-128-cbc', method === 'aes-256' ? key : objectKey(key, num, gen, true), iv);
  return Buffer.concat([iv, cipher.update(data), cipher.final()]);
}

/** Algorithm 1. */
function objectKey(key: Uint8Array, num: number, gen: number, isAes: boolean): Uint8Array {
  const place = Buffer.from([num & 0xff, (num >> 8) & 0xff, (num >> 16) & 0xff, gen & 0xff, (gen >> 8) & 0xff]);
  const digest = createHash('md5').update(key).update(place);
  if (isAes) digest.update('sAlT');
  return digest.digest().subarray(0, Math.min(16, key.length + 5));
}

function integer(object: PdfObject, otherwise: number): number {
  return object.kind === 'number' && Number.isInteger(object.value) ? object.value : otherwise;
}

function keyLength(bits: number): number {
  if (bits < 40 || bits > 128 || bits % 8 !== 0) throw broken('độ dài khóa mã hóa không hợp lệ');
  return bits / 8;
}

function bytesOf(object: PdfObject, least: number): Uint8Array {
  if (object.kind !== 'string' || object.bytes.length < least) throw broken('mục mã hóa (/Encrypt) hỏng');
  return object.bytes;
}

function listOf(object: PdfObject): readonly PdfObject[] {
  if (object.kind === 'array') return object.items;
  return object.kind === 'null' ? [] : [object];
}

function isFalse(object: PdfObject): boolean {
  return object.kind === 'boolean' && !object.value;
}

/** The trailer's first file identifier (14.4), which old keys are made of. */
export function firstId(trailer: PdfDict, resolve: Resolve): Uint8Array {
  const ids = resolve(entryOf(trailer, 'ID'));
  const first = ids.kind === 'array' && ids.items[0] !== undefined ? resolve(ids.items[0]) : null;
  return first?.kind === 'string' ? first.bytes : new Uint8Array(0);
}

/** The encryption dictionary itself is never encrypted (7.6.2). */
export function encryptNumberOf(trailer: PdfDict): number | null {
  const held = entryOf(trailer, 'Encrypt');
  return held.kind === 'ref' ? held.num : null;
}

export function hasEncryption(trailer: PdfDict): boolean {
  return entryOf(trailer, 'Encrypt').kind !== 'null';
}
