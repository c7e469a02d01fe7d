import './pdfjs-global.ts';
import { PDFFindController } from 'pdfjs-dist/web/pdf_viewer.mjs';
import { foldBar } from './fold-bar.ts';

type Match = { readonly index: number; readonly length: number };

/**
 * pdf.js' search, with the bar of đ folded as well: it strips combining marks by itself, but đ (U+0111) has no decomposition
 * (src-shared/domain/fold.ts). The fold is one character for one, so its positions stay true.
 */
export class FoldingFindController extends PDFFindController {
  override match(query: string | string[], pageContent: string, pageIndex: number): Match[] | undefined {
    const folded = typeof query === 'string' ? foldBar(query) : query.map(foldBar);
    return super.match(folded, foldBar(pageContent), pageIndex) as Match[] | undefined;
  }

  /** False once every page has been read and none holds a word: a scan. */
  mayHaveText(pages: number): boolean {
    const contents = this._pageContents as readonly (string | undefined)[];
    const read = contents.filter((content) => content !== undefined);
    return read.length < pages || read.some((content) => content.trim() !== '');
  }
}
