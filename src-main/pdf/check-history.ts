import { AppFailure } from '../../src-shared/result.ts';
import { broken } from './fault.ts';
import { openPdf, type PdfFile } from './file.ts';
import { clipSource } from './window.ts';

/**
 * Every state that the file was saved in opens by itself, by the very sections that the whole file has for it. A verifier reads them one by one: a signature
 * over a history that it cannot follow would never be judged. Throws `AppFailure(pdf.broken)`.
 */
export function checkHistory(file: PdfFile): void {
  let earlier: PdfFile | undefined;
  for (const revision of file.revisions.slice(0, -1)) {
    const opened = openPdf(clipSource(file.source, revision.end), earlier);
    if (!opened.ok) throw opened.error.code === 'pdf.broken' ? new AppFailure('pdf.broken', opened.error.params) : broken('một lần lưu trước của tệp không mở được');
    const skipped = file.sections.length - opened.value.sections.length;
    const isSame = opened.value.startXref === revision.startXref && skipped >= 0 && opened.value.sections.every(({ offset }, i) => offset === file.sections[i + skipped]?.offset);
    if (!isSame) throw broken('một lần lưu trước của tệp có hai cách đọc');
    earlier = opened.value;
  }
}
