import { pdfArray, pdfDict, pdfName, pdfNumber, pdfRef, serializeObject, serializeStream, type Page, type PdfObject, type PdfRef, type StreamBody } from '../pdf/index.ts';
import { addDrawing, type Drawn } from './form-objects.ts';
import { rectArray } from './geometry.ts';

const [catalog, tree, leaf] = [pdfRef(1), pdfRef(2), pdfRef(3)];
/** Print (12.5.3): shown on screens and on paper, as the widgets that it stands for. */
const stampFlags = 4;

/**
 * A file of one page that looks like the drawings alone: the page's crop box, rotation and unit, and each drawing as an annotation over the
 * very rectangle that its widget will have, so that a viewer puts it on the screen by the same arithmetic (ISO 32000-2 12.5.5).
 */
export async function writeLayer(drawn: readonly Drawn[]): Promise<Uint8Array> {
  const first = drawn[0];
  if (first === undefined) throw new Error('a layer without a drawing');
  const objects = new Map<number, Uint8Array>();
  let last = leaf.num;
  const put = (ref: PdfRef, object: PdfObject | StreamBody): void => void objects.set(ref.num, object.kind === 'stream-body' ? serializeStream(object.dict, object.data) : serializeObject(object));
  const allocate = (): PdfRef => pdfRef(++last);
  const stamps: PdfRef[] = [];
  for (const each of drawn) {
    const form = await addDrawing({ allocate, put }, each);
    const stamp = allocate();
    put(stamp, pdfDict({ Type: pdfName('Annot'), Subtype: pdfName('Stamp'), F: pdfNumber(stampFlags), P: leaf, Rect: rectArray(each.rect), AP: pdfDict({ N: form }) }));
    stamps.push(stamp);
  }
  put(catalog, pdfDict({ Type: pdfName('Catalog'), Pages: tree }));
  put(tree, pdfDict({ Type: pdfName('Pages'), Kids: pdfArray([leaf]), Count: pdfNumber(1) }));
  put(leaf, pdfDict({ ...pageEntries(first.page), Annots: pdfArray(stamps) }));
  return assemble(objects);
}

function pageEntries(page: Page): Readonly<Record<string, PdfObject>> {
  return {
    Type: pdfName('Page'),
    Parent: tree,
    MediaBox: rectArray(page.cropBox),
    Resources: pdfDict({}),
    Rotate: pdfNumber(page.rotate),
    ...(page.userUnit === 1 ? {} : { UserUnit: pdfNumber(page.userUnit) }),
  };
}

/** 7.5: header, bodies, a table of their places, trailer. */
function assemble(objects: ReadonlyMap<number, Uint8Array>): Uint8Array {
  const numbers = [...objects.keys()].sort((a, b) => a - b);
  const parts: Uint8Array[] = [Buffer.from('%PDF-2.0\n%\xe2\xe3\xcf\xd3\n', 'latin1')];
  let at = parts[0]!.length;
  const places = numbers.map((number) => {
    const part = Buffer.concat([Buffer.from(`${number} 0 obj\n`, 'latin1'), objects.get(number)!, Buffer.from('\nendobj\n', 'latin1')]);
    parts.push(part);
    at += part.length;
    return at - part.length;
  });
  const rows = places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`).join('');
  const size = numbers.length + 1;
  return Buffer.concat([...parts, Buffer.from(`xref\n0 ${size}\n0000000000 65535 f \n${rows}trailer\n<</Size ${size}/Root 1 0 R>>\nstartxref\n${at}\n%%EOF\n`, 'latin1')]);
}
