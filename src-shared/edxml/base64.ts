const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const codes = Uint8Array.from(alphabet, (each) => each.charCodeAt(0));
const blank = 64;
const padding = 65;
const foreign = 255;
const values = new Uint8Array(256).fill(foreign);
for (const [value, code] of codes.entries()) values[code] = value;
for (const code of [0x20, 0x09, 0x0a, 0x0d]) values[code] = blank;
values[0x3d] = padding;

export type Base64Decoder = {
  /** Null: not Base64 (RFC 4648 4, blanks allowed anywhere). Nothing may be pushed after that. */
  readonly push: (bytes: Uint8Array) => Uint8Array | null;
  /** False: it broke off, or bits were left over. */
  readonly end: () => boolean;
};

/** Decodes what comes in pieces cut anywhere. */
export function createBase64Decoder(): Base64Decoder {
  let bits = 0;
  let held = 0; // characters of the open group
  let padded = 0;
  let broken = false;
  return {
    push(bytes) {
      const out = new Uint8Array(Math.floor((bytes.length + held) / 4) * 3 + 3);
      let size = 0;
      for (let at = 0; at < bytes.length; at += 1) {
        const value = values[bytes[at]!]!;
        if (value < 64) {
          if (padded > 0) return fail();
          bits = (bits << 6) | value;
          held += 1;
          if (held === 4) {
            out[size] = bits >> 16;
            out[size + 1] = bits >> 8;
            out[size + 2] = bits;
            size += 3;
            bits = 0;
            held = 0;
          }
        } else if (value === padding) {
          padded += 1;
          // of the last group one or two bytes are there, and the bits after them are zero
          if (held === 2 && padded === 2 && (bits & 15) === 0) {
            out[size] = bits >> 4;
            size += 1;
            held = 0;
          } else if (held === 3 && padded === 1 && (bits & 3) === 0) {
            out[size] = bits >> 10;
            out[size + 1] = bits >> 2;
            size += 2;
            held = 0;
          } else if (!(held === 2 && padded === 1)) return fail();
        } else if (value === foreign) return fail();
      }
      return out.subarray(0, size);
    },
    end: () => !broken && held === 0,
  };

  function fail(): null {
    broken = true;
    return null;
  }
}

export type Base64Encoder = { readonly push: (bytes: Uint8Array) => Uint8Array; readonly end: () => Uint8Array };

/** `columns`: characters a line, a multiple of four; 0: one line. */
export function createBase64Encoder(columns: number): Base64Encoder {
  let rest: Uint8Array = new Uint8Array(0);
  let column = 0;
  return {
    push(bytes) {
      const all = rest.length === 0 ? bytes : joinBytes([rest, bytes]);
      const whole = all.length - (all.length % 3);
      rest = all.slice(whole);
      return encode(all.subarray(0, whole));
    },
    end: () => encode(rest),
  };

  function encode(bytes: Uint8Array): Uint8Array {
    const groups = Math.ceil(bytes.length / 3);
    const out = new Uint8Array(groups * 4 + (columns === 0 ? 0 : Math.ceil((column + groups * 4) / columns)));
    let size = 0;
    for (let at = 0; at < bytes.length; at += 3) {
      if (columns !== 0 && column === columns) {
        out[size] = 0x0a;
        size += 1;
        column = 0;
      }
      const left = bytes.length - at;
      const group = (bytes[at]! << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
      out[size] = codes[group >> 18]!;
      out[size + 1] = codes[(group >> 12) & 63]!;
      out[size + 2] = left > 1 ? codes[(group >> 6) & 63]! : 0x3d;
      out[size + 3] = left > 2 ? codes[group & 63]! : 0x3d;
      size += 4;
      column += 4;
    }
    return out.subarray(0, size);
  }
}

/** Of a short text, as signatures and certificates are; null when it is not Base64. */
export function decodeBase64(text: string): Uint8Array | null {
  const decoder = createBase64Decoder();
  const characters = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at += 1) characters[at] = text.charCodeAt(at) < 128 ? text.charCodeAt(at) : 0;
  const bytes = decoder.push(characters);
  return bytes === null || !decoder.end() ? null : bytes.slice();
}

export function encodeBase64(bytes: Uint8Array): string {
  let text = '';
  const encoder = createBase64Encoder(0);
  for (const part of [encoder.push(bytes), encoder.end()]) for (const code of part) text += String.fromCharCode(code);
  return text;
}

export function joinBytes(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
