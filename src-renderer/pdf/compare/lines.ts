/** A piece of text on a page, in points from its upper left corner; `y` is where it stands, not its top. */
export type Piece = { readonly text: string; readonly x: number; readonly y: number; readonly width: number; readonly height: number };
export type Line = { readonly text: string; readonly left: number; readonly right: number; readonly top: number; readonly bottom: number };
export type Block = { readonly xMm: number; readonly yMm: number; readonly widthMm: number; readonly heightMm: number };

/** Pieces whose feet are this near stand on one line: an index or a mark does not break it. Points. */
const nearPt = 3;

/** From above downwards, the words of each from left to right, with single spaces. */
export function linesOf(pieces: readonly Piece[]): readonly Line[] {
  const rows: Piece[][] = [];
  for (const piece of pieces.toSorted((one, other) => one.y - other.y)) {
    const row = rows.at(-1);
    if (row?.[0] && Math.abs(row[0].y - piece.y) <= nearPt) row.push(piece);
    else rows.push([piece]);
  }
  return rows.map((row) => {
    const sorted = row.toSorted((one, other) => one.x - other.x);
    return {
      text: sorted.map(({ text }) => text.trim()).join(' ').replace(/\s+/gu, ' ').normalize('NFC'),
      left: Math.min(...row.map(({ x }) => x)), right: Math.max(...row.map(({ x, width }) => x + width)),
      top: Math.min(...row.map(({ y, height }) => y - height)), bottom: Math.max(...row.map(({ y, height }) => y + height * 0.25)),
    };
  });
}

const mmPerPt = 25.4 / 72;

/** Where `later` has lines that `earlier` has not, those that follow each other as one block. A line that stands there twice and stood there once is new once. */
export function differingBlocks(earlier: readonly Line[], later: readonly Line[]): readonly Block[] {
  const left = new Map<string, number>();
  for (const { text } of earlier) left.set(text, (left.get(text) ?? 0) + 1);
  const blocks: Line[][] = [];
  let follows = false;
  for (const line of later) {
    const known = left.get(line.text) ?? 0;
    if (known > 0) {
      left.set(line.text, known - 1);
      follows = false;
    } else {
      if (follows) blocks.at(-1)?.push(line);
      else blocks.push([line]);
      follows = true;
    }
  }
  return blocks.map((lines) => {
    const [x, right] = [Math.min(...lines.map((line) => line.left)), Math.max(...lines.map((line) => line.right))];
    const [y, bottom] = [Math.min(...lines.map(({ top }) => top)), Math.max(...lines.map((line) => line.bottom))];
    return { xMm: x * mmPerPt, yMm: y * mmPerPt, widthMm: (right - x) * mmPerPt, heightMm: (bottom - y) * mmPerPt };
  });
}
