import { createPdfWriter, writeTable } from './make-pdf.ts';

const linesAPage = 40;
const chapterPages = 10;

/** A document of `pages` A4 pages of text, a chapter every ten pages in its outline, and a link on each page to the next. */
export function makePagesPdf(path: string, pages = 100): void {
  const writer = createPdfWriter(path);
  const firstPage = 4;
  const chapters = Math.ceil(pages / chapterPages);
  const firstChapter = firstPage + pages * 3;
  const outline = firstChapter + chapters;
  const pageId = (index: number): number => firstPage + index * 3;
  writer.object(1, `<< /Type /Catalog /Pages 2 0 R /Outlines ${outline} 0 R >>`);
  writer.object(2, `<< /Type /Pages /Kids [${Array.from({ length: pages }, (_, index) => `${pageId(index)} 0 R`).join(' ')}] /Count ${pages} >>`);
  writer.object(3, '<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >>');
  for (let index = 0; index < pages; index++) {
    const id = pageId(index);
    const next = pageId(Math.min(pages - 1, index + 1));
    const content = Buffer.from(textOf(index + 1), 'latin1');
    writer.object(id, `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F 3 0 R >> >> /Contents ${id + 1} 0 R /Annots [${id + 2} 0 R] >>`);
    writer.object(id + 1, `<< /Length ${content.length} >>`, content);
    writer.object(id + 2, `<< /Type /Annot /Subtype /Link /Rect [70 30 200 50] /Border [0 0 0] /Dest [${next} 0 R /XYZ null null null] >>`);
  }
  for (let chapter = 0; chapter < chapters; chapter++) {
    const id = firstChapter + chapter;
    const before = chapter > 0 ? ` /Prev ${id - 1} 0 R` : '';
    const after = chapter < chapters - 1 ? ` /Next ${id + 1} 0 R` : '';
    writer.object(id, `<< /Title (Chuong ${chapter + 1}) /Parent ${outline} 0 R${before}${after} /Dest [${pageId(chapter * chapterPages)} 0 R /XYZ null null null] >>`);
  }
  writer.object(outline, `<< /Type /Outlines /First ${firstChapter} 0 R /Last ${firstChapter + chapters - 1} 0 R /Count ${chapters} >>`);
  writeTable(writer, outline + 1, 1);
  writer.close();
}

/** Each page carries its own number in words that stand nowhere else. */
function textOf(page: number): string {
  const lines = Array.from({ length: linesAPage }, (_, line) => `(${line === 0 ? `Trang so ${page} dau trang${page}x` : `Dong ${line + 1}: noi dung van ban duoc doc lai tren man hinh, khong can tai ca tep ve.`}) Tj T*`);
  return `BT /F 13 Tf 18 TL 70 780 Td ${lines.join('\n')} ET`;
}
