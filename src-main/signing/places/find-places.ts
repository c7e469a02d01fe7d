import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { RectMm } from '../../../src-shared/contract/signing.ts';
import { fail, ok } from '../../../src-shared/result.ts';
import type { Result } from '../../../src-shared/result.ts';
import type { Places } from '../../ports/signing.ts';
import { preparedNames } from '../form.ts';
import { findDateBlanks, findNumberBlank } from './blanks.ts';
import type { Blank, DateBlanks } from './blanks.ts';
import { readFields } from './fields.ts';
import type { FieldPlace } from './fields.ts';
import { findSignature } from './find-signature.ts';
import { joinLines } from './lines.ts';
import { openDocument, type PageSource } from './open-document.ts';
import { readGlyphs } from './read-glyphs.ts';
import { sealOver } from './seal.ts';
import { viewOf } from './view.ts';
import type { PageView } from './view.ts';

type Proposal = NonNullable<Places['seal']>;
type ReadPage = { readonly number: number; readonly fields: readonly FieldPlace[]; readonly signature: Blank | null };

/** A letter's number stands on its first page, its signer on the last or before an annex: pages between are not read. */
const pagesAtEachEnd = 3;

/**
 * Where number, date, the leader's image and the seal belong, from the document's own fields if it was prepared, else from its own text.
 * Errors: `file.empty`, `pdf.not-pdf`, `pdf.encrypted`, `pdf.broken`, `pdf.no-pages`.
 */
export async function findPlaces(input: PageSource): Promise<Result<Places>> {
  const opened = await openDocument(input);
  if (!opened.ok) return opened;
  try {
    return ok(await read(opened.value));
  } catch (error) {
    // pdf.js hands over what it stumbles on in a damaged page as an exception that it does not export
    if (error instanceof Error && error.name === 'UnknownErrorException') return fail('pdf.broken', { reason: error.message.slice(0, 120) });
    throw error;
  } finally {
    await opened.value.loadingTask.destroy();
  }
}

async function read(document: PDFDocumentProxy): Promise<Places> {
  const views: PageView[] = [];
  const pages: ReadPage[] = [];
  let number: Blank | null = null;
  let date: DateBlanks = { day: null, month: null, year: null };
  for (let index = 1; index <= document.numPages; index++) {
    const page = await document.getPage(index);
    const view = viewOf(page);
    views.push(view);
    if (index <= pagesAtEachEnd || index > document.numPages - pagesAtEachEnd) {
      const lines = joinLines(await readGlyphs(page, view.toMm));
      if (index === 1) {
        number = findNumberBlank(lines, view.heightMm);
        date = findDateBlanks(lines, view.heightMm);
      }
      pages.push({ number: index, fields: await readFields(page, view.toMm), signature: findSignature(lines, view.widthMm, view.heightMm) });
    }
    page.cleanup();
  }
  const field = (name: string): Proposal | null => {
    for (const page of pages) for (const one of page.fields) if (one.name === name) return { page: page.number, rect: one.rect, confidence: 1 };
    return null;
  };
  const first = (blank: Blank | null): Proposal | null => blank && { page: 1, ...blank };
  const signature = field(preparedNames.leader) ?? bestOf(pages);
  return {
    pages: views.map(({ widthMm, heightMm }) => ({ widthMm, heightMm })),
    signature,
    seal: field(preparedNames.seal) ?? sealFor(signature, pages, views),
    number: field(preparedNames.number) ?? first(number),
    day: field(preparedNames.day) ?? first(date.day),
    month: field(preparedNames.month) ?? first(date.month),
    year: field(preparedNames.year) ?? first(date.year),
    prepared: field(preparedNames.number) !== null && field(preparedNames.seal) !== null,
  };
}

/** The surest block; of equals the first, because annexes come after the document that they belong to. */
function bestOf(pages: readonly ReadPage[]): Proposal | null {
  let best: Proposal | null = null;
  for (const { number, signature } of pages) if (signature !== null && signature.confidence > (best?.confidence ?? 0)) best = { page: number, ...signature };
  return best;
}

/** Over the leader's own image where one is on the page already, else over the place proposed for it. */
function sealFor(signature: Proposal | null, pages: readonly ReadPage[], views: readonly PageView[]): Proposal | null {
  const signed = pages.flatMap((page) => page.fields.filter((field) => field.signature).map((field) => ({ page: page.number, rect: field.rect, confidence: 0.95 })));
  const over = signed.find((one) => signature === null || (one.page === signature.page && overlap(one.rect, signature.rect))) ?? signature ?? signed[0];
  const view = views[(over?.page ?? 0) - 1];
  if (over === undefined || over === null || view === undefined) return null;
  return { page: over.page, rect: sealOver(over.rect, view), confidence: over.confidence };
}

function overlap(a: RectMm, b: RectMm): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}
