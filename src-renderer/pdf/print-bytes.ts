import { getDocument, VerbosityLevel } from 'pdfjs-dist';
import { warmUp } from './open.ts';
import { printPages } from './print.ts';

/** Prints a PDF that lies here whole, and is on no screen. False when it cannot be drawn. */
export async function printBytes(bytes: Uint8Array): Promise<boolean> {
  // A copy: pdf.js gives what it gets to its worker for good
  const task = getDocument({ data: Uint8Array.from(bytes), worker: warmUp(), enableXfa: false, verbosity: VerbosityLevel.ERRORS });
  try {
    return await printPages(await task.promise, () => undefined, new AbortController().signal);
  } catch {
    // The person is told, and can save it instead
    return false;
  } finally {
    await task.destroy();
  }
}
