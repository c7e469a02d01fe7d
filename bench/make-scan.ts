import { randomFillSync } from 'node:crypto';
import { createPdfWriter, writeTable } from './make-pdf.ts';

/** A grey page at about 215 dpi, one byte a pixel, not compressed: 5,000,000 bytes. */
const image = { width: 2000, height: 2500 } as const;

/** A scan, one image a page: 100 pages are 500 MB that no compression makes smaller. */
export function makeScanPdf(path: string, pages = 100): void {
  const writer = createPdfWriter(path);
  const kids = Array.from({ length: pages }, (_, index) => `${3 + index * 3} 0 R`).join(' ');
  writer.object(1, '<< /Type /Catalog /Pages 2 0 R >>');
  writer.object(2, `<< /Type /Pages /Kids [${kids}] /Count ${pages} >>`);
  const content = Buffer.from('q 595 0 0 842 0 0 cm /Im Do Q', 'latin1');
  for (let index = 0; index < pages; index++) {
    const id = 3 + index * 3;
    const pixels = randomFillSync(Buffer.alloc(image.width * image.height));
    writer.object(id, `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /XObject << /Im ${id + 2} 0 R >> >> /Contents ${id + 1} 0 R >>`);
    writer.object(id + 1, `<< /Length ${content.length} >>`, content);
    writer.object(id + 2, `<< /Type /XObject /Subtype /Image /Width ${image.width} /Height ${image.height} /ColorSpace /DeviceGray /BitsPerComponent 8 /Length ${pixels.length} >>`, pixels);
  }
  writeTable(writer, 3 + pages * 3, 1);
  writer.close();
}
