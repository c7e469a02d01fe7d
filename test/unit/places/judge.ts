import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A word of the page in millimetres from its top left, as pdftotext sees it. */
export type Word = { readonly text: string; readonly left: number; readonly right: number; readonly top: number; readonly bottom: number };

const mm = 25.4 / 72;

/** Words of one page by a program that shares no code with ours. */
export function wordsOf(pdf: Uint8Array, page: number): readonly Word[] {
  const folder = mkdtempSync(join(tmpdir(), 'van-thu-places-'));
  try {
    const path = join(folder, 'page.pdf');
    writeFileSync(path, pdf);
    const out = execFileSync('pdftotext', ['-bbox', '-f', String(page), '-l', String(page), path, '-'], { encoding: 'utf8', maxBuffer: 1 << 26 });
    return [...out.matchAll(/<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">(.*?)<\/word>/g)].map((match) => ({
      text: (match[5] ?? '').normalize('NFC'),
      left: Number(match[1]) * mm,
      top: Number(match[2]) * mm,
      right: Number(match[3]) * mm,
      bottom: Number(match[4]) * mm,
    }));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
