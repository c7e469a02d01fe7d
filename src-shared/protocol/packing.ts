import { appendUtf8, readUtf8 } from './utf8.ts';

export { dictionary, dictionarySha256 } from './dictionary.ts';

/**
 * Packed JSON: the JSON text in UTF-8, in which ids, hashes and times stand as raw bytes behind marks. JSON text holds no control characters, so a mark is never mistaken for
 * text; and whatever looks like an id is given back to the letter, wherever it stands. `dictionary.ts` is the preset dictionary of the raw deflate (RFC 1951) that goes over it.
 * Times are told as the distance from the time before them (ids of version 7 hold one too), zigzag, seven bits a byte, the low ones first.
 */
const marks = { uuid: 1, uuid7: 2, hex64: 3, hex32: 4, utc: 5, vietnam: 6 } as const;

/** Where times begin: 2026-01-01T00:00:00Z. */
const firstReference = 1_767_225_600_000;
const vietnamOffsetMs = 7 * 3_600_000;
/** A time that is further away is no shorter than the sixteen bytes of the id. */
const farthest = 2 ** 42;

const tokens = /[0-9a-f]{64}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{32}|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}(?:Z|\+07:00)/g;

/** Name of the content coding: raw deflate with the preset dictionary over packed JSON. Another dictionary has another name. */
export const codingName = 'vt1-58ac5eab';

/** Throws for what JSON has no text for (undefined, a bigint, a cycle). */
export function packJson(value: unknown): Uint8Array {
  const text = JSON.stringify(value) as string | undefined;
  if (text === undefined) throw new TypeError('no JSON');
  const out: number[] = [];
  let at = 0;
  let reference = firstReference;
  for (const match of text.matchAll(tokens)) {
    const token = match[0];
    appendUtf8(out, text.slice(at, match.index));
    at = match.index + token.length;
    if (token.length === 64) appendHex(out, marks.hex64, token);
    else if (token.length === 32) appendHex(out, marks.hex32, token);
    else if (token.charAt(8) === '-') reference = appendUuid(out, token, reference);
    else reference = appendInstant(out, token, reference);
  }
  appendUtf8(out, text.slice(at));
  return Uint8Array.from(out);
}

/** Throws for anything that `packJson` did not make. */
export function unpackJson(bytes: Uint8Array): unknown {
  let text = '';
  let start = 0;
  let reference = firstReference;
  let at = 0;
  const take = (count: number): string => {
    if (at + count > bytes.length) throw new RangeError('packed JSON breaks off');
    const hex = toHex(bytes, at, at + count);
    at += count;
    return hex;
  };
  const takeTime = (): number => {
    const [distance, next] = readDistance(bytes, at);
    at = next;
    reference += distance;
    return reference;
  };
  while (at < bytes.length) {
    const mark = bytes[at] ?? 0;
    if (mark >= 0x20) {
      at += 1;
      continue;
    }
    text += readUtf8(bytes, start, at);
    at += 1;
    if (mark === marks.uuid) text += toUuid(take(16));
    else if (mark === marks.uuid7) {
      const time = takeTime();
      if (time < 0 || time >= 2 ** 48) throw new RangeError('no time of an id');
      text += toUuid(time.toString(16).padStart(12, '0') + take(10));
    } else if (mark === marks.hex64) text += take(32);
    else if (mark === marks.hex32) text += take(16);
    else if (mark === marks.utc) text += new Date(takeTime()).toISOString();
    else if (mark === marks.vietnam) text += `${new Date(takeTime() + vietnamOffsetMs).toISOString().slice(0, -1)}+07:00`;
    else throw new SyntaxError('no packed JSON');
    start = at;
  }
  return JSON.parse(text + readUtf8(bytes, start, at)) as unknown;
}

function appendHex(out: number[], mark: number, hex: string): void {
  out.push(mark);
  for (let at = 0; at < hex.length; at += 2) out.push(Number.parseInt(hex.slice(at, at + 2), 16));
}

/** RFC 9562 5.7: 48 bits of milliseconds in front. Answers the time that the next one is told from. */
function appendUuid(out: number[], token: string, reference: number): number {
  const hex = token.replaceAll('-', '');
  const time = Number.parseInt(hex.slice(0, 12), 16);
  if (hex.charAt(12) !== '7' || Math.abs(time - reference) >= farthest / 2) {
    appendHex(out, marks.uuid, hex);
    return reference;
  }
  out.push(marks.uuid7);
  appendDistance(out, time - reference);
  for (let at = 12; at < 32; at += 2) out.push(Number.parseInt(hex.slice(at, at + 2), 16));
  return time;
}

function appendInstant(out: number[], token: string, reference: number): number {
  const utc = token.endsWith('Z');
  const time = Date.parse(token);
  // 24:00, the thirtieth of February and their like are text
  const again = Number.isNaN(time) ? '' : utc ? new Date(time).toISOString() : `${new Date(time + vietnamOffsetMs).toISOString().slice(0, -1)}+07:00`;
  if (again !== token) {
    appendUtf8(out, token);
    return reference;
  }
  out.push(utc ? marks.utc : marks.vietnam);
  appendDistance(out, time - reference);
  return time;
}

function appendDistance(out: number[], distance: number): void {
  let left = distance < 0 ? -2 * distance - 1 : 2 * distance;
  while (left >= 128) {
    out.push(128 + (left % 128));
    left = Math.floor(left / 128);
  }
  out.push(left);
}

function readDistance(bytes: Uint8Array, from: number): readonly [distance: number, next: number] {
  let value = 0;
  for (let at = from, place = 1; at < bytes.length && at < from + 8; at += 1, place *= 128) {
    const byte = bytes[at] ?? 0;
    value += (byte % 128) * place;
    if (byte < 128) return [value % 2 === 0 ? value / 2 : -(value + 1) / 2, at + 1];
  }
  throw new RangeError('packed JSON breaks off');
}

function toUuid(hex: string): string {
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

function toHex(bytes: Uint8Array, from: number, to: number): string {
  let hex = '';
  for (let at = from; at < to; at += 1) hex += (bytes[at] ?? 0).toString(16).padStart(2, '0');
  return hex;
}
