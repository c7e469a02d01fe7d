import type { DrawnForm } from '../../../src-main/signing/appearance/draw.ts';

/** A whole PDF of one page that shows the form at its own size: what outside judges can read. */
export function pageWithForm(form: DrawnForm, widthPt: number, heightPt: number): Buffer {
  const parts: Buffer[] = [Buffer.from('%PDF-1.7\n', 'latin1')];
  const offsets: number[] = [];
  const shift = 3;
  const resolve = (text: string): string => text.replace(/@@(\d+)@@/g, (_, id: string) => `${Number(id) + shift} 0 R`);
  const add = (id: number, text: string, stream: Uint8Array | null): void => {
    offsets[id] = parts.reduce((sum, part) => sum + part.length, 0);
    parts.push(Buffer.from(`${id} 0 obj\n${text}\n`, 'latin1'));
    if (stream !== null) parts.push(Buffer.from('stream\n', 'latin1'), Buffer.from(stream), Buffer.from('\nendstream\n', 'latin1'));
    parts.push(Buffer.from('endobj\n', 'latin1'));
  };
  const content = Buffer.from('/Form Do', 'latin1');
  const contentId = shift + Math.max(...form.objects.map((object) => object.localId)) + 1;
  add(1, '<< /Type /Catalog /Pages 2 0 R >>', null);
  add(2, '<< /Type /Pages /Kids [3 0 R] /Count 1 >>', null);
  add(3, `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${widthPt} ${heightPt}] /Resources << /XObject << /Form ${form.rootLocalId + shift} 0 R >> >> /Contents ${contentId} 0 R >>`, null);
  for (const object of form.objects) add(object.localId + shift, resolve(object.stream === null ? (object.value ?? 'null') : object.dict), object.stream);
  add(contentId, `<< /Length ${content.length} >>`, content);
  const start = parts.reduce((sum, part) => sum + part.length, 0);
  const rows = Array.from({ length: contentId }, (_, index) => `${String(offsets[index + 1]).padStart(10, '0')} 00000 n \n`).join('');
  parts.push(Buffer.from(`xref\n0 ${contentId + 1}\n0000000000 65535 f \n${rows}trailer\n<< /Size ${contentId + 1} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`, 'latin1'));
  return Buffer.concat(parts);
}
