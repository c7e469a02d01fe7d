import { closeSync, openSync, writeSync } from 'node:fs';

/** Writes a PDF object by object, keeping offsets; 1 MiB is gathered before it goes to the disk. */
export type PdfWriter = {
  readonly object: (id: number, body: string, stream?: Uint8Array) => void;
  readonly offsetOf: (id: number) => number;
  readonly position: () => number;
  readonly raw: (bytes: string | Uint8Array) => void;
  readonly close: () => void;
};

export function createPdfWriter(path: string): PdfWriter {
  const file = openSync(path, 'w');
  const offsets: number[] = [];
  let pending: Buffer[] = [];
  let pendingBytes = 0;
  let written = 0;
  const flush = (): void => {
    writeSync(file, Buffer.concat(pending));
    written += pendingBytes;
    pending = [];
    pendingBytes = 0;
  };
  const raw = (bytes: string | Uint8Array): void => {
    const part = typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    pending.push(part);
    pendingBytes += part.length;
    if (pendingBytes > 1 << 20) flush();
  };
  raw('%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n');
  return {
    object: (id, body, stream) => {
      offsets[id] = written + pendingBytes;
      raw(`${id} 0 obj\n${body}\n`);
      if (stream !== undefined) {
        raw('stream\n');
        raw(stream);
        raw('\nendstream\n');
      }
      raw('endobj\n');
    },
    offsetOf: (id) => offsets[id] ?? 0,
    position: () => written + pendingBytes,
    raw,
    close: () => {
      flush();
      closeSync(file);
    },
  };
}

/** ISO 32000-2 7.5.4: the classic table, and the trailer after it. */
export function writeTable(writer: PdfWriter, size: number, root: number): void {
  const start = writer.position();
  writer.raw(`xref\n0 ${size}\n0000000000 65535 f \n`);
  for (let id = 1; id < size; id++) writer.raw(`${String(writer.offsetOf(id)).padStart(10, '0')} 00000 n \n`);
  writer.raw(`trailer\n<< /Size ${size} /Root ${root} 0 R >>\nstartxref\n${start}\n%%EOF\n`);
}
