import { createHash } from 'node:crypto';
import type pdfmakeModule from 'pdfmake';
import type { Content, TDocumentDefinitions } from 'pdfmake/interfaces.js';
import { fontName, fontOf, type FontStyle } from '../signing/appearance/fonts.ts';
import { paperOf, type Orientation } from './paper.ts';
import { tableLayouts } from './tables.ts';

export type PrintedFile = {
  /** Plain ASCII: it becomes a file's name on every system. */
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly mediaType: string;
  readonly description: string;
  /** ISO 19005-3 6.8: what the file is to the page that carries it. */
  readonly relationship: 'Source' | 'Data' | 'Supplement';
};

export type PrintedDocument = {
  readonly title: string;
  readonly subject: string;
  /** What made it, with its version. */
  readonly creator: string;
  /** The moment that the content is of; null where it has none. Never the moment of printing: the same content gives the same bytes. */
  readonly at: Date | null;
  readonly orientation: Orientation;
  readonly content: readonly Content[];
  /** Stands at the foot of every page. */
  readonly foot: (page: number, pages: number) => Content;
  readonly files: readonly PrintedFile[];
};

/** What pdfmake 0.3 keeps to itself and its types do not tell; the version is exact in package.json, and test/print fails when one of these moves. */
type Inner = {
  readonly info: Record<string, string | Date>;
  _id: Buffer;
  _addInfo: () => void;
  readonly appendXML: (xml: string) => void;
};

const fontStyles = { normal: 'regular', bold: 'bold', italics: 'italic' } as const satisfies Record<string, FontStyle>;

/**
 * Pages by NĐ 30/2020 as PDF/A-3b, with everything that they need inside. Nothing is fetched and no file is read: fonts come from memory, and both doors
 * of pdfmake are shut. Loaded when the first page is printed.
 */
export async function printDocument(document: PrintedDocument): Promise<Uint8Array> {
  const pdfmake = await loadPdfmake();
  const paper = paperOf(document.orientation);
  const definition: TDocumentDefinitions = {
    ...setting(document),
    pageMargins: [paper.left, paper.top, paper.right, paper.bottom],
    header: paper.head,
    footer: document.foot,
    content: [...document.content],
  };
  const made = pdfmake.createPdf(definition);
  const pages = await made.getStream();
  for (const file of document.files) pages.file(Buffer.from(file.bytes), attachmentOf(file, document.at) as never);
  settle(pages as unknown as Inner, document, [document.content, document.files.map(({ name, bytes }) => [name, createHash('sha256').update(bytes).digest('hex')])]);
  return made.getBuffer();
}

/** What is drawn by whoever opened it, page by page. `identity`: everything that the pages are made from. `tagged`: it has a structure tree, and all that is drawn stands in it or is marked as an artifact. */
export type OpenedDocument = Omit<PrintedDocument, 'content' | 'foot' | 'files'> & { readonly identity: readonly unknown[]; readonly tagged: boolean };

/**
 * The same pages without pdfmake's layout, which holds every page until the last one is made (20,000 rows of ten columns: 2.1 GB and 22 s without a breath).
 * The first page is there; a page is let go when the next one is begun.
 */
export async function openDocument(document: OpenedDocument): Promise<{ readonly pages: unknown; readonly finish: () => Promise<Uint8Array> }> {
  const pdfmake = await loadPdfmake();
  const made = pdfmake.createPdf({ ...setting(document), pageMargins: 0, tagged: document.tagged, content: [] });
  const pages = await made.getStream();
  for (const style of Object.values(fontStyles)) (pages as unknown as { readonly registerFont: (name: string, bytes: Buffer) => void }).registerFont(style, Buffer.from(fontOf(style).bytes));
  return {
    pages,
    finish: () => {
      settle(pages as unknown as Inner, document, document.identity);
      return made.getBuffer();
    },
  };
}

function setting(document: Omit<PrintedDocument, 'content' | 'foot' | 'files'>): Omit<TDocumentDefinitions, 'content'> {
  return {
    version: '1.7',
    subset: 'PDF/A-3b',
    language: 'vi',
    displayTitle: true,
    pageSize: 'A4',
    pageOrientation: document.orientation,
    defaultStyle: { font: family, fontSize: 12, lineHeight: 1.15 },
    info: { title: document.title, subject: document.subject, creator: document.creator, producer: document.creator, ...(document.at === null ? {} : { creationDate: document.at, modDate: document.at }) },
  };
}

function attachmentOf({ name, mediaType, description, relationship }: PrintedFile, at: Date | null): object {
  return { name, type: mediaType, description, relationship, ...(at === null ? {} : { creationDate: at, modifiedDate: at }) };
}

/** pdfkit takes the clock for its date and its identifier, and writes text into XMP as it is. */
function settle(inner: Inner, { at, title, subject, creator }: Omit<PrintedDocument, 'content' | 'foot' | 'files'>, made: readonly unknown[]): void {
  if (at === null) delete inner.info['CreationDate'];
  const identity = createHash('sha256').update(JSON.stringify([title, subject, creator, at, ...made]));
  inner._id = identity.digest().subarray(0, 16);
  const day = at === null ? null : `${at.toISOString().slice(0, 19)}Z`;
  inner._addInfo = () => inner.appendXML(`
    <rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/">
      ${day === null ? '' : `<xmp:CreateDate>${day}</xmp:CreateDate><xmp:ModifyDate>${day}</xmp:ModifyDate>`}
      <xmp:CreatorTool>${escapeXml(creator)}</xmp:CreatorTool>
    </rdf:Description>
    <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
      <dc:title><rdf:Alt><rdf:li xml:lang="x-default">${escapeXml(title)}</rdf:li></rdf:Alt></dc:title>
      <dc:description><rdf:Alt><rdf:li xml:lang="x-default">${escapeXml(subject)}</rdf:li></rdf:Alt></dc:description>
      <dc:language><rdf:Bag><rdf:li>vi</rdf:li></rdf:Bag></dc:language>
    </rdf:Description>
    <rdf:Description rdf:about="" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"><pdf:Producer>${escapeXml(creator)}</pdf:Producer></rdf:Description>`);
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

type Pdfmake = typeof pdfmakeModule;
const family = 'Tinos';
let loading: Promise<Pdfmake> | null = null;

function loadPdfmake(): Promise<Pdfmake> {
  loading ??= import('pdfmake').then(({ default: pdfmake }) => {
    const { virtualfs } = pdfmake as unknown as { readonly virtualfs: { readonly writeFileSync: (name: string, bytes: Buffer) => void } };
    for (const style of Object.values(fontStyles)) virtualfs.writeFileSync(fontName(style), Buffer.from(fontOf(style).bytes));
    pdfmake.setFonts({ [family]: Object.fromEntries(Object.entries(fontStyles).map(([name, style]) => [name, fontName(style)])) });
    pdfmake.setTableLayouts(tableLayouts);
    pdfmake.setUrlAccessPolicy(() => false);
    pdfmake.setLocalAccessPolicy(() => false);
    return pdfmake;
  });
  return loading;
}
