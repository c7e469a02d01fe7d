import { deflateSync } from 'node:zlib';
import { tablePdf } from '../../unit/pdf/make-pdf.ts';

/** Object numbers of the letter. */
export const at = { catalog: 1, pages: 2, first: 3, second: 4, third: 5, text1: 6, text2: 7, text3: 8, font: 9, picture: 10, layer: 11, unknownFont: 12 } as const;

export const stream = (content: string | Buffer, entries = ''): Buffer => Buffer.concat([Buffer.from(`<<${entries} /Length ${content.length}>>\nstream\n`), Buffer.from(content), Buffer.from('\nendstream')]);

export const picture = (grey: number, marked: number): Buffer => stream(deflateSync(Buffer.from(Array.from({ length: 64 * 64 }, (_, i) => (i === marked ? 255 - grey : grey)))), '/Type /XObject /Subtype /Image /Width 64 /Height 64 /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /FlateDecode');

export const text2 = (digit: string): string => `BT /F 8 Tf 100 700 Td (So tien: 1.${digit}50.000 dong) Tj ET q 100 0 0 50 300 400 cm /P Do Q /OC /L BDC BT /F 12 Tf 60 120 Td (Lop mot) Tj ET EMC`;

/** Three pages: a font that is not in the file, one that nobody knows, a picture, a layer. A4, in points. */
export function letter(): Uint8Array {
  const page = (contents: number): string => `<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents ${contents} 0 R /Resources <</Font <</F 9 0 R /G 12 0 R>> /XObject <</P 10 0 R>> /Properties <</L 11 0 R>>>>>>`;
  return tablePdf([
    '<</Type /Catalog /Pages 2 0 R /OCProperties <</OCGs [11 0 R] /D <</ON [11 0 R]>>>>>>', '<</Type /Pages /Kids [3 0 R 4 0 R 5 0 R] /Count 3>>',
    page(6), page(7), page(8),
    stream('BT /F 14 Tf 100 750 Td (Trang mot) Tj ET'), stream(text2('2')), stream('BT /G 14 Tf 100 750 Td (Trang ba 12) Tj ET'),
    '<</Type /Font /Subtype /Type1 /BaseFont /Times-Roman /Encoding /WinAnsiEncoding>>', picture(128, 100), '<</Type /OCG /Name (Lop)>>',
    `<</Type /Font /Subtype /TrueType /BaseFont /.VnTime /FirstChar 32 /LastChar 126 /Widths [${'500 '.repeat(95)}] /Encoding /WinAnsiEncoding /FontDescriptor <</Type /FontDescriptor /FontName /.VnTime /Flags 32 /ItalicAngle 0 /Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 /FontBBox [0 -200 1000 800]>>>>`,
  ]);
}

/** The file with objects given anew, or added, by an update whose writer asks nobody whether it may. */
export function withObjects(pdf: Uint8Array, objects: Readonly<Record<number, string | Buffer>>): Uint8Array {
  const before = Buffer.from(pdf).toString('latin1');
  const previous = before.slice(before.lastIndexOf('startxref') + 9).trim().split(/\s/)[0];
  const trailer = before.slice(before.lastIndexOf('trailer'));
  const root = /\/Root (\d+ \d+ R)/.exec(trailer)?.[1];
  const size = Math.max(Number(/\/Size (\d+)/.exec(trailer)?.[1]), ...Object.keys(objects).map((num) => Number(num) + 1));
  const chunks: Buffer[] = [];
  const rows: string[] = [];
  let end = pdf.length;
  for (const [num, body] of Object.entries(objects)) {
    rows.push(`${num} 1\n${String(end).padStart(10, '0')} 00000 n\r\n`);
    const chunk = Buffer.concat([Buffer.from(`${num} 0 obj\n`), Buffer.from(body), Buffer.from('\nendobj\n')]);
    chunks.push(chunk);
    end += chunk.length;
  }
  const tail = `xref\n${rows.join('')}trailer\n<</Size ${size} /Root ${root} /Prev ${previous}>>\nstartxref\n${end}\n%%EOF\n`;
  return Buffer.concat([pdf, ...chunks, Buffer.from(tail)]);
}
