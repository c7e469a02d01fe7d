import type { ByteSource } from '../ports/bytes.ts';
import type { DrawRequest, IssueTexts, Layer } from '../ports/signing.ts';
import { ok, type Result } from '../../src-shared/result.ts';
import type { Page, PdfFile } from '../pdf/index.ts';
import type { Drawn } from './form-objects.ts';
import { drawIssue } from './issue.ts';
import { writeLayer } from './layer.ts';
import { drawSignature } from './sign.ts';
import type { Finish } from './write-signature.ts';

/** Past this a field's page is not searched for, as in signing itself. */
const maxSearchedPages = 500;

/** Ký duyệt as it will look: everything is done but the last act. Throws `AppFailure`. */
export function previewSignature(input: ByteSource, request: DrawRequest): Promise<Result<readonly Layer[]>> {
  return layersOf(request.place?.page ?? 1, (finish) => drawSignature(input, request, finish));
}

/** Phát hành as it will look. Throws `AppFailure`. */
export function previewIssue(input: ByteSource, request: DrawRequest & IssueTexts): Promise<Result<readonly Layer[]>> {
  return layersOf(request.place?.page ?? 1, (finish) => drawIssue(input, request, finish));
}

/** One layer for each page that something is drawn on; `likely` is the number of the first of them. */
export async function layersOf(likely: number, draw: (finish: Finish) => Promise<Result<unknown>>): Promise<Result<readonly Layer[]>> {
  const pages = new Map<number, Drawn[]>();
  const done = await draw(async (_, draft, __, { name: field }) => {
    for (const drawn of draft.drawn) {
      const number = numberOf(draft.file, drawn.page, likely);
      pages.set(number, [...(pages.get(number) ?? []), drawn]);
    }
    return ok({ tail: new Uint8Array(0), field });
  });
  if (!done.ok) return done;
  return ok(await Promise.all([...pages].map(async ([page, drawn]) => ({ page, pdf: await writeLayer(drawn) }))));
}

function numberOf(file: PdfFile, page: Page, likely: number): number {
  if (file.findPage(likely - 1)?.num === page.num) return likely;
  for (let index = 0; index < Math.min(file.pageCount, maxSearchedPages); index += 1) if (file.findPage(index)?.num === page.num) return index + 1;
  throw new Error('something was drawn on a page that the document does not have');
}
