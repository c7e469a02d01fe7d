import { assertNever } from '../../src-shared/result.ts';
import type { PdfDict, PdfObject, PdfString } from './object.ts';

/** An object as it is written in a file. A stream read from a file has its data elsewhere and is never rewritten. */
export function serializeObject(object: PdfObject): Uint8Array {
  return Buffer.from(write(object), 'latin1');
}

/** `<<…>> stream … endstream` with /Length set to the data's. */
export function serializeStream(dict: PdfDict, data: Uint8Array): Uint8Array {
  const entries = new Map(dict.entries);
  entries.set('Length', { kind: 'number', value: data.length, text: String(data.length) });
  const head = write({ kind: 'dict', entries, duplicates: [] });
  return Buffer.concat([Buffer.from(`${head}\nstream\n`, 'latin1'), data, Buffer.from('\nendstream', 'latin1')]);
}

/** One char a byte. */
function write(object: PdfObject): string {
  switch (object.kind) {
    case 'null': return 'null';
    case 'boolean': return String(object.value);
    case 'number': return object.text;
    case 'name': return writeName(object.value);
    case 'string': return writeString(object);
    case 'array': return `[${object.items.map(write).join(' ')}]`;
    case 'dict': return `<<${[...object.entries].map(([key, value]) => `${writeName(key)} ${write(value)}`).join('\n')}>>`;
    case 'ref': return `${object.num} ${object.gen} R`;
    case 'stream': throw new Error('a stream of the file is referred to, not rewritten');
    default: return assertNever(object);
  }
}

function writeName(value: string): string {
  return `/${value.replace(/[^!-~]|[#()<>[\]{}/%]/g, (char) => `#${char.charCodeAt(0).toString(16).padStart(2, '0')}`)}`;
}

function writeString(object: PdfString): string {
  if (object.hex) return `<${Buffer.from(object.bytes).toString('hex').toUpperCase()}>`;
  const escaped = Buffer.from(object.bytes).toString('latin1').replace(/[\\()\r\n]/g, (char) => (char === '\r' ? '\\r' : char === '\n' ? '\\n' : `\\${char}`));
  return `(${escaped})`;
}
