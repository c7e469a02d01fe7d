import { deflateSync } from 'node:zlib';
import { many, repeated, type HostileFile } from '../support/hostile-file.ts';
import { coverAll, createWriter, putOnePage, putSignedPage } from '../support/writer.ts';

const deep = 100_000;

function held(body: Buffer | string, catalog = '/VT 7 0 R'): Buffer {
  const pdf = createWriter();
  const place = putSignedPage(pdf, { catalog });
  pdf.object(7, body);
  pdf.table();
  return coverAll(pdf.bytes(), place);
}

/** A page tree from object 10 on, given as its nodes. */
function pageTree(nodes: readonly string[]): Buffer {
  const pdf = createWriter();
  const place = putSignedPage(pdf);
  pdf.object(1, '<</Type /Catalog /Pages 10 0 R /AcroForm 4 0 R>>');
  nodes.forEach((node, i) => pdf.object(10 + i, node));
  pdf.table();
  return coverAll(pdf.bytes(), place);
}

function fieldTree(roots: string, nodes: readonly (string | Buffer)[]): Buffer {
  const pdf = createWriter();
  const place = putSignedPage(pdf);
  pdf.object(4, `<</Fields [5 0 R ${roots}] /SigFlags 3>>`);
  nodes.forEach((node, i) => pdf.object(10 + i, node));
  pdf.table();
  return coverAll(pdf.bytes(), place);
}

export const nestingFiles: readonly HostileFile[] = [
  { name: 'an array 100,000 deep', build: () => held('['.repeat(deep) + ']'.repeat(deep)) },
  { name: 'a dictionary 100,000 deep', build: () => held('<</A '.repeat(deep) + 'null' + '>>'.repeat(deep)) },
  { name: 'an array that is opened a million times', build: () => held('['.repeat(many)) },
  { name: 'a catalog 100,000 deep', build: () => { const pdf = createWriter(); putOnePage(pdf, { catalog: `/VT ${'['.repeat(deep)}${']'.repeat(deep)}` }); pdf.table(); return pdf.bytes(); } },
  { name: 'a literal string with a million brackets', build: () => held(`(${'('.repeat(many)}${')'.repeat(many)})`) },
  { name: 'a string that is never closed, of 60 MB', build: () => held(Buffer.concat([Buffer.from('('), Buffer.alloc(60 * 1024 * 1024, 'a')])) },
  { name: 'a trailer 100,000 deep', build: () => { const pdf = createWriter(); putOnePage(pdf); pdf.table(`/VT ${'['.repeat(deep)}${']'.repeat(deep)}`); return pdf.bytes(); } },
  { name: 'a page tree 100,000 deep', build: () => pageTree([...Array.from({ length: deep }, (_, i) => `<</Type /Pages /Count 1 /Kids [${11 + i} 0 R]>>`), '<</Type /Page /MediaBox [0 0 9 9]>>']) },
  { name: 'a page tree whose kid is its parent', build: () => pageTree(['<</Type /Pages /Count 9 /Kids [11 0 R]>>', '<</Type /Pages /Count 9 /Kids [10 0 R]>>']) },
  { name: 'a page tree that is its own kid', build: () => pageTree(['<</Type /Pages /Count 1000000000 /Kids [10 0 R 10 0 R]>>']) },
  { name: 'a page tree of a million kids that count nothing', build: () => pageTree([`<</Type /Pages /Count 5000 /Kids [${'11 0 R '.repeat(many)}]>>`, '<</Type /Pages /Count 0 /Kids []>>']) },
  { name: 'a page tree of a million times the same page', build: () => pageTree([`<</Type /Pages /Count 1000000 /Kids [${'3 0 R '.repeat(many)}]>>`]) },
  {
    name: 'a page tree of thirty levels, each of which names the next one twice',
    build: () => pageTree([...Array.from({ length: 30 }, (_, i) => `<</Type /Pages /Count ${2 ** (30 - i)} /Kids [${11 + i} 0 R ${11 + i} 0 R]>>`), '<</Type /Page /MediaBox [0 0 9 9]>>']),
  },
  { name: 'a page tree that claims 9,007,199,254,740,991 pages', build: () => pageTree(['<</Type /Pages /Count 9007199254740991 /Kids [3 0 R]>>']) },
  {
    name: 'five thousand pages that share a list of a million annotations',
    build: () => {
      const pdf = createWriter();
      const place = putSignedPage(pdf);
      pdf.object(2, `<</Type /Pages /Count 5000 /Kids [${Array.from({ length: 5000 }, (_, i) => `${100 + i} 0 R`).join(' ')}]>>`);
      for (let i = 0; i < 5000; i += 1) pdf.object(100 + i, '<</Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Annots 9 0 R>>');
      pdf.object(5, '<</Type /Annot /Subtype /Widget /FT /Sig /T (ky) /Rect [10 10 100 60] /F 132 /V 6 0 R>>');
      pdf.object(9, Buffer.concat([Buffer.from('['), repeated(many, () => '3 0 R '), Buffer.from(']')]));
      pdf.table();
      return coverAll(pdf.bytes(), place);
    },
  },
  { name: 'a field tree 100,000 deep', build: () => fieldTree('10 0 R', Array.from({ length: deep }, (_, i) => `<</T (a) /Kids [${11 + i} 0 R]>>`)) },
  { name: 'a field that is its own kid', build: () => fieldTree('10 0 R', ['<</T (a) /Kids [10 0 R]>>']) },
  { name: 'a field whose kid is its parent', build: () => fieldTree('10 0 R', ['<</T (a) /Kids [11 0 R]>>', '<</T (b) /Parent 10 0 R /Kids [10 0 R]>>']) },
  { name: 'thirty levels of direct fields that name one list again and again', build: () => fieldTree('<</T (a) /Kids 10 0 R>>', [`[${'<</T (a) /Kids 10 0 R>> '.repeat(100)}]`]) },
  { name: 'a field with a million kids that have no name', build: () => fieldTree('10 0 R', [Buffer.concat([Buffer.from('<</T (a) /FT /Tx /Kids ['), repeated(many, (i) => `${1000 + i} 0 R `), Buffer.from(']>>')])]) },
  { name: 'a million fields', build: () => fieldTree('10 0 R', [Buffer.concat([Buffer.from('<</T (a) /FT /Tx /Kids ['), repeated(many, (i) => `${(i % 2) + 11} 0 R `), Buffer.from(']>>')]), '<</T (x)>>', '<</T (y)>>']) },
  {
    name: 'names of a megabyte over 15,000 fields',
    build: () => {
      const pdf = createWriter();
      const place = putSignedPage(pdf);
      pdf.object(4, '<</Fields [5 0 R 9 0 R] /SigFlags 3>>');
      pdf.object(9, `<</T (${'a'.repeat(many)}) /FT /Sig /Kids [${Array.from({ length: 15_000 }, (_, i) => `${100 + i} 0 R`).join(' ')}]>>`);
      for (let i = 0; i < 15_000; i += 1) pdf.object(100 + i, `<</T (${i}) /Parent 9 0 R /V 6 0 R>>`);
      pdf.table();
      return coverAll(pdf.bytes(), place);
    },
  },
  {
    name: '100 revisions over a form of 15,000 fields',
    build: () => {
      const pdf = createWriter();
      const place = putSignedPage(pdf);
      pdf.object(4, `<</Fields [5 0 R ${Array.from({ length: 15_000 }, (_, i) => `${100 + i} 0 R`).join(' ')}] /SigFlags 3>>`);
      for (let i = 0; i < 15_000; i += 1) pdf.object(100 + i, `<</T (f${i}) /FT /Tx>>`);
      pdf.table();
      const end = pdf.at();
      for (let i = 0; i < 100; i += 1) {
        pdf.object(100, `<</T (f0) /FT /Tx /V (${i})>>`);
        pdf.table();
      }
      return coverAll(pdf.bytes(), place, end);
    },
  },
  {
    name: 'a structure tree of 900,000 elements',
    build: () => {
      const pdf = createWriter();
      const place = putSignedPage(pdf, { catalog: '/StructTreeRoot 10 0 R /MarkInfo <</Marked true>>' });
      const count = 900_000;
      pdf.object(10, Buffer.concat([Buffer.from('<</Type /StructTreeRoot /ParentTree 11 0 R /K ['), repeated(count, (i) => `${20 + i} 0 R `), Buffer.from(']>>')]));
      pdf.object(11, '<</Nums []>>');
      for (let i = 0; i < count; i += 1) pdf.object(20 + i, '<</S /P /P 10 0 R>>');
      pdf.table();
      const end = pdf.at();
      pdf.object(11, '<</Nums [0 10 0 R]>>');
      pdf.table();
      return coverAll(pdf.bytes(), place, end);
    },
  },
  {
    name: 'a structure tree of 200,000 elements, each the kid of the one before',
    build: () => {
      const pdf = createWriter();
      const place = putSignedPage(pdf, { catalog: '/StructTreeRoot 10 0 R /MarkInfo <</Marked true>>' });
      for (let i = 0; i < 200_000; i += 1) pdf.object(10 + i, i === 0 ? '<</Type /StructTreeRoot /K 11 0 R /ParentTree 9 0 R>>' : `<</S /P /P ${9 + i} 0 R /K ${11 + i} 0 R>>`);
      pdf.object(9, '<</Kids [9 0 R]>>');
      pdf.table();
      const end = pdf.at();
      pdf.object(9, '<</Kids [9 0 R 9 0 R]>>');
      pdf.table();
      return coverAll(pdf.bytes(), place, end);
    },
  },
  {
    name: 'a parent tree whose node names itself a hundred times',
    build: () => {
      const pdf = createWriter();
      const place = putSignedPage(pdf, { catalog: '/StructTreeRoot 10 0 R /MarkInfo <</Marked true>>' });
      pdf.object(9, `<</Kids [${'9 0 R '.repeat(100)}]>>`);
      pdf.object(10, '<</Type /StructTreeRoot /K 11 0 R /ParentTree 9 0 R>>');
      pdf.object(11, '<</S /P /P 10 0 R>>');
      pdf.table();
      const end = pdf.at();
      pdf.object(11, '<</S /P /P 10 0 R /K 12 0 R>>');
      pdf.table();
      return coverAll(pdf.bytes(), place, end);
    },
  },
  { name: 'a chain of 100,000 references', build: () => {
    const pdf = createWriter();
    const place = putSignedPage(pdf, { catalog: '/DSS 10 0 R' });
    for (let i = 0; i < deep; i += 1) pdf.object(10 + i, `${11 + i} 0 R`);
    pdf.table();
    return coverAll(pdf.bytes(), place);
  } },
  { name: 'a compressed object 100,000 deep', build: () => {
    const pdf = createWriter();
    putOnePage(pdf, { catalog: '/AcroForm 10 0 R' });
    pdf.stream(8, '/Type /ObjStm /N 1 /First 5 /Filter /FlateDecode', deflateSync(Buffer.from(`10 0 ${'['.repeat(deep)}`)));
    pdf.xrefStream(9, '', new Map([[10, [8, 0]]]));
    return pdf.bytes();
  } },
];
