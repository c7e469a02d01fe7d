import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { codingName, dictionary, packJson, unpackJson } from '../../src-shared/protocol/packing.ts';

/** An answer that says to be longer is none of our server's. */
const maxAnswerBytes = 64 * 1024 * 1024;

export type Body = { readonly bytes: Uint8Array; readonly coding: string | null };

/** How JSON travels to one server for as long as the program runs. */
export type Coding = {
  readonly accept: string;
  readonly encode: (value: unknown) => Body;
  /** Throws for what is no JSON. `bytes` as `fetch` gives them: brotli is undone already. */
  readonly decode: (bytes: Uint8Array, coding: string | null) => unknown;
  /** 415: this server, or something before it, does not know the coding. True: it was in use, and the request may go again without. */
  readonly giveUp: () => boolean;
};

/** Packed only where the server has answered so before: one that does not know the coding would take a packed command for a malformed one. */
export function createCoding(): Coding {
  let spoken = false;
  let refused = false;
  return {
    accept: `${codingName}, br`,
    encode: (value) => {
      const plain = new TextEncoder().encode(JSON.stringify(value));
      if (!spoken || refused) return { bytes: plain, coding: null };
      const packed = deflateRawSync(packJson(value), { dictionary, level: 9, memLevel: 9 });
      return packed.length < plain.length ? { bytes: packed, coding: codingName } : { bytes: plain, coding: null };
    },
    decode: (bytes, coding) => {
      if (coding !== codingName) return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown;
      const value = unpackJson(inflateRawSync(bytes, { dictionary, maxOutputLength: maxAnswerBytes }));
      spoken = true;
      return value;
    },
    giveUp: () => {
      const was = spoken && !refused;
      refused = true;
      return was;
    },
  };
}
