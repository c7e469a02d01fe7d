import { PDFDocument } from '@cantoo/pdf-lib';
import { createUpdate, entryOf, openPdf, pdfArray, pdfDict, pdfName, pdfNumber, pdfRef, pdfString, pdfText, withEntries, type PdfObject } from '../../../src-main/pdf/index.ts';
import { bytesSource } from '../../../src-main/ports/bytes.ts';
import { readPaper } from './papers.ts';

/** The fields of both forms. */
export const fieldNames = { text: 'ho_ten', lines: 'ghi_chu', choice: 'muc_do', tick: 'dong_y' } as const;
export const choices = ['Thường', 'Khẩn'] as const;

/** As pdf-lib makes them: every field with a widget of its own, drawn empty. */
export async function formByPdfLib(): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  const page = document.addPage([595, 842]);
  page.drawText('TO TRINH', { x: 50, y: 780 });
  const form = document.getForm();
  form.createTextField(fieldNames.text).addToPage(page, { x: 50, y: 700, width: 200, height: 20 });
  const lines = form.createTextField(fieldNames.lines);
  lines.enableMultiline();
  lines.addToPage(page, { x: 50, y: 600, width: 300, height: 80 });
  const choice = form.createDropdown(fieldNames.choice);
  choice.addOptions([...choices]);
  choice.addToPage(page, { x: 100, y: 520, width: 120, height: 20 });
  form.createCheckBox(fieldNames.tick).addToPage(page, { x: 50, y: 560, width: 14, height: 14 });
  return Uint8Array.from(await document.save({ useObjectStreams: false }));
}

/** As a writer that leaves drawing to others makes them: merged with their widgets, without pictures but for the tick. */
export function formByHand(): Uint8Array {
  const bytes = readPaper('cong-van-xa.pdf');
  const opened = openPdf(bytesSource(bytes));
  if (!opened.ok) throw new Error(opened.error.code);
  const file = opened.value;
  const update = createUpdate(file);
  const page = file.findPage(0);
  const root = entryOf(file.trailer, 'Root');
  if (page === null || root.kind !== 'ref') throw new Error('no page');
  const font = update.allocate();
  update.put(font, 0, pdfDict({ Type: pdfName('Font'), Subtype: pdfName('Type1'), BaseFont: pdfName('Helvetica'), Encoding: pdfName('WinAnsiEncoding') }));
  const state = (content: string): PdfObject => {
    const num = update.allocate();
    update.put(num, 0, Buffer.from(`<</Type/XObject/Subtype/Form/BBox[0 0 14 14]/Resources<<>>/Length ${content.length}>>\nstream\n${content}\nendstream`, 'latin1'));
    return pdfRef(num);
  };
  const widget = (rect: readonly number[], entries: Readonly<Record<string, PdfObject>>): PdfObject => {
    const num = update.allocate();
    update.put(num, 0, pdfDict({ Type: pdfName('Annot'), Subtype: pdfName('Widget'), F: pdfNumber(4), P: pdfRef(page.num), Rect: pdfArray(rect.map(pdfNumber)), DA: pdfString(Buffer.from('/Helv 10 Tf 0 g')), ...entries }));
    return pdfRef(num);
  };
  const fields = [
    widget([60, 90, 260, 110], { FT: pdfName('Tx'), T: pdfText(fieldNames.text) }),
    widget([60, 20, 360, 80], { FT: pdfName('Tx'), T: pdfText(fieldNames.lines), Ff: pdfNumber(4096) }),
    widget([300, 90, 400, 110], { FT: pdfName('Ch'), T: pdfText(fieldNames.choice), Ff: pdfNumber(0x2_0000), Opt: pdfArray(choices.map((each) => pdfArray([pdfText(each), pdfText(each)]))) }),
    widget([420, 90, 434, 104], { FT: pdfName('Btn'), T: pdfText(fieldNames.tick), V: pdfName('Off'), AS: pdfName('Off'), AP: pdfDict({ N: pdfDict({ Yes: state('0 0 14 14 re S 2 2 m 12 12 l S 2 12 m 12 2 l S'), Off: state('0 0 14 14 re S') }) }) }),
  ];
  const annotations = file.get(page.dict, 'Annots');
  update.put(page.num, page.gen, withEntries(page.dict, { Annots: pdfArray([...(annotations.kind === 'array' ? annotations.items : []), ...fields]) }));
  const form = update.allocate();
  update.put(form, 0, pdfDict({ Fields: pdfArray(fields), DA: pdfString(Buffer.from('/Helv 10 Tf 0 g')), DR: pdfDict({ Font: pdfDict({ Helv: pdfRef(font) }) }) }));
  update.put(root.num, root.gen, withEntries(file.catalog, { AcroForm: pdfRef(form) }));
  return Uint8Array.from(Buffer.concat([bytes, update.build().tail]));
}
