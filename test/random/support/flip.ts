import type { Random } from '../../generator/random.ts';

/** A few bytes changed: anywhere, or where a file says how it is to be read; a bit, a whole byte, or a digit for a digit. */
export function flipBytes(bytes: Uint8Array, random: Random): Buffer {
  const out = Buffer.from(bytes);
  const nearEnd = random.chance(0.4);
  for (let i = random.pick([1, 1, 1, 2, 4, 16]); i > 0; i -= 1) {
    const reach = nearEnd ? Math.min(out.length, 1500) : out.length;
    const start = out.length - 1 - random.int(reach);
    const at = random.chance(0.5) ? nextOf(out, start, isDigit) : random.chance(0.3) ? nextOf(out, start, isDelimiter) : start;
    const byte = out[at]!;
    out[at] = isDigit(byte) && random.chance(0.7) ? 0x30 + random.int(10) : random.chance(0.5) ? byte ^ (1 << random.int(8)) : random.int(256);
  }
  return out;
}

function nextOf(bytes: Uint8Array, from: number, is: (byte: number) => boolean): number {
  const at = bytes.subarray(from).findIndex(is);
  return at < 0 ? from : from + at;
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}

function isDelimiter(byte: number): boolean {
  return '<>[]()/R'.includes(String.fromCharCode(byte));
}
