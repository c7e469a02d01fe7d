import type { Random } from './random.ts';
import type { Spacing } from './spacing.ts';
import type { Body, Dict, Value } from './value.ts';

export type Cipher = { readonly string: (num: number, gen: number, bytes: Buffer) => Buffer; readonly stream: (num: number, gen: number, dict: Dict, data: Buffer) => Buffer };

/** How a value is put down: white space, spelling of names and strings, encryption. */
export type Hand = { readonly spacing: Spacing; readonly random: Random; readonly oddSpelling: boolean; readonly encryptString: (bytes: Buffer) => Buffer };

/** One char a byte. */
export function writeValue(value: Value, hand: Hand): string {
  switch (value.kind) {
    case 'word': return value.text;
    case 'name': return writeName(value.value, hand);
    case 'string': return writeString(hand.encryptString(value.bytes), hand);
    case 'array': return `[${hand.spacing.loose()}${joined(value.items.map((item) => writeValue(item, hand)), hand)}${hand.spacing.loose()}]`;
    case 'dict': return writeDict(value, hand);
    case 'ref': return `${value.num}${hand.spacing.blank()}${value.gen}${hand.spacing.blank()}R`;
    default: throw new Error('no such value');
  }
}

export function writeDict(dict: Dict, hand: Hand): string {
  const parts = dict.entries.flatMap(([key, value]) => [writeName(key, hand), writeValue(value, hand)]);
  return `<<${hand.spacing.loose()}${joined(parts, hand)}${hand.spacing.loose()}>>`;
}

/** `N G obj … endobj` with its end of line. A stream comes with its /Length, its data as they are to stand. */
export function writeObject(num: number, gen: number, body: Body, hand: Hand): Buffer {
  const { spacing, random } = hand;
  const head = `${num}${spacing.blank()}${gen}${spacing.blank()}obj`;
  if (body.kind !== 'stream') {
    const content = writeValue(body, hand);
    return latin1(`${head}${apart('obj', content, hand)}${content}${apart(content, 'endobj', hand)}endobj${spacing.eol()}`);
  }
  // 7.3.8.1: LF or CR LF after the keyword, never CR alone, which would leave open where the data begin
  const open = random.chance(0.5) ? '\n' : '\r\n';
  const close = random.pick(['\n', '\r\n', '\n', hand.oddSpelling ? '\r' : '\n']);
  return Buffer.concat([latin1(`${head}${spacing.loose()}${writeDict(body.dict, hand)}${spacing.loose()}stream${open}`), body.data, latin1(`${close}endstream${spacing.gap()}endobj${spacing.eol()}`)]);
}

/** An empty name ends in its solidus and swallows what follows without a gap. */
const closers = '()<>[]{}';
const openers = '()<>[]{}/%';

function apart(before: string, after: string, { spacing }: Hand): string {
  const isApart = closers.includes(before.at(-1) ?? ' ') || openers.includes(after[0] ?? ' ');
  return isApart ? spacing.loose() : spacing.gap();
}

function joined(parts: readonly string[], hand: Hand): string {
  return parts.map((part, i) => (i === 0 ? part : `${apart(parts[i - 1]!, part, hand)}${part}`)).join('');
}

function writeName(value: string, { random, oddSpelling }: Hand): string {
  const escaped = Array.from(latin1(value), (byte) => {
    const char = String.fromCharCode(byte);
    const mustEscape = !/[!-~]/.test(char) || '()<>[]{}/%#'.includes(char);
    return mustEscape || (oddSpelling && random.chance(0.05)) ? `#${byte.toString(16).padStart(2, '0')}` : char;
  });
  return `/${escaped.join('')}`;
}

function writeString(bytes: Buffer, { random, oddSpelling, spacing }: Hand): string {
  if (random.chance(0.3)) {
    const hex = bytes.toString('hex');
    return `<${oddSpelling && hex.length > 4 ? `${hex.slice(0, 3)}${spacing.eol()}${hex.slice(3).toUpperCase()}` : hex}>`;
  }
  let out = '(';
  for (const byte of bytes) {
    const char = String.fromCharCode(byte);
    if (char === '\\' || char === '(' || char === ')') out += `\\${char}`;
    else if (char === '\r') out += '\\r';
    else if (char === '\n') out += oddSpelling ? '\\n' : '\\012';
    else if (oddSpelling && random.chance(0.08)) out += `\\${byte.toString(8).padStart(3, '0')}`;
    else if (oddSpelling && random.chance(0.03)) out += `\\\n${char}`;
    else out += char;
  }
  return `${out})`;
}

export function latin1(value: string): Buffer {
  return Buffer.from(value, 'latin1');
}
