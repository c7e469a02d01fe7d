import { many, repeated, type HostileFile } from '../support/hostile-file.ts';
import { coverAll, createWriter, putOnePage, putSignature, putSignedPage, type Writer } from '../support/writer.ts';

const megabyte = 1024 * 1024;

function held(put: (pdf: Writer) => void, catalog = '/VT 7 0 R', later?: (pdf: Writer) => void): () => Buffer {
  return () => {
    const pdf = createWriter();
    const place = putSignedPage(pdf, { catalog });
    put(pdf);
    pdf.table();
    const end = pdf.at();
    if (later !== undefined) {
      later(pdf);
      pdf.table();
    }
    return coverAll(pdf.bytes(), place, end);
  };
}

/** Object streams 8 and 9 under a stream; `placed` says where each object is. */
function packed(eight: string, nine: string, placed: ReadonlyMap<number, readonly [number, number]>, dicts: readonly [string, string] = ['', '']): () => Buffer {
  return () => {
    const pdf = createWriter();
    putOnePage(pdf, { catalog: '/AcroForm 20 0 R /VT 21 0 R' });
    if (eight !== '') pdf.stream(8, `/Type /ObjStm /N 1 /First 5 ${dicts[0]}`, Buffer.from(eight));
    if (nine !== '') pdf.stream(9, `/Type /ObjStm /N 1 /First 5 ${dicts[1]}`, Buffer.from(nine));
    pdf.xrefStream(10, '', placed);
    return pdf.bytes();
  };
}

/** The same big object in each of a hundred revisions, in the place of a list that every revision is asked for. */
function again(num: number, body: string | Buffer, first: string): () => Buffer {
  return () => {
    const pdf = createWriter();
    const place = putSignedPage(pdf, { form: '/DR 9 0 R /VT 8 0 R', catalog: '/DSS 7 0 R' });
    pdf.object(7, '<</Certs 8 0 R>>');
    pdf.object(8, '[]');
    pdf.object(9, '<<>>');
    pdf.object(num, first);
    pdf.table();
    const end = pdf.at();
    pdf.object(num, body);
    pdf.table();
    for (let i = 0; i < 100; i += 1) {
      pdf.object(20, `(${i})`);
      pdf.table();
    }
    return coverAll(pdf.bytes(), place, end);
  };
}

const listOf = (count: number, text: (i: number) => string): Buffer => Buffer.concat([Buffer.from('['), repeated(count, text), Buffer.from(']')]);
const dictOf = (count: number): Buffer => Buffer.concat([Buffer.from('<<'), repeated(count, (i) => `/K${i} ${i} `), Buffer.from('>>')]);

export const objectFiles: readonly HostileFile[] = [
  { name: 'an object stream that contains itself', build: packed('8 0  null', '', new Map([[8, [8, 0]], [20, [8, 0]]])) },
  { name: 'two object streams that contain each other', build: packed('9 0  null', '8 0  null', new Map([[8, [9, 0]], [9, [8, 0]], [20, [8, 0]]])) },
  { name: 'an object stream whose /Length lies in it', build: packed('20 0 17', '', new Map([[20, [8, 0]]]), ['/Length 20 0 R', '']) },
  { name: 'an object stream whose /N and /First lie in it', build: () => packed('20 0 17', '', new Map([[20, [8, 0]]]), ['/N 20 0 R /First 20 0 R', ''])() },
  { name: 'an object stream whose /Filter is a list of itself', build: packed('20 0 [/FlateDecode 20 0 R]', '', new Map([[20, [8, 0]]]), ['/Filter 20 0 R', '']) },
  { name: 'a stream whose /Length is itself', build: held((pdf) => void pdf.stream(7, '', Buffer.from('x'), '7 0 R'), '/DSS 7 0 R') },
  { name: 'two streams that are each other\'s /Length', build: held((pdf) => { pdf.stream(7, '', Buffer.from('x'), '8 0 R'); pdf.stream(8, '', Buffer.from('x'), '7 0 R'); }, '/DSS 7 0 R') },
  { name: 'a chain of 5,000 streams, each the /Length of the one before', build: held((pdf) => { for (let i = 0; i < 5000; i += 1) pdf.stream(7 + i, '', Buffer.from('x'), `${8 + i} 0 R`); }, '/DSS 7 0 R') },
  { name: 'a stream with an absurd /Length', build: held((pdf) => void pdf.stream(7, '', Buffer.from('x'), '9007199254740990'), '/DSS 7 0 R') },
  { name: 'a stream with a negative /Length', build: held((pdf) => void pdf.stream(7, '', Buffer.from('x'), '-5'), '/DSS 7 0 R') },
  { name: 'numbers of ten million digits', build: held((pdf) => void pdf.object(7, `[${'9'.repeat(10 * many)} -${'.'.repeat(1000)}]`)) },
  { name: 'a hundred thousand numbers of a thousand digits', build: held((pdf) => void pdf.object(7, listOf(100_000, () => `${'9'.repeat(300)} `))) },
  { name: 'an object number of a thousand digits', build: held((pdf) => void pdf.object(7, `${'1'.repeat(1000)} 0 R`)) },
  { name: 'a comment of 100 MB in an object', build: held((pdf) => void pdf.object(7, Buffer.concat([Buffer.from('[ %'), Buffer.alloc(100 * megabyte, 'a'), Buffer.from('\n]')])), '/DSS 7 0 R') },
  { name: 'a comment of 100 MB between revisions', build: () => {
    const pdf = createWriter();
    const place = putSignedPage(pdf);
    pdf.table();
    const end = pdf.at();
    pdf.raw(Buffer.concat([Buffer.from('%'), Buffer.alloc(100 * megabyte, 'a'), Buffer.from('\n')]));
    pdf.object(20, '(x)');
    pdf.table();
    return coverAll(pdf.bytes(), place, end);
  } },
  { name: 'a comment of 100 MB after the cross-reference', build: () => {
    const pdf = createWriter();
    putOnePage(pdf);
    const at = pdf.raw('xref\n0 4\n0000000000 65535 f\r\n0000000015 00000 n\r\n0000000015 00000 n\r\n0000000015 00000 n\r\ntrailer\n<</Size 4 /Root 1 0 R>>\n');
    pdf.raw(Buffer.concat([Buffer.from('%'), Buffer.alloc(100 * megabyte, 'a'), Buffer.from('\n')]));
    pdf.end(at);
    return pdf.bytes();
  } },
  { name: 'a hexadecimal string of 50 MB', build: held((pdf) => void pdf.object(7, Buffer.concat([Buffer.from('<'), Buffer.alloc(50 * megabyte, '0'), Buffer.from('>')]))) },
  { name: 'a literal string of 30 MB', build: held((pdf) => void pdf.object(7, Buffer.concat([Buffer.from('('), Buffer.alloc(30 * megabyte, 'a'), Buffer.from(')')]))) },
  { name: 'a literal string of 30 MB of escapes', build: held((pdf) => void pdf.object(7, Buffer.concat([Buffer.from('('), Buffer.alloc(30 * megabyte, '\\)'), Buffer.from(')')]))) },
  { name: 'ten literal strings of 20 MB each', build: held((pdf) => { pdf.object(7, `[${Array.from({ length: 10 }, (_, i) => `${8 + i} 0 R`).join(' ')}]`); for (let i = 0; i < 10; i += 1) pdf.object(8 + i, Buffer.concat([Buffer.from('('), Buffer.alloc(20 * megabyte, 'a'), Buffer.from(')')])); }) },
  { name: 'one name with a million characters', build: held((pdf) => void pdf.object(7, `<</${'a'.repeat(many)} /${'#41'.repeat(many)}>>`)) },
  { name: 'one name with 30 million characters', build: held((pdf) => void pdf.object(7, Buffer.concat([Buffer.from('/'), Buffer.alloc(30 * megabyte, 'a')]))) },
  { name: 'a dictionary of a million entries', build: held((pdf) => void pdf.object(7, dictOf(many))) },
  { name: 'a catalog of a million entries', build: () => {
    const pdf = createWriter();
    putOnePage(pdf, { catalog: repeated(many, (i) => `/K${i} ${i} `).toString('latin1') });
    pdf.table();
    return pdf.bytes();
  } },
  { name: 'a trailer of a million entries', build: () => {
    const pdf = createWriter();
    putOnePage(pdf);
    pdf.table(repeated(many, (i) => `/K${i} ${i} `).toString('latin1'));
    return pdf.bytes();
  } },
  { name: 'a dictionary that says one key a million times', build: held((pdf) => void pdf.object(7, `<<${'/A 1 '.repeat(many)}>>`), '/DSS 7 0 R') },
  { name: 'an array of ten million numbers', build: held((pdf) => void pdf.object(7, listOf(10 * many, () => '0 '))) },
  { name: 'twenty arrays of a million numbers each', build: held((pdf) => { pdf.object(7, `[${Array.from({ length: 20 }, (_, i) => `${8 + i} 0 R`).join(' ')}]`); for (let i = 0; i < 20; i += 1) pdf.object(8 + i, listOf(many, () => '0 ')); }) },
  { name: 'two thousand arrays of 3,000 numbers each', build: held((pdf) => { pdf.object(7, `[${Array.from({ length: 2000 }, (_, i) => `${8 + i} 0 R`).join(' ')}]`); for (let i = 0; i < 2000; i += 1) pdf.object(8 + i, listOf(3000, (j) => `${j} `)); }) },
  { name: '500,000 objects, all of them in use', build: held((pdf) => { pdf.object(7, listOf(500_000, (i) => `${100 + i} 0 R `)); for (let i = 0; i < 500_000; i += 1) pdf.object(100 + i, `<</A ${i} /B (x)>>`); }, '/VT 7 0 R', (pdf) => void pdf.object(20, '(x)')) },
  { name: '300,000 objects in use, all of them replaced', build: held((pdf) => { pdf.object(7, listOf(300_000, (i) => `${100 + i} 0 R `)); for (let i = 0; i < 300_000; i += 1) pdf.object(100 + i, `<</A ${i} /B (x)>>`); }, '/VT 7 0 R', (pdf) => { for (let i = 0; i < 300_000; i += 1) pdf.object(100 + i, `<</A ${i} /B (y) /C [1 2 3 4 5 6]>>`); }) },
  { name: '200,000 entries that all lead to one object behind 30 MB of white space', build: () => {
    const pdf = createWriter();
    const place = putSignedPage(pdf, { catalog: '/VT 7 0 R' });
    pdf.object(7, listOf(1000, (i) => `${100 + i} 0 R `));
    pdf.table();
    const prev = Number(/startxref\n(\d+)/.exec(pdf.bytes().toString('latin1'))?.[1]);
    const white = pdf.at();
    pdf.raw(Buffer.alloc(30 * megabyte, ' '));
    pdf.raw('100 0 obj null endobj\n');
    const at = pdf.raw('xref\n100 1000\n');
    pdf.raw(`${String(white).padStart(10, '0')} 00000 n\r\n`.repeat(1000));
    pdf.raw(`trailer\n<</Size 1100 /Root 1 0 R /Prev ${prev}>>\n`);
    pdf.end(at);
    return coverAll(pdf.bytes(), place);
  } },
  { name: 'a list of a million fields that grows by one, then a hundred revisions', build: again(4, Buffer.concat([Buffer.from('<</Fields ['), repeated(many, () => '5 0 R '), Buffer.from(']>>')]), '<</Fields [5 0 R]>>') },
  { name: 'default resources of a million entries, then a hundred revisions', build: again(9, dictOf(many), '<<>>') },
  { name: 'a DSS list of a million entries, then a hundred revisions', build: again(8, listOf(many, (i) => `${1000 + i} 0 R `), '[]') },
  { name: 'a list of a million annotations before and after', build: held((pdf) => {
    pdf.object(3, '<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Annots 7 0 R>>');
    pdf.object(7, listOf(many, () => '5 0 R '));
  }, '', (pdf) => void pdf.object(7, listOf(many + 1, () => '5 0 R '))) },
  { name: 'a list of 100,000 new annotations', build: held((pdf) => void pdf.object(7, '[5 0 R]'), '', (pdf) => {
    pdf.object(8, '<</Type /Annot /Subtype /FreeText /Contents (x) /Rect [0 0 9 9]>>');
    pdf.object(3, Buffer.concat([Buffer.from('<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Annots [5 0 R '), repeated(100_000, () => '8 0 R '), Buffer.from(']>>')]));
  }) },
  { name: 'a DSS list of 50,000 references that comes back in reverse', build: held((pdf) => void pdf.object(7, Buffer.concat([Buffer.from('<</Certs '), listOf(50_000, (i) => `${1000 + i} 0 R `), Buffer.from('>>')])), '/DSS 7 0 R', (pdf) => void pdf.object(7, Buffer.concat([Buffer.from('<</Certs '), listOf(50_000, (i) => `${50_999 - i} 0 R `), Buffer.from('>>')]))) },
  { name: 'signatures with 16 MB of contents', build: () => {
    const pdf = createWriter();
    const place = putSignedPage(pdf, { contents: '0'.repeat(16 * megabyte - 4) });
    pdf.table();
    return coverAll(pdf.bytes(), place);
  } },
  { name: 'thirty fields that share a signature with 15 MB of contents', build: () => {
    const pdf = createWriter();
    const der = `3083${(7_000_000).toString(16).padStart(6, '0')}`;
    const place = putSignedPage(pdf, { contents: `${der}${'0'.repeat(15 * megabyte)}`.slice(0, 15 * megabyte) });
    for (let i = 0; i < 30; i += 1) pdf.object(20 + i, `<</T (f${i}) /FT /Sig /V 6 0 R>>`);
    pdf.object(4, `<</Fields [5 0 R ${Array.from({ length: 30 }, (_, i) => `${20 + i} 0 R`).join(' ')}]>>`);
    pdf.table();
    return coverAll(pdf.bytes(), place);
  } },
  { name: 'forty signatures with 5 MB of contents each', build: () => {
    const pdf = createWriter();
    putSignedPage(pdf);
    const der = `3083${(2_000_000).toString(16).padStart(6, '0')}`;
    const places = Array.from({ length: 40 }, (_, i) => {
      pdf.object(20 + i, `<</T (f${i}) /FT /Sig /V ${100 + i} 0 R>>`);
      return putSignature(pdf, 100 + i, der + '0'.repeat(5 * megabyte - 10));
    });
    pdf.object(4, `<</Fields [5 0 R ${Array.from({ length: 40 }, (_, i) => `${20 + i} 0 R`).join(' ')}]>>`);
    pdf.table();
    const bytes = pdf.bytes();
    for (const place of places) coverAll(bytes, place);
    return bytes;
  } },
  { name: 'a million signature fields that share one value', build: held((pdf) => {
    pdf.object(4, Buffer.concat([Buffer.from('<</Fields ['), repeated(many, (i) => `${100 + i} 0 R `), Buffer.from(']>>')]));
    for (let i = 0; i < many; i += 1) pdf.object(100 + i, `<</FT /Sig /T (${i}) /V 6 0 R>>`);
  }, '') },
  { name: '15,000 signature fields that share one value', build: held((pdf) => {
    pdf.object(4, Buffer.concat([Buffer.from('<</Fields ['), repeated(15_000, (i) => `${100 + i} 0 R `), Buffer.from(']>>')]));
    for (let i = 0; i < 15_000; i += 1) pdf.object(100 + i, `<</FT /Sig /T (${i}) /V 6 0 R>>`);
  }, '') },
  { name: '10,000 signatures', build: () => {
    const pdf = createWriter();
    putSignedPage(pdf);
    pdf.object(4, Buffer.concat([Buffer.from('<</Fields ['), repeated(10_000, (i) => `${100 + i} 0 R `), Buffer.from(']>>')]));
    const places = Array.from({ length: 10_000 }, (_, i) => {
      pdf.object(100 + i, `<</FT /Sig /T (${i}) /V ${20_000 + i} 0 R>>`);
      return putSignature(pdf, 20_000 + i, '3000'.repeat(50));
    });
    pdf.table();
    const bytes = pdf.bytes();
    for (const place of places) coverAll(bytes, place);
    return bytes;
  } },
  ...[
    '[0 9007199254740990 9007199254740990 9007199254740990]', '[0 1 99999999999999999999999999999 1]', `[0 ${'9'.repeat(400)} 5 5]`, '[-1 5 5 5]', `[${'0 '.repeat(many)}]`, '[0 1 2 9007199254740991]',
  ].map((range, i): HostileFile => ({ name: `a /ByteRange with huge numbers (${i + 1})`, build: held((pdf) => void pdf.object(6, `<</Type /Sig /SubFilter /adbe.pkcs7.detached /ByteRange ${range} /Contents <3000>>>`), '') })),
];
