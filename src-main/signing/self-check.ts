import type { ByteSource } from '../ports/bytes.ts';
import { attempt, checkUpdate, entryOf, joinSource, openPdf, type PdfFile } from '../pdf/index.ts';
import { listFields } from './form.ts';

/**
 * Reads the output as a stranger would, without reading the input again: the field's /V is our dictionary, its /ByteRange covers all but
 * /Contents, /Contents holds the CMS and zeros, and the CMS carries the digest of those ranges.
 */
export function selfCheck(before: PdfFile, input: ByteSource, tail: Uint8Array, expected: { readonly field: string; readonly range: readonly number[]; readonly digest: Uint8Array; readonly cms: Uint8Array }): boolean {
  const opened = openPdf(joinSource(input, tail), before);
  if (!opened.ok) return false;
  const checked = attempt(() => {
    // Once more after the blanks were filled in: what was built is what is handed out.
    checkUpdate(before, tail);
    return holds(opened.value, input.sizeBytes, tail.length, expected);
  });
  return checked.ok && checked.value;
}

function holds(file: PdfFile, inputBytes: number, tailBytes: number, expected: Parameters<typeof selfCheck>[3]): boolean {
  const field = listFields(file, file.catalog).find(({ name }) => name === expected.field);
  if (field === undefined || field.type !== 'Sig') return false;
  const value = file.get(field.dict, 'V');
  const range = file.get(value, 'ByteRange');
  const contents = entryOf(value, 'Contents');
  if (range.kind !== 'array' || contents.kind !== 'string' || contents.span === null) return false;
  const [start, firstEnd, secondStart, secondLength] = range.items.map((item) => (item.kind === 'number' ? item.value : -1));
  const { cms, digest } = expected;
  return range.items.length === 4
    && start === 0 && firstEnd === contents.span.start && secondStart === contents.span.end && secondStart + secondLength! === inputBytes + tailBytes
    && firstEnd >= inputBytes
    && Buffer.compare(contents.bytes.subarray(0, cms.length), cms) === 0
    && contents.bytes.subarray(cms.length).every((byte) => byte === 0)
    && Buffer.from(cms).includes(Buffer.from(digest))
    && file.startXref >= inputBytes && file.eofEnd === inputBytes + tailBytes - 1;
}
