import { attempt, entryOf, isName, type PdfFile } from '../pdf/index.ts';

/** XMP of a document is a few kilobytes; what is larger is not searched. */
const maxXmpBytes = 4 * 1024 * 1024;
const namespace = 'http://www.aiim.org/pdfa/ns/id/';

/**
 * The part and level of PDF/A that the document's XMP claims (ISO 19005-1 6.7.11), such as `1b`, `2u`, `4`; null when it claims none or cannot be read. A
 * claim is all that it is: nothing here validates it.
 */
export function readPdfA(file: PdfFile): string | null {
  const metadata = file.get(file.catalog, 'Metadata');
  if (metadata.kind !== 'stream' || metadata.length > maxXmpBytes) return null;
  const data = attempt(() => file.decode(metadata));
  if (!data.ok || data.value.length > maxXmpBytes) return null;
  const text = textOf(data.value);
  const prefix = new RegExp(`xmlns:([\\w.-]+)\\s*=\\s*["']${namespace}["']`).exec(text)?.[1];
  if (prefix === undefined) return null;
  const valueOf = (name: string): string | null => new RegExp(`${prefix}:${name}\\s*(?:=\\s*["']|>)\\s*([0-9A-Za-z]{1,4})\\s*(?:["']|<)`).exec(text)?.[1] ?? null;
  const part = valueOf('part');
  return part === null ? null : `${part}${(valueOf('conformance') ?? '').toLowerCase()}`;
}

/** What a document's PDF/A asks of a drawing besides what every drawing of ours keeps (fonts embedded, no LZW, no scripts). */
export type ArchiveLimits = {
  /** Part 1 has no transparency. */
  readonly hardMasks: boolean;
  /** Part 1 wants each subset listed. */
  readonly cidSets: boolean;
  /** No RGB output intent says what DeviceRGB is here: the drawing brings its own. */
  readonly ownColours: boolean;
};

/** Null for a document that claims no PDF/A. */
export function readArchiveLimits(file: PdfFile): ArchiveLimits | null {
  const claimed = readPdfA(file);
  if (claimed === null) return null;
  const isFirst = claimed.startsWith('1');
  return { hardMasks: isFirst, cidSets: isFirst, ownColours: !hasRgbIntent(file) };
}

function hasRgbIntent(file: PdfFile): boolean {
  const intents = file.get(file.catalog, 'OutputIntents');
  return intents.kind === 'array' && intents.items.some((item) => {
    const intent = file.resolve(item);
    const components = file.get(file.get(intent, 'DestOutputProfile'), 'N');
    return isName(entryOf(intent, 'S'), 'GTS_PDFA1') && components.kind === 'number' && components.value === 3;
  });
}

function textOf(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return Buffer.from(buffer.subarray(0, buffer.length & ~1)).swap16().toString('utf16le');
  return buffer.toString(bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf16le' : 'utf8');
}
