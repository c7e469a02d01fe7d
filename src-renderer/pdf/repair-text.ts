import { timesWidth } from './times-widths.ts';

/** One run of text as pdf.js reads it: place and size from `transform` (ISO 32000-2 9.4.4), widths in the page's own units. */
export type TextRun = { readonly str: string; readonly dir: string; readonly transform: readonly number[]; readonly width: number; readonly height: number; readonly fontName: string; readonly hasEOL: boolean };

type Piece = { readonly x0: number; readonly x1: number; readonly str: string; readonly run: TextRun };

// Parts of the font's size: a gap that is a space, and one that is a new column.
const spaceGap = 0.15;
const columnGap = 1;

/**
 * Puts letters back where they are seen. LibreOffice and others set Vietnamese in two fonts, the common letters and the rest, and write a
 * line's rest after the line: “C NG HÒA XÃ H I” and then “Ộ Ộ”. Read in that order nothing can be found, copied or read aloud. Each
 * late letter is set into the gap it fills; lines without any are left as they are.
 */
export function repairText(runs: readonly TextRun[]): readonly TextRun[] {
  return linesOf(runs).flatMap((line) => repairLine(line));
}

function linesOf(runs: readonly TextRun[]): readonly (readonly TextRun[])[] {
  const lines: TextRun[][] = [];
  let line: TextRun[] = [];
  for (const run of runs) {
    const previous = line.findLast((one) => one.str !== '');
    if (previous && run.str !== '' && !sameBaseline(previous, run)) {
      lines.push(line);
      line = [];
    }
    line.push(run);
  }
  if (line.length > 0) lines.push(line);
  return lines;
}

function repairLine(line: readonly TextRun[]): readonly TextRun[] {
  const mains: Piece[] = [];
  const late: Piece[] = [];
  let end = -Infinity;
  for (const run of line) {
    if (run.str.trim() === '') continue;
    if (!isLevel(run)) return line;
    const piece = pieceOf(run);
    // Over what stands already: it fills a gap, or stands before the line's first letter.
    if (piece.x0 < end - 0.05 * sizeOf(run)) late.push(...tokensOf(piece));
    else mains.push(piece);
    end = Math.max(end, piece.x1);
  }
  // Chromium ends a line, for pdf.js, wherever it changes the font.
  const brokenWithin = line.slice(0, -1).some((run, index) => run.hasEOL && line.slice(index + 1).some((other) => other.str.trim() !== ''));
  if (late.length === 0 && !brokenWithin) return line;
  const pieces = mains.flatMap((main) => splitAt(main, late.filter((one) => one.x0 >= main.x0 - 0.01 && one.x1 <= main.x1 + 0.3 * sizeOf(main.run))));
  return join([...pieces, ...late].toSorted((a, b) => a.x0 - b.x0), line.some((run) => run.hasEOL));
}

/** The words of a late run; the first and the last stand exactly, those between by proportion. */
function tokensOf(piece: Piece): readonly Piece[] {
  const words = piece.str.split(/ +/).filter(Boolean);
  if (words.length < 2) return [piece];
  const size = sizeOf(piece.run);
  const widths = words.map((word) => widthOf(word) * size);
  const gap = (piece.x1 - piece.x0 - widths.reduce((sum, width) => sum + width, 0)) / (words.length - 1);
  let x = piece.x0;
  return words.map((str, index) => {
    const width = widths[index] ?? 0;
    const token = { x0: x, x1: x + width, str, run: piece.run };
    x += width + gap;
    return token;
  });
}

/** Cuts a run at those of its spaces that late letters fill, so that these fall between its parts. */
function splitAt(main: Piece, fillers: readonly Piece[]): readonly Piece[] {
  const em = sizeOf(main.run);
  const ordered = fillers.filter((one) => one.x1 > main.x0 + 0.1 * em && one.x0 < main.x1 - 0.1 * em).toSorted((a, b) => a.x0 - b.x0);
  // How wide this face runs against Times: what the letters take of the run's width, the late ones' room left out.
  const lateWidth = ordered.reduce((sum, one) => sum + one.x1 - one.x0, 0);
  const size = Math.max(0.7 * em, Math.min(1.4 * em, (main.x1 - main.x0 - lateWidth) / Math.max(0.25, widthOf(main.str) - ordered.length * 0.25)));
  const parts: Piece[] = [];
  let from = 0;
  let x0 = main.x0;
  for (const [index, filler] of ordered.entries()) {
    const cut = spaceNear(main.str, from, x0, filler.x0, size);
    if (cut === null) continue;
    if (cut > from) parts.push({ x0, x1: filler.x0, str: main.str.slice(from, cut), run: main.run });
    from = cut + 1;
    // What stands after the letter begins at its end, or a space further on: told by the room left before the next thing that stands exactly.
    const next = ordered[index + 1];
    const until = next && next.x0 < main.x1 ? next.x0 : main.x1;
    const nextCut = next && next.x0 < main.x1 ? spaceNear(main.str, from, filler.x1, next.x0, size) ?? main.str.length : main.str.length;
    const rest = main.str.slice(from, nextCut);
    // A wide face may only look so because of the very space that is asked for.
    const room = (until - filler.x1) / Math.min(size, 1.05 * em) - widthOf(rest);
    const spaces = rest.split(' ').length - 1;
    x0 = room > 0.11 + 0.02 * spaces ? filler.x1 + 0.25 * size : filler.x1;
  }
  if (from < main.str.length) parts.push({ x0, x1: main.x1, str: main.str.slice(from), run: main.run });
  return parts;
}

/** The space of `text` (from `from`, which stands at `x0`) nearest to `x`; null when none is within a letter's width. */
function spaceNear(text: string, from: number, x0: number, x: number, size: number): number | null {
  let best: number | null = null;
  let distance = 1.2 * size;
  let at = x0;
  for (let index = from; index < text.length; index++) {
    const character = text.charAt(index);
    if (character === ' ' && Math.abs(at - x) < distance) {
      best = index;
      distance = Math.abs(at - x);
    }
    at += timesWidth(character) * size;
  }
  return best;
}

/** One run for each column of the line, words parted where the page parts them. */
function join(pieces: readonly Piece[], hasEOL: boolean): readonly TextRun[] {
  const runs: TextRun[] = [];
  let group: Piece[] = [];
  let text = '';
  const close = (): void => {
    const [first] = group;
    const last = group.at(-1);
    if (!first || !last) return;
    const model = group.reduce((widest, piece) => (piece.run.str.length > widest.run.str.length ? piece : widest)).run;
    const transform = [...model.transform];
    transform[4] = first.x0;
    if (runs.length > 0) runs.push({ ...model, str: ' ', width: 0, hasEOL: false });
    runs.push({ ...model, str: text, transform, width: Math.max(...group.map((piece) => piece.x1)) - first.x0, hasEOL: false });
    group = [];
    text = '';
  };
  for (const piece of pieces) {
    const previous = group.at(-1);
    const gap = previous ? (piece.x0 - previous.x1) / sizeOf(piece.run) : 0;
    if (gap > columnGap) close();
    else if (gap > spaceGap && !text.endsWith(' ') && !piece.str.startsWith(' ')) text += ' ';
    group.push(piece);
    text += piece.str;
  }
  close();
  const last = runs.pop();
  return last ? [...runs, { ...last, hasEOL }] : [];
}

const pieceOf = (run: TextRun): Piece => ({ x0: run.transform[4] ?? 0, x1: (run.transform[4] ?? 0) + run.width, str: run.str, run });
const sizeOf = (run: TextRun): number => Math.abs(run.transform[0] ?? 0) || 1;
const isLevel = ({ transform, dir }: TextRun): boolean => dir === 'ltr' && (transform[0] ?? 0) > 0 && Math.abs(transform[1] ?? 0) < 1e-3;
const sameBaseline = (a: TextRun, b: TextRun): boolean => Math.abs((a.transform[5] ?? 0) - (b.transform[5] ?? 0)) < 0.2 * sizeOf(a);
const widthOf = (text: string): number => Array.from(text).reduce((sum, character) => sum + timesWidth(character), 0);
