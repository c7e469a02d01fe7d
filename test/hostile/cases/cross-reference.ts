import { deflateSync } from 'node:zlib';
import { many, repeated, type HostileFile } from '../support/hostile-file.ts';
import { coverAll, createWriter, putOnePage, putSignedPage, type Writer } from '../support/writer.ts';

const zeros = (megabytes: number): Buffer => deflateSync(Buffer.alloc(megabytes * 1024 * 1024), { level: 9 });

/** A page, then sections of one row each; `prev` of the i-th. */
function chain(count: number, prev: (i: number, offsets: readonly number[]) => number | null, page: (pdf: Writer) => void = putOnePage): Buffer {
  const pdf = createWriter();
  page(pdf);
  const offsets = [pdf.table()];
  for (let i = 1; i < count; i += 1) {
    const at = pdf.at();
    const before = prev(i, [...offsets.slice(-2), at]);
    offsets.push(pdf.raw(`xref\n0 1\n0000000000 65535 f\r\ntrailer\n<</Size 7 /Root 1 0 R${before === null ? '' : ` /Prev ${before}`}>>\nstartxref\n${at}\n%%EOF\n`));
    if (offsets.length > 4) offsets.shift();
  }
  return pdf.bytes();
}

/** A chain whose every section is a link to the one before. */
const linked = (count: number, page?: (pdf: Writer) => void): Buffer => chain(count, (_, offsets) => offsets.at(-2) ?? null, page);

function ownXrefStream(dict: (at: number) => string, data: Buffer): Buffer {
  const pdf = createWriter();
  putOnePage(pdf);
  const at = pdf.at();
  pdf.stream(9, `/Type /XRef /Root 1 0 R ${dict(at)}`, data);
  pdf.end(at);
  return pdf.bytes();
}

export const crossReferenceFiles: readonly HostileFile[] = [
  { name: 'a section whose /Prev is itself', build: () => chain(2, (_, offsets) => offsets.at(-1) ?? null) },
  {
    name: 'two sections that are each other\'s /Prev',
    build: () => {
      const pdf = createWriter();
      putOnePage(pdf);
      const first = pdf.at();
      const section = (prev: number): string => `xref\n0 1\n0000000000 65535 f\r\ntrailer\n<</Size 4 /Root 1 0 R /Prev ${String(prev).padStart(8, '0')}>>\n`;
      pdf.raw(section(first + section(0).length));
      pdf.end(pdf.raw(section(first)));
      return pdf.bytes();
    },
  },
  {
    name: 'a ring of 4,000 sections',
    build: () => {
      const pdf = createWriter();
      putOnePage(pdf);
      const length = 90;
      const start = pdf.at();
      for (let i = 0; i < 4000; i += 1) pdf.raw(`xref\n0 1\n0000000000 65535 f\r\ntrailer\n<</Size 4 /Root 1 0 R /Prev ${start + ((i + 1) % 4000) * length}>>`.padEnd(length, '\n'));
      pdf.end(start);
      return pdf.bytes();
    },
  },
  { name: 'a million end marks after the last', build: () => Buffer.concat([linked(1), repeated(many, () => 'startxref\n9\n%%EOF\n')]) },
  { name: 'a million revisions, each linked to the one before', build: () => linked(many) },
  { name: '1,000 revisions, the first of which claims a signature', build: () => linked(1000, (pdf) => void putSignedPage(pdf)) },
  { name: '127 revisions, the first of which claims a signature', build: () => linked(127, (pdf) => void putSignedPage(pdf)) },
  {
    name: '100 revisions of 40 sections each, joined as linearised ones are',
    build: () => {
      const pdf = createWriter();
      putSignedPage(pdf);
      let last = pdf.table();
      for (let i = 0; i < 100; i += 1) {
        // forty sections, the newest first: each /Prev but the last points forward
        const start = pdf.at();
        const length = 100;
        for (let j = 0; j < 40; j += 1) pdf.raw(`xref\n0 1\n0000000000 65535 f\r\ntrailer\n<</Size 7 /Root 1 0 R /Prev ${j < 39 ? start + (j + 1) * length : last}>>`.padEnd(length, '\n'));
        pdf.end(start);
        last = start;
      }
      return pdf.bytes();
    },
  },
  {
    name: 'a section of a million subsections',
    build: () => {
      const pdf = createWriter();
      putOnePage(pdf);
      pdf.table();
      const at = pdf.at();
      pdf.raw('xref\n');
      pdf.raw(repeated(many, (i) => `${i * 2 + 10} 1\n0000000015 00000 n\r\n`));
      pdf.raw(`trailer\n<</Size 3000000 /Root 1 0 R /Prev ${at}>>\n`);
      pdf.end(at);
      return pdf.bytes();
    },
  },
  { name: 'a section of three million empty subsections', build: () => {
    const pdf = createWriter();
    putOnePage(pdf);
    const at = pdf.at();
    pdf.raw(Buffer.concat([Buffer.from('xref\n'), repeated(3 * many, () => '5 0\n'), Buffer.from('trailer\n<</Size 4 /Root 1 0 R>>\n')]));
    pdf.end(at);
    return pdf.bytes();
  } },
  {
    name: 'a table of five million rows',
    build: () => {
      const pdf = createWriter();
      const place = putSignedPage(pdf);
      pdf.table();
      const before = pdf.at();
      const prev = Number(/startxref\n(\d+)/.exec(pdf.bytes().toString('latin1'))?.[1]);
      pdf.raw('xref\n100 5000000\n');
      pdf.raw(Buffer.from('0000000015 00000 n\r\n'.repeat(5 * many), 'latin1'));
      pdf.raw(`trailer\n<</Size 5000100 /Root 1 0 R /Prev ${prev}>>\n`);
      pdf.end(before);
      return coverAll(pdf.bytes(), place, before);
    },
  },
  { name: 'a table that claims 20 million rows and has none', build: () => {
    const pdf = createWriter();
    putOnePage(pdf);
    const at = pdf.raw('xref\n0 20000000\n');
    pdf.raw('trailer\n<</Size 20000000 /Root 1 0 R>>\n');
    pdf.end(at);
    return pdf.bytes();
  } },
  { name: 'a cross-reference stream of a million subsections', build: () => ownXrefStream(() => `/Size 4000000 /W [1 4 2] /Filter /FlateDecode /Index [${repeated(many, (i) => `${i * 2} 1 `).toString('latin1')}]`, zeros(8)) },
  { name: 'a cross-reference stream of 20 million entries of one byte', build: () => ownXrefStream(() => '/Size 20000000 /W [1 0 0] /Filter /FlateDecode', zeros(20)) },
  { name: 'a cross-reference stream of 500 MB of zeros', build: () => ownXrefStream(() => '/Size 20000000 /W [1 7 7] /Filter /FlateDecode', zeros(500)) },
  { name: 'a cross-reference stream with an absurd /Size', build: () => ownXrefStream(() => '/Size 99999999999999 /W [1 4 2]', Buffer.alloc(70)) },
  { name: 'a cross-reference stream with an absurd /Index', build: () => ownXrefStream(() => '/Size 9 /W [1 4 2] /Index [9007199254740990 9007199254740990]', Buffer.alloc(70)) },
  { name: 'a cross-reference stream with absurd /W', build: () => ownXrefStream(() => '/Size 9 /W [9007199254740991 9007199254740991 9007199254740991]', Buffer.alloc(70)) },
  { name: 'a cross-reference stream with /W of a million widths', build: () => ownXrefStream(() => `/Size 9 /W [1 4 2 ${'0 '.repeat(many)}]`, Buffer.alloc(70)) },
  { name: 'a cross-reference stream of rows without width', build: () => ownXrefStream(() => '/Size 2000000000 /W [0 0 0]', Buffer.alloc(7)) },
  {
    name: 'a cross-reference stream that says it lies inside itself',
    build: () => {
      const rows = Buffer.alloc(70);
      for (let i = 0; i < 10; i += 1) {
        rows[i * 7] = 2;
        rows.writeUInt32BE(9, i * 7 + 1);
        rows.writeUInt16BE(i, i * 7 + 5);
      }
      return ownXrefStream(() => '/Size 10 /W [1 4 2]', rows);
    },
  },
  { name: 'a cross-reference stream whose /Length is itself', build: () => {
    const pdf = createWriter();
    putOnePage(pdf);
    const at = pdf.stream(9, '/Type /XRef /Root 1 0 R /Size 10 /W [1 4 2]', Buffer.alloc(70), '9 0 R');
    pdf.end(at);
    return pdf.bytes();
  } },
  {
    name: 'sixty revisions that each claim a million entries of one byte',
    build: () => {
      const pdf = createWriter();
      const place = putSignedPage(pdf);
      let last = pdf.table();
      const signedUpTo = pdf.at();
      const rows = zeros(1);
      for (let i = 0; i < 60; i += 1) {
        const at = pdf.at();
        pdf.stream(9, `/Type /XRef /Root 1 0 R /Size 1000100 /W [1 0 0] /Index [100 1000000] /Prev ${last} /Filter /FlateDecode`, rows);
        pdf.end(at);
        last = at;
      }
      return coverAll(pdf.bytes(), place, signedUpTo);
    },
  },
  {
    name: '500 hybrid sections that share one stream of two million entries',
    build: () => {
      const pdf = createWriter();
      putSignedPage(pdf);
      let last = pdf.table();
      const shared = pdf.stream(9, '/Type /XRef /Root 1 0 R /Size 2000000 /W [1 0 0] /Index [100 1999900] /Filter /FlateDecode', zeros(2));
      for (let i = 0; i < 500; i += 1) {
        const at = pdf.raw(`xref\n0 1\n0000000000 65535 f\r\ntrailer\n<</Size 2000000 /Root 1 0 R /Prev ${last} /XRefStm ${shared}>>\n`);
        pdf.end(at);
        last = at;
      }
      return pdf.bytes();
    },
  },
  {
    name: '100,000 references looked up through 4,000 sections',
    build: () => {
      const pdf = createWriter();
      putSignedPage(pdf, { catalog: '/All 7 0 R' });
      pdf.object(7, Buffer.concat([Buffer.from('['), repeated(100_000, (i) => `${i + 1000} 0 R `), Buffer.from(']')]));
      let last = pdf.table();
      for (let i = 0; i < 30; i += 1) {
        const start = pdf.at();
        const length = 100;
        for (let j = 0; j < 130; j += 1) pdf.raw(`xref\n0 1\n0000000000 65535 f\r\ntrailer\n<</Size 7 /Root 1 0 R /Prev ${j < 129 ? start + (j + 1) * length : last}>>`.padEnd(length, '\n'));
        pdf.end(start);
        last = start;
      }
      return pdf.bytes();
    },
  },
  { name: 'a startxref past the end of the file', build: () => Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.from('startxref\n999999999999999\n%%EOF\n')]) },
  { name: 'a startxref of a thousand digits', build: () => Buffer.from(`%PDF-1.7\nstartxref\n${'9'.repeat(900)}\n%%EOF\n`) },
];
