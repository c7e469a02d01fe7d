import { deflateSync } from 'node:zlib';
import { createPdfWriter, writeTable } from './make-pdf.ts';

const objects = 300_000;
const page = '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << >> /Contents 4 0 R >>';
const content = Buffer.from('0 0 0 rg 72 72 200 1 re f', 'latin1');
/** About as long as the objects of a tagged document, so that 300,000 of them make 32 MB. */
const element = (id: number): string => `<< /S /P /P ${id - 1} 0 R /K ${id} /Lang (vi-VN) /Note (${String(id).padStart(10, '0')}) >>`;

/** One page and 300,000 objects, each of its own, found by a classic table: 32 MB. */
export function makeObjectsPdf(path: string): void {
  const writer = createPdfWriter(path);
  writer.object(1, '<< /Type /Catalog /Pages 2 0 R >>');
  writer.object(2, '<< /Type /Pages /Kids [3 0 R] /Count 1 >>');
  writer.object(3, page);
  writer.object(4, `<< /Length ${content.length} >>`, content);
  for (let id = 5; id < objects; id++) writer.object(id, element(id));
  writeTable(writer, objects, 1);
  writer.close();
}

/** The same document as word processors write it today: objects packed by 200 in object streams, found by one cross-reference stream. */
export function makeObjectStreamsPdf(path: string): void {
  const packed = 200;
  const writer = createPdfWriter(path);
  const bodies = new Map([[1, '<< /Type /Catalog /Pages 2 0 R >>'], [2, '<< /Type /Pages /Kids [3 0 R] /Count 1 >>'], [3, page]]);
  writer.object(4, `<< /Length ${content.length} >>`, content);
  const size = objects + Math.ceil(objects / packed) + 1;
  const rows = Buffer.alloc(size * 7);
  const row = (id: number, type: number, where: number, index: number): void => {
    rows[id * 7] = type;
    rows.writeUInt32BE(where, id * 7 + 1);
    rows.writeUInt16BE(index, id * 7 + 5);
  };
  row(0, 0, 0, 65535);
  row(4, 1, writer.offsetOf(4), 0);
  let next = objects;
  for (let from = 1; from < objects; from += packed) {
    const ids = Array.from({ length: Math.min(packed, objects - from) }, (_, index) => from + index).filter((id) => id !== 4);
    let head = '';
    let body = '';
    for (const [index, id] of ids.entries()) {
      head += `${id} ${body.length} `;
      body += `${bodies.get(id) ?? element(id)} `;
      row(id, 2, next, index);
    }
    const stream = deflateSync(Buffer.from(head + body, 'latin1'), { level: 1 });
    writer.object(next, `<< /Type /ObjStm /N ${ids.length} /First ${head.length} /Filter /FlateDecode /Length ${stream.length} >>`, stream);
    row(next, 1, writer.offsetOf(next), 0);
    next++;
  }
  const start = writer.position();
  row(next, 1, start, 0);
  const table = deflateSync(rows.subarray(0, (next + 1) * 7));
  writer.object(next, `<< /Type /XRef /Size ${next + 1} /W [1 4 2] /Root 1 0 R /Filter /FlateDecode /Length ${table.length} >>`, table);
  writer.raw(`startxref\n${start}\n%%EOF\n`);
  writer.close();
}
