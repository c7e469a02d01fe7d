import { deflateSync } from 'node:zlib';

/** A PDF put together by hand, lies included: nothing is checked, and what is not asked for is not written. */
export type Writer = {
  readonly at: () => number;
  readonly raw: (bytes: string | Buffer) => number;
  /** Returns its offset; the next section has a row for it. */
  readonly object: (num: number, body: string | Buffer) => number;
  /** `length`: what /Length says, where that is not the data's own. */
  readonly stream: (num: number, dict: string, data: Buffer, length?: string) => number;
  /** A table of all objects since the last section, with its trailer and end mark. */
  readonly table: (trailer?: string) => number;
  /** The same as a cross-reference stream of the number `num`; `packed`: object → [container, index]. */
  readonly xrefStream: (num: number, extra?: string, packed?: ReadonlyMap<number, readonly [number, number]>) => number;
  readonly end: (startXref: number) => void;
  readonly bytes: () => Buffer;
};

export function createWriter(start: Buffer = Buffer.from('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n', 'latin1')): Writer {
  const chunks: Buffer[] = [start];
  let at = start.length;
  let offsets = new Map<number, number>();
  let size = 1;
  let previous: number | null = null;
  const last = start.subarray(Math.max(0, start.length - 1024)).toString('latin1').lastIndexOf('startxref');
  if (last >= 0) {
    previous = Number(/startxref\s+(\d+)/.exec(start.subarray(Math.max(0, start.length - 1024)).toString('latin1').slice(last))?.[1]);
    size = Math.max(...[...start.toString('latin1').matchAll(/\/Size (\d+)/g)].map((match) => Number(match[1])));
  }
  const raw = (bytes: string | Buffer): number => {
    const chunk = typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes;
    chunks.push(chunk);
    at += chunk.length;
    return at - chunk.length;
  };
  const object = (num: number, body: string | Buffer): number => {
    offsets.set(num, at);
    size = Math.max(size, num + 1);
    const start = raw(`${num} 0 obj\n`);
    raw(body);
    raw('\nendobj\n');
    return start;
  };
  const stream = (num: number, dict: string, data: Buffer, length = String(data.length)): number => {
    offsets.set(num, at);
    size = Math.max(size, num + 1);
    const start = raw(`${num} 0 obj\n<<${dict} /Length ${length}>>\nstream\n`);
    raw(data);
    raw('\nendstream\nendobj\n');
    return start;
  };
  const end = (startXref: number): void => {
    raw(`startxref\n${startXref}\n%%EOF\n`);
    previous = startXref;
    offsets = new Map();
  };
  const runs = (): readonly (readonly number[])[] => {
    const out: number[][] = [];
    for (const num of [...offsets.keys()].sort((a, b) => a - b)) {
      const run = out.at(-1);
      if (run !== undefined && run.at(-1) === num - 1) run.push(num);
      else out.push([num]);
    }
    return out;
  };
  return {
    at: () => at, raw, object, stream, end,
    table: (trailer = '') => {
      const lines = [`xref\n`];
      if (previous === null) lines.push('0 1\n0000000000 65535 f\r\n');
      for (const run of runs()) lines.push(`${run[0]} ${run.length}\n${run.map((num) => `${String(offsets.get(num)).padStart(10, '0')} 00000 n\r\n`).join('')}`);
      const start = raw(lines.join(''));
      raw(`trailer\n<</Size ${size} /Root 1 0 R${previous === null ? '' : ` /Prev ${previous}`} ${trailer}>>\n`);
      end(start);
      return start;
    },
    xrefStream: (num, extra = '', packed = new Map()) => {
      offsets.set(num, at);
      for (const each of [num, ...packed.keys()]) size = Math.max(size, each + 1);
      const rows: Buffer[] = [];
      const index: number[] = [];
      for (const each of [...offsets.keys(), ...packed.keys()].sort((a, b) => a - b)) {
        const row = Buffer.alloc(9);
        const held = packed.get(each);
        row[0] = held === undefined ? 1 : 2;
        row.writeUInt32BE(held?.[0] ?? offsets.get(each) ?? 0, 1);
        row.writeUInt32BE(held?.[1] ?? 0, 5);
        rows.push(row);
        index.push(each, 1);
      }
      const data = deflateSync(Buffer.concat(rows));
      const start = raw(`${num} 0 obj\n<</Type /XRef /Size ${size} /W [1 4 4] /Index [${index.join(' ')}] /Root 1 0 R${previous === null ? '' : ` /Prev ${previous}`} /Filter /FlateDecode ${extra} /Length ${data.length}>>\nstream\n`);
      raw(data);
      raw('\nendstream\nendobj\n');
      end(start);
      return start;
    },
    bytes: () => Buffer.concat(chunks),
  };
}

/** Objects 1 to 3: catalog (with `catalog` added), page tree, one page (with `page` added). */
export function putOnePage(pdf: Writer, { catalog = '', page = '' }: { readonly catalog?: string; readonly page?: string } = {}): void {
  pdf.object(1, `<</Type /Catalog /Pages 2 0 R ${catalog}>>`);
  pdf.object(2, '<</Type /Pages /Kids [3 0 R] /Count 1>>');
  pdf.object(3, `<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] ${page}>>`);
}

/** The page's usual companions for a file that claims a signature: form 4, field and widget 5, signature 6. */
export function putSignedPage(pdf: Writer, { catalog = '', page = '', contents = '3000', form = '' }: { readonly catalog?: string; readonly page?: string; readonly contents?: string; readonly form?: string } = {}): SignaturePlace {
  putOnePage(pdf, { catalog: `/AcroForm 4 0 R ${catalog}`, page: `/Annots [5 0 R] ${page}` });
  pdf.object(4, `<</Fields [5 0 R] /SigFlags 3 ${form}>>`);
  pdf.object(5, '<</Type /Annot /Subtype /Widget /FT /Sig /T (ky) /Rect [10 10 100 60] /P 3 0 R /F 132 /V 6 0 R>>');
  return putSignature(pdf, 6, contents);
}

export type SignaturePlace = { readonly range: number; readonly gapStart: number; readonly gapEnd: number };

const rangeText = (numbers: readonly number[]): string => `[${numbers.map((each) => String(each).padStart(10, '0')).join(' ')}]`;

/** A signature dictionary whose range is filled in by `coverAll`. `contents`: hex. */
export function putSignature(pdf: Writer, num: number, contents: string): SignaturePlace {
  const head = `<</Type /Sig /Filter /Adobe.PPKLite /SubFilter /adbe.pkcs7.detached /M (D:20260102030405+07'00') /ByteRange ${rangeText([0, 0, 0, 0])} /Contents <`;
  const start = pdf.object(num, Buffer.concat([Buffer.from(head), Buffer.from(contents, 'latin1'), Buffer.from('>>>')]));
  const body = start + `${num} 0 obj\n`.length;
  return { range: body + head.indexOf('[0'), gapStart: body + head.length - 1, gapEnd: body + head.length + contents.length + 1 };
}

/** The file's bytes with the signature's range over all of them (or up to `end`). */
export function coverAll(bytes: Buffer, place: SignaturePlace, end = bytes.length): Buffer {
  bytes.write(rangeText([0, place.gapStart, place.gapEnd, end - place.gapEnd]), place.range, 'latin1');
  return bytes;
}
