import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { repairText, type TextRun } from '../../../src-renderer/pdf/repair-text.ts';
import { foldedWords } from '../../../src-shared/domain/fold.ts';

const fixture = (name: string): string => fileURLToPath(new URL(`../../fixtures/pdf/${name}.pdf`, import.meta.url));

async function textOf(name: string, repair: (runs: readonly TextRun[]) => readonly TextRun[]): Promise<string> {
  const task = getDocument({ data: new Uint8Array(readFileSync(fixture(name))), verbosity: 0 });
  const pdf = await task.promise;
  const pages: string[] = [];
  for (let number = 1; number <= pdf.numPages; number++) {
    const { items } = await (await pdf.getPage(number)).getTextContent({ disableNormalization: true });
    pages.push(repair(items as unknown as readonly TextRun[]).map((run) => run.str + (run.hasEOL ? '\n' : '')).join(''));
  }
  await task.destroy();
  return pages.join('\n');
}

/** How many of the judge's words we read as well, each counted once for each time it stands there. */
function share(ours: readonly string[], judge: readonly string[]): number {
  const left = new Map<string, number>();
  for (const word of ours) left.set(word, (left.get(word) ?? 0) + 1);
  const met = judge.filter((word) => {
    const count = left.get(word) ?? 0;
    left.set(word, count - 1);
    return count > 0;
  });
  return met.length / judge.length;
}

const asPrinted: Readonly<Record<string, readonly string[]>> = {
  'quyet-dinh': ['CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', 'Độc lập - Tự do - Hạnh phúc', 'Ban hành Quy chế tiếp nhận, xử lý, phát hành và quản lý văn bản điện tử', 'MƯỜNG LAI'],
  'cong-van-xa': ['TỈNH QUẢNG NGÃI', 'Sở Khoa học và Công nghệ tỉnh Quảng Ngãi', '100% văn bản đi của xã (trừ văn bản mật)', 'hướng dẫn./.'],
  'bao-cao-quy': ['Kết quả gửi, nhận văn bản điện tử và tỷ lệ ký số quý III năm 2026', 'Trần Thị Xuân'],
  'giay-moi': ['GIẤY MỜI', 'trụ sở Ủy ban nhân dân xã./.'],
  'phu-luc': [],
  'giay-moi-chromium': ['Tủa Chùa, ngày', 'Nơi nhận:', 'Họp triển khai ký số trên phần mềm quản lý văn bản'],
};

describe('the words of a page that was written in two fonts', () => {
  for (const [name, phrases] of Object.entries(asPrinted)) {
    test(`${name}.pdf is read in the order in which it is seen`, async () => {
      const text = await textOf(name, repairText);
      for (const phrase of phrases) assert.ok(text.includes(phrase), phrase);
      // pdftotext itself parts some words (“tr ục”), which is why not every one of its words is ours.
      const judge = foldedWords(execFileSync('pdftotext', ['-layout', fixture(name), '-'], { encoding: 'utf8' }));
      const met = share(foldedWords(text), judge);
      assert.ok(met > 0.94, `${met}`);
    });
  }

  test('without the repair the same words cannot be found', async () => {
    const text = await textOf('quyet-dinh', (runs) => runs);
    assert.ok(!text.includes('tiếp nhận'));
  });

  test('a line that is in order stays as pdf.js reads it', () => {
    const runs = [run('Số: 15', 0, 40), run(' ', 40, 10), run('Ngày', 50, 30, true)];
    assert.deepEqual(repairText(runs), runs);
  });

  test('a late letter at the head of a line comes first', () => {
    assert.deepEqual(repairText([run('Y BAN', 10, 40), run('Ủ', 2, 8, true)]).map(({ str, width, hasEOL }) => ({ str, width, hasEOL })), [{ str: 'ỦY BAN', width: 48, hasEOL: true }]);
  });
});

function run(str: string, x: number, width: number, hasEOL = false): TextRun {
  return { str, dir: 'ltr', transform: [12, 0, 0, 12, x, 700], width, height: 12, fontName: 'f', hasEOL };
}
