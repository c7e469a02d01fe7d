import type { ByteSource } from '../ports/bytes.ts';
import { AppFailure } from '../../src-shared/result.ts';
import { checkHistory, openPdf, type Page, type PdfFile, type PdfRef } from '../pdf/index.ts';
import { isClosed } from './certified.ts';
import { unwrap } from './form-objects.ts';
import { listFields, type Field } from './form.ts';

export type OpenedForSigning = { readonly file: PdfFile; readonly fields: readonly Field[]; readonly signatures: number };

/** Beyond this the page of a widget that does not say /P is not searched for. */
const maxSearchedPages = 500;

/** Throws `AppFailure`: what `openPdf` refuses, and `pdf.certified-no-changes`. */
export function openForSigning(input: ByteSource): OpenedForSigning {
  const file = unwrap(openPdf(input));
  checkHistory(file);
  const fields = listFields(file, file.catalog);
  if (isClosed(file, fields)) throw new AppFailure('pdf.certified-no-changes');
  return { file, fields, signatures: countSignatures(fields) };
}

export function countSignatures(fields: readonly Field[]): number {
  return fields.filter((field) => field.type === 'Sig' && field.isFilled).length;
}

/** Page `number` counts from 1. Throws `AppFailure(pdf.no-such-page)`. */
export function readPage(file: PdfFile, number: number): Page {
  const page = file.findPage(number - 1);
  if (page === null) throw new AppFailure('pdf.no-such-page', { pages: file.pageCount, page: number });
  return page;
}

/** The page that a widget is on, by its /P or by the pages' own lists; null when none claims it. */
export function findPageOf(file: PdfFile, widget: PdfRef): Page | null {
  for (let index = 0; index < Math.min(file.pageCount, maxSearchedPages); index += 1) {
    const page = file.findPage(index);
    if (page !== null && holdsWidget(file, page, widget)) return page;
  }
  return null;
}

export function holdsWidget(file: PdfFile, page: Page, widget: PdfRef): boolean {
  const annots = file.get(page.dict, 'Annots');
  return annots.kind === 'array' && annots.items.some((item) => item.kind === 'ref' && item.num === widget.num);
}
