import { deflateSync } from 'node:zlib';

/** Objects as text, written as a file of one revision. Object 1 is the catalog. */
export function tablePdf(objects: readonly (string | Buffer)[], trailerExtra = ''): Buffer {
  const chunks: Buffer[] = [Buffer.from('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n', 'latin1')];
  let at = chunks[0]!.length;
  const rows = ['0000000000 65535 f\r\n'];
  objects.forEach((object, i) => {
    rows.push(`${String(at).padStart(10, '0')} 00000 n\r\n`);
    const chunk = Buffer.concat([Buffer.from(`${i + 1} 0 obj\n`), Buffer.isBuffer(object) ? object : Buffer.from(object, 'latin1'), Buffer.from('\nendobj\n')]);
    chunks.push(chunk);
    at += chunk.length;
  });
  chunks.push(Buffer.from(`xref\n0 ${objects.length + 1}\n${rows.join('')}trailer\n<</Size ${objects.length + 1} /Root 1 0 R ${trailerExtra}>>\nstartxref\n${at}\n%%EOF\n`));
  return Buffer.concat(chunks);
}

/** The same objects in object streams of `perStream`, under a cross-reference stream. */
export function objectStreamPdf(objects: readonly string[], perStream: number): Buffer {
  const chunks: Buffer[] = [Buffer.from('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n', 'latin1')];
  let at = chunks[0]!.length;
  const streams = Math.ceil(objects.length / perStream);
  const size = objects.length + 1 + streams + 1;
  const rows = Buffer.alloc(size * 8);
  const row = (num: number, type: number, second: number, third: number): void => {
    rows[num * 8] = type;
    rows.writeUInt32BE(second, num * 8 + 1);
    rows.writeUIntBE(third, num * 8 + 5, 3);
  };
  for (let s = 0; s < streams; s += 1) {
    const part = objects.slice(s * perStream, (s + 1) * perStream);
    const offsets: string[] = [];
    let within = 0;
    part.forEach((object, i) => {
      offsets.push(`${s * perStream + i + 1} ${within}`);
      within += object.length + 1;
      row(s * perStream + i + 1, 2, objects.length + 1 + s, i);
    });
    const head = `${offsets.join(' ')}\n`;
    const data = deflateSync(Buffer.from(`${head}${part.join('\n')}\n`, 'latin1'));
    const num = objects.length + 1 + s;
    row(num, 1, at, 0);
    const chunk = Buffer.concat([Buffer.from(`${num} 0 obj\n<</Type /ObjStm /N ${part.length} /First ${head.length} /Filter /FlateDecode /Length ${data.length}>>\nstream\n`), data, Buffer.from('\nendstream\nendobj\n')]);
    chunks.push(chunk);
    at += chunk.length;
  }
  row(size - 1, 1, at, 0);
  const data = deflateSync(rows);
  chunks.push(Buffer.from(`${size - 1} 0 obj\n<</Type /XRef /Size ${size} /Root 1 0 R /W [1 4 3] /Filter /FlateDecode /Length ${data.length}>>\nstream\n`), data, Buffer.from(`\nendstream\nendobj\nstartxref\n${at}\n%%EOF\n`));
  return Buffer.concat(chunks);
}

/** Catalog, page tree and one page, whose entries can be added to. */
export function onePage(pageExtra = '', mediaBox = '[0 0 595 842]'): readonly string[] {
  return ['<</Type /Catalog /Pages 2 0 R>>', '<</Type /Pages /Kids [3 0 R] /Count 1>>', `<</Type /Page /Parent 2 0 R /MediaBox ${mediaBox} ${pageExtra}>>`];
}
