import { ok, type Result } from '../../../src-shared/result.ts';
import { joinLines, splitColumns } from './lines.ts';
import { openDocument, type PageSource } from './open-document.ts';
import { readGlyphs } from './read-glyphs.ts';
import { viewOf } from './view.ts';

/** A stamp stands in the head; a page that is all text has no more lines than these. */
const maxLines = 300;

/** The first page as it is seen, a line a line, columns set apart by a wide gap: a stamp is a cell of its own there, and a word of a sentence is none. Errors: those of `openDocument`. */
export async function readFirstPage(input: PageSource): Promise<Result<{ readonly text: string }>> {
  const opened = await openDocument(input);
  if (!opened.ok) return opened;
  try {
    const page = await opened.value.getPage(1);
    const lines = joinLines(await readGlyphs(page, viewOf(page).toMm)).slice(0, maxLines);
    page.cleanup();
    return ok({ text: lines.map((line) => splitColumns(line).map(({ text }) => text).join('      ')).join('\n') });
  } finally {
    await opened.value.loadingTask.destroy();
  }
}
