/**
 * A value with bytes in it as one message of the browser shell's WebSocket. Without bytes it is JSON, as text. With bytes it is binary: the length
 * of a JSON head (u32, little-endian), the head, in which a `Uint8Array` is `{"$bytes": [offset, length]}`, then the bytes themselves.
 * As text they would be a third longer and cost ten times the time. No `Buffer`, no `TextEncoder`: this file runs on both sides of the wall.
 */
export function encodeFrame(value: unknown): string | Uint8Array<ArrayBuffer> {
  const parts: Uint8Array[] = [];
  let total = 0;
  const head = JSON.stringify(value, function (this: unknown, key: string, plain: unknown): unknown {
    // Node's Buffer has a toJSON that runs before the replacer, so the raw value is read from its holder.
    const raw = isRecord(this) ? this[key] : plain;
    if (!(raw instanceof Uint8Array)) return plain;
    parts.push(raw);
    total += raw.length;
    return { $bytes: [total - raw.length, raw.length] };
  });
  if (parts.length === 0) return head;
  // Plain ASCII, so that a character is a byte
  const ascii = head.replace(/[\u0080-\uffff]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
  const frame = new Uint8Array(4 + ascii.length + total);
  new DataView(frame.buffer).setUint32(0, ascii.length, true);
  for (let i = 0; i < ascii.length; i++) frame[4 + i] = ascii.charCodeAt(i);
  let at = 4 + ascii.length;
  for (const part of parts) {
    frame.set(part, at);
    at += part.length;
  }
  return frame;
}

/** Throws `SyntaxError` on text that is no JSON and on a binary message whose head or offsets do not hold. The bytes are views of `data`. */
export function decodeFrame(data: string | Uint8Array): unknown {
  if (typeof data === 'string') return JSON.parse(data);
  if (data.length < 4) throw new SyntaxError('frame: too short');
  const length = new DataView(data.buffer, data.byteOffset).getUint32(0, true);
  if (length > data.length - 4) throw new SyntaxError('frame: head');
  let head = '';
  for (let at = 4; at < 4 + length; at += 8192) head += String.fromCharCode(...data.subarray(at, Math.min(at + 8192, 4 + length)));
  // Node hands out Buffers; what comes out is plain bytes on both sides
  const body = new Uint8Array(data.buffer, data.byteOffset + 4 + length, data.length - 4 - length);
  return JSON.parse(head, (_, value: unknown) => {
    if (!isRecord(value) || !('$bytes' in value)) return value;
    const place: unknown = value['$bytes'];
    if (!Array.isArray(place)) throw new SyntaxError('frame: bytes');
    const [offset, size] = place as readonly unknown[];
    if (!isCount(offset) || !isCount(size) || offset + size > body.length) throw new SyntaxError('frame: bytes');
    return body.subarray(offset, offset + size);
  });
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
