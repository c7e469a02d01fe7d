/**
 * JSON that carries bytes, for doors that speak text (the browser shell's WebSocket).
 * A `Uint8Array` anywhere in the value becomes `{"$bytes": "<base64>"}` and back; nothing else is special.
 * No `Buffer`, no `atob`: this file runs on both sides of the wall.
 */
export function encodeJson(value: unknown): string {
  return JSON.stringify(value, function (this: unknown, key: string, plain: unknown): unknown {
    // Node's Buffer has a toJSON that runs before the replacer, so the raw value is read from its holder.
    const raw = isRecord(this) ? this[key] : plain;
    return raw instanceof Uint8Array ? { $bytes: toBase64(raw) } : plain;
  });
}

/** Throws `SyntaxError` on text that is not JSON or carries broken base64. */
export function decodeJson(text: string): unknown {
  return JSON.parse(text, (_, value: unknown) => {
    if (!isRecord(value)) return value;
    const bytes = value['$bytes'];
    return typeof bytes === 'string' && Object.keys(value).length === 1 ? fromBase64(bytes) : value;
  });
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const digits = new Int8Array(128).fill(-1);
for (let i = 0; i < 64; i++) digits[alphabet.charCodeAt(i)] = i;

function toBase64(bytes: Uint8Array): string {
  // Three bytes a step, one string per 12 KiB: a million small strings would cost more than the coding.
  const parts: string[] = [];
  for (let start = 0; start < bytes.length; start += 12_288) {
    const end = Math.min(start + 12_288, bytes.length);
    let part = '';
    for (let i = start; i < end; i += 3) {
      const [a, b, c] = [bytes[i] ?? 0, bytes[i + 1] ?? 0, bytes[i + 2] ?? 0];
      const left = end - i;
      part += alphabet.charAt(a >> 2) + alphabet.charAt(((a & 3) << 4) | (b >> 4));
      part += left > 1 ? alphabet.charAt(((b & 15) << 2) | (c >> 6)) : '=';
      part += left > 2 ? alphabet.charAt(c & 63) : '=';
    }
    parts.push(part);
  }
  return parts.join('');
}

function fromBase64(text: string): Uint8Array {
  if (text.length % 4 !== 0) throw new SyntaxError('base64: length');
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const bytes = new Uint8Array((text.length / 4) * 3 - padding);
  let out = 0;
  for (let i = 0; i < text.length; i += 4) {
    const last = i + 4 === text.length ? padding : 0;
    const value = (digit(text, i) << 18) | (digit(text, i + 1) << 12) | ((last > 1 ? 0 : digit(text, i + 2)) << 6) | (last > 0 ? 0 : digit(text, i + 3));
    bytes[out++] = value >> 16;
    if (last < 2) bytes[out++] = (value >> 8) & 255;
    if (last < 1) bytes[out++] = value & 255;
  }
  return bytes;
}

function digit(text: string, at: number): number {
  const value = digits[text.charCodeAt(at)] ?? -1;
  if (value < 0) throw new SyntaxError('base64: digit');
  return value;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
