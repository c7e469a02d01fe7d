import { deflateSync } from 'node:zlib';
import { repeated, type HostileFile } from '../support/hostile-file.ts';
import { coverAll, createWriter, putOnePage, putSignedPage, type Writer } from '../support/writer.ts';

const zeros = (megabytes: number): Buffer => deflateSync(Buffer.alloc(megabytes * 1024 * 1024), { level: 9 });
const stacked = (megabytes: number, times: number): Buffer => {
  let data = zeros(megabytes);
  for (let i = 1; i < times; i += 1) data = deflateSync(data, { level: 9 });
  return data;
};

/** Objects 10 to 13 in an object stream that unpacks to `megabytes` of white space. */
function packed(content: Buffer, dict = '/Filter /FlateDecode', n = 4, first = 20): Buffer {
  const pdf = createWriter();
  putOnePage(pdf, { catalog: '/VT 10 0 R /AcroForm 11 0 R' });
  pdf.stream(8, `/Type /ObjStm /N ${n} /First ${first} ${dict}`, content);
  pdf.xrefStream(9, '', new Map([10, 11, 12, 13].map((num, i) => [num, [8, i] as const])));
  return pdf.bytes();
}

/** The picture of a signature that is filled in after another one was made. */
function appearance(put: (pdf: Writer, num: number) => void): (materials: { readonly signed: Buffer }) => Buffer {
  return () => {
    const pdf = createWriter();
    const place = putSignedPage(pdf);
    pdf.object(7, '<</Type /Annot /Subtype /Widget /FT /Tx /T (o) /Rect [0 0 90 90] /P 3 0 R /AP <</N 8 0 R>>>>');
    put(pdf, 8);
    pdf.object(4, '<</Fields [5 0 R 7 0 R] /SigFlags 3>>');
    pdf.object(3, '<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Annots [5 0 R 7 0 R] /Contents 8 0 R>>');
    pdf.table();
    const end = pdf.at();
    pdf.object(7, '<</Type /Annot /Subtype /Widget /FT /Tx /T (o) /V (x) /Rect [0 0 90 90] /P 3 0 R /AP <</N 9 0 R>>>>');
    put(pdf, 9);
    pdf.object(10, '<</Type /Annot /Subtype /Widget /FT /Sig /T (trong) /Rect [0 0 590 840] /P 3 0 R /AP <</N 9 0 R>>>>');
    pdf.object(4, '<</Fields [5 0 R 7 0 R 10 0 R] /SigFlags 3>>');
    pdf.object(3, '<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Annots [5 0 R 7 0 R 10 0 R] /Contents 8 0 R>>');
    pdf.table();
    return coverAll(pdf.bytes(), place, end);
  };
}

export function store(put: (pdf: Writer, num: number, i: number) => void, count: number): () => Buffer {
  return () => {
    const pdf = createWriter();
    const place = putSignedPage(pdf, { catalog: '/DSS 7 0 R' });
    for (let i = 0; i < count; i += 1) put(pdf, 100 + i, i);
    const refs = repeated(count, (i) => `${100 + i} 0 R `).toString('latin1');
    pdf.object(7, `<</Certs [${refs}] /OCSPs [${refs}] /CRLs [${refs}]>>`);
    pdf.table();
    return coverAll(pdf.bytes(), place);
  };
}

const asciiHex = (megabytes: number): Buffer => Buffer.alloc(megabytes * 1024 * 1024, '0');
/** Each pair of bytes stands for 128. */
const runLength = (megabytes: number): Buffer => Buffer.alloc((megabytes * 1024 * 1024) / 64, Buffer.from([129, 0]));

export const compressionFiles: readonly HostileFile[] = [
  { name: 'an object stream of 1 GB of zeros', build: () => packed(zeros(1024)) },
  { name: 'an object stream deflated three times, 300 MB at the end', build: () => packed(stacked(300, 3), '/Filter [/FlateDecode /FlateDecode /FlateDecode]') },
  { name: 'an object stream deflated eight times', build: () => packed(stacked(200, 8), `/Filter [${'/FlateDecode '.repeat(8)}]`) },
  { name: 'an object stream with a thousand filters', build: () => packed(zeros(1), `/Filter [${'/FlateDecode '.repeat(1000)}]`) },
  { name: 'an object stream of 100 MB with an index of 33 million', build: () => packed(deflateSync(Buffer.alloc(100 * 1024 * 1024, '1 0 ')), '/Filter /FlateDecode', 26_000_000, 100 * 1024 * 1024) },
  { name: 'an object stream of run lengths, 128 MB', build: () => packed(runLength(128), '/Filter /RunLengthDecode') },
  { name: 'an object stream of hexadecimal digits, 40 MB', build: () => packed(asciiHex(40), '/Filter /ASCIIHexDecode') },
  { name: 'an object stream of LZW', build: () => packed(Buffer.alloc(1024 * 1024, 0x80), '/Filter /LZWDecode') },
  { name: 'a predictor with absurd columns', build: () => packed(zeros(30), '/Filter /FlateDecode /DecodeParms <</Predictor 12 /Columns 16777215 /Colors 16777215 /BitsPerComponent 16777215>>') },
  { name: 'a predictor of one-byte rows over 100 MB', build: () => packed(zeros(100), '/Filter /FlateDecode /DecodeParms <</Predictor 15 /Columns 1>>') },
  { name: 'a TIFF predictor over 100 MB', build: () => packed(zeros(100), '/Filter /FlateDecode /DecodeParms <</Predictor 2 /Columns 16000000>>') },
  {
    name: 'forty object streams of 30 MB each, asked for in turn',
    build: () => {
      const pdf = createWriter();
      const data = deflateSync(Buffer.concat([Buffer.from('1000 0 1001 5 '.padEnd(20)), Buffer.alloc(30 * 1024 * 1024, ' '), Buffer.from('(a)')]));
      const place = putSignedPage(pdf, { catalog: `/VT [${Array.from({ length: 80 }, (_, i) => `${1000 + i} 0 R`).join(' ')}]` });
      const held = new Map<number, readonly [number, number]>();
      for (let i = 0; i < 40; i += 1) {
        const head = `${1000 + i} 0 ${1040 + i} 0 `.padEnd(20);
        pdf.stream(100 + i, '/Type /ObjStm /N 2 /First 20 /Filter /FlateDecode', i === 0 ? data : deflateSync(Buffer.concat([Buffer.from(head), Buffer.alloc(30 * 1024 * 1024, ' '), Buffer.from('(a)')]), { level: 1 }));
        held.set(1000 + i, [100 + i, 0]).set(1040 + i, [100 + i, 1]);
      }
      pdf.xrefStream(9, '', held);
      return coverAll(pdf.bytes(), place);
    },
  },
  { name: 'a content stream and a picture of 1 GB of zeros', build: appearance((pdf, num) => void pdf.stream(num, '/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Filter /FlateDecode', zeros(1024))) },
  { name: 'a picture of 60 MB of letters that look like operators', build: appearance((pdf, num) => void pdf.stream(num, '/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Filter /FlateDecode', deflateSync(Buffer.alloc(30 * 1024 * 1024, '(Tj TJ Do) <<<< ')))) },
  { name: 'a DSS stream of 1 GB of zeros', build: store((pdf, num) => void pdf.stream(num, '/Filter /FlateDecode', zeros(1024)), 1) },
  { name: 'a DSS of fifty streams of 60 MB each', build: () => {
    const data = zeros(60);
    return store((pdf, num) => void pdf.stream(num, '/Filter /FlateDecode', data), 50)();
  } },
  { name: 'a DSS stream of 150 MB that is not compressed', build: store((pdf, num) => void pdf.stream(num, '', Buffer.alloc(150 * 1024 * 1024)), 1) },
];
