import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { RectMm } from '../../../src-shared/contract/signing.ts';
import { ok, type Result } from '../../../src-shared/result.ts';
import { findSignature, type Block } from './find-signature.ts';
import { findHead, type Head } from './find-head.ts';
import { joinLines } from './lines.ts';
import { openDocument, type PageSource } from './open-document.ts';
import { readGlyphs } from './read-glyphs.ts';
import { readInk } from './read-ink.ts';
import { sealOver } from './seal.ts';
import { viewOf, type PageView } from './view.ts';

/** What is on a page already, and the lines of its head that a mark stands beneath. */
export type PageRoom = { readonly page: number; readonly widthMm: number; readonly heightMm: number; readonly ink: readonly RectMm[]; readonly head: Head };

/** A sheet of A4 at 600 dpi. Where that takes longer than a page has, a person says where the mark goes. */
const maxImagePixels = 40_000_000;

/** The first page and, where there are more, the last one. Errors as `findPlaces`. */
export async function findRoom(input: PageSource): Promise<Result<readonly PageRoom[]>> {
  const opened = await openDocument(input, { maxImagePixels });
  if (!opened.ok) return opened;
  try {
    const rooms: PageRoom[] = [];
    for (const number of new Set([1, opened.value.numPages])) rooms.push(await readRoom(opened.value, number));
    return ok(rooms);
  } finally {
    await opened.value.loadingTask.destroy();
  }
}

async function readRoom(document: PDFDocumentProxy, number: number): Promise<PageRoom> {
  const page = await document.getPage(number);
  const view = viewOf(page);
  const lines = joinLines(await readGlyphs(page, view.toMm));
  const ink = [...(await readInk(page, view.toMm, view)), ...keptFor(findSignature(lines, view.widthMm, view.heightMm), view)];
  page.cleanup();
  return { page: number, widthMm: view.widthMm, heightMm: view.heightMm, ink, head: findHead(lines, view.heightMm) };
}

/** A mark may come before the signer: his place and the seal's stay free. */
function keptFor(block: Block | null, view: PageView): readonly RectMm[] {
  return block === null ? [] : [block.rect, sealOver(block.rect, view)];
}
