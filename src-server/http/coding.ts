import { brotliCompressSync, brotliDecompressSync, constants, deflateRawSync, inflateRawSync, type BrotliOptions } from 'node:zlib';
import { codingName, dictionary, packJson, unpackJson } from '../../src-shared/protocol/packing.ts';
import type { Brotli } from './brotli.ts';
import type { Reply } from './call.ts';

/** What a body was, as JSON text or as the value that it says. */
export type Decoded =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'too-large' }
  | { readonly kind: 'damaged' };

/** A coding's decoder: unfolds to at most `limitBytes`, and throws beyond. */
type Decoder = (bytes: Uint8Array, limitBytes: number) => Decoded;

const decoders: Readonly<Record<string, Decoder>> = {
  identity: (bytes) => ({ kind: 'bytes', bytes }),
  br: (bytes, limitBytes) => ({ kind: 'bytes', bytes: brotliDecompressSync(bytes, { maxOutputLength: limitBytes }) }),
  // packed times and ids unfold once more, so less is let through
  [codingName]: (bytes, limitBytes) => ({ kind: 'value', value: unpackJson(inflateRawSync(bytes, { dictionary, maxOutputLength: Math.ceil(limitBytes / 4) })) }),
};

/** One coding, or none. RFC 9110 8.4.1: its name is case-insensitive. Packed bytes never unfold beyond the limit. */
export function decodeBody(coding: string | undefined, bytes: Uint8Array, limitBytes: number): Decoded {
  const name = (coding ?? 'identity').trim().toLowerCase();
  const decode = Object.hasOwn(decoders, name) ? decoders[name] : undefined;
  if (decode === undefined) return { kind: 'unknown' };
  try {
    return decode(bytes, limitBytes);
  } catch (error) {
    return { kind: (error as { readonly code?: unknown }).code === 'ERR_BUFFER_TOO_LARGE' ? 'too-large' : 'damaged' };
  }
}

/** Above this a message is no small one: brotli's own dictionary and window do as well, and its work is done beside. */
const smallBytes = 16 << 10;
/** Below this brotli's frame is no shorter. */
const leastBytes = 200;

const quality = (level: number): BrotliOptions => ({ params: { [constants.BROTLI_PARAM_QUALITY]: level, [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT } });

/** JSON in the shortest coding that the caller names: packed where it is small, brotli where it is not, else as it is. */
export async function encodeReply(reply: Reply, accepted: string | undefined, brotli: Brotli): Promise<Reply> {
  if (reply.json === undefined) return reply;
  const names = readAccepted(accepted);
  const vary = { ...reply.headers, vary: 'accept-encoding' };
  if (!names.has(codingName) && !names.has('br')) return { ...reply, headers: vary };
  const text = Buffer.from(JSON.stringify(reply.json));
  const coded = (coding: string, bytes: Uint8Array): Reply => ({
    status: reply.status, bytes, headers: { ...vary, 'content-type': 'application/json; charset=utf-8', 'content-encoding': coding },
  });
  if (text.length <= smallBytes && names.has(codingName)) return coded(codingName, deflateRawSync(packJson(reply.json), { dictionary, level: 9, memLevel: 9 }));
  if (!names.has('br') || text.length < leastBytes) return { ...reply, headers: vary };
  return coded('br', text.length <= smallBytes ? brotliCompressSync(text, quality(5)) : await brotli(text, quality(7)));
}

/** RFC 9110 12.5.3; what has no weight is not accepted. */
function readAccepted(header: string | undefined): ReadonlySet<string> {
  const names = (header ?? '').split(',').flatMap((each) => {
    const [name = '', ...parameters] = each.split(';').map((part) => part.trim().toLowerCase());
    return name === '' || parameters.some((parameter) => /^q=0(\.0{0,3})?$/.test(parameter)) ? [] : [name];
  });
  return new Set(names);
}
