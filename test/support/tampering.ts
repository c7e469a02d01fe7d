import { pdfArray, pdfDict, pdfName, pdfNumber, pdfRef, pdfStream, pdfText, withEntries, type PdfFile, type PdfObject } from '../../src-main/pdf/index.ts';
import { updatePdf } from '../unit/verification/make-pdf.ts';

/** On which page, where on it in PDF points from the bottom left, and which words (ASCII) the note shows. */
export type Note = { readonly page?: number; readonly rect?: readonly [number, number, number, number]; readonly text?: string };

/** As another program writes over what was signed: one update more, with a note that is seen on its page. */
export function withFreeText(bytes: Uint8Array, { page = 1, rect = [180, 470, 400, 500], text = 'So tien: 900.000.000 dong' }: Note = {}): Uint8Array {
  return updatePdf(bytes, (file, update) => {
    const shown = pageOf(file, page);
    const [left, bottom, right, top] = rect;
    const drawn = Buffer.from(`q 1 1 0.8 rg 0 0 ${right - left} ${top - bottom} re f 0 0 0 rg BT /F1 14 Tf 8 9 Td (${text}) Tj ET Q`, 'latin1');
    const font = pdfDict({ Type: pdfName('Font'), Subtype: pdfName('Type1'), BaseFont: pdfName('Helvetica') });
    const look = update.allocate();
    update.put(look, 0, pdfStream(pdfDict({
      Type: pdfName('XObject'), Subtype: pdfName('Form'), BBox: pdfArray([0, 0, right - left, top - bottom].map(pdfNumber)),
      Resources: pdfDict({ Font: pdfDict({ F1: font }) }),
    }), drawn));
    const note = update.allocate();
    update.put(note, 0, pdfDict({
      Type: pdfName('Annot'), Subtype: pdfName('FreeText'), Rect: pdfArray(rect.map(pdfNumber)), F: pdfNumber(4), P: pdfRef(shown.num), Contents: pdfText(text), AP: pdfDict({ N: pdfRef(look) }),
    }));
    update.put(shown.num, 0, withEntries(shown.dict, { Annots: pdfArray([...itemsOf(file, shown.dict), pdfRef(note)]) }));
  });
}

/** As nobody may: what the first page shows is other content from now on. */
export function withOtherContent(bytes: Uint8Array, text = 'So tien: 900.000.000 dong'): Uint8Array {
  return updatePdf(bytes, (file, update) => {
    const page = pageOf(file, 1);
    const drawn = Buffer.from(`BT /F9 18 Tf 90 600 Td (${text}) Tj ET`, 'latin1');
    const content = update.allocate();
    update.put(content, 0, pdfStream(pdfDict({}), drawn));
    const font = pdfDict({ Type: pdfName('Font'), Subtype: pdfName('Type1'), BaseFont: pdfName('Helvetica') });
    update.put(page.num, 0, withEntries(page.dict, { Contents: pdfRef(content), Resources: pdfDict({ Font: pdfDict({ F9: font }) }) }));
  });
}

/** As nobody may: one more page, of its own words, after the first. */
export function withAddedPage(bytes: Uint8Array, text = 'Phu luc: 900.000.000 dong'): Uint8Array {
  return updatePdf(bytes, (file, update) => {
    const first = pageOf(file, 1);
    const parent = first.dict.entries.get('Parent');
    if (parent?.kind !== 'ref') throw new Error('the page has no parent of its own');
    const tree = file.get(first.dict, 'Parent');
    if (tree.kind !== 'dict') throw new Error('no page tree');
    const kids = file.get(tree, 'Kids');
    const count = file.get(tree, 'Count');
    if (kids.kind !== 'array' || count.kind !== 'number') throw new Error('a page tree without its kids');
    const content = update.allocate();
    update.put(content, 0, pdfStream(pdfDict({}), Buffer.from(`BT /F9 18 Tf 90 600 Td (${text}) Tj ET`, 'latin1')));
    const page = update.allocate();
    const font = pdfDict({ Type: pdfName('Font'), Subtype: pdfName('Type1'), BaseFont: pdfName('Helvetica') });
    update.put(page, 0, pdfDict({
      Type: pdfName('Page'), Parent: parent, MediaBox: pdfArray([0, 0, 595, 842].map(pdfNumber)), Contents: pdfRef(content), Resources: pdfDict({ Font: pdfDict({ F9: font }) }),
    }));
    const [one, ...others] = kids.items;
    if (one === undefined) throw new Error('no first page');
    update.put(parent.num, parent.gen, withEntries(tree, { Kids: pdfArray([one, pdfRef(page), ...others]), Count: pdfNumber(count.value + 1) }));
  });
}

function pageOf(file: PdfFile, number: number): NonNullable<ReturnType<PdfFile['findPage']>> {
  const page = file.findPage(number - 1);
  if (page === null) throw new Error(`no page ${number}`);
  return page;
}

function itemsOf(file: PdfFile, page: Parameters<PdfFile['get']>[0]): readonly PdfObject[] {
  const present = file.get(page, 'Annots');
  return present.kind === 'array' ? present.items : [];
}
