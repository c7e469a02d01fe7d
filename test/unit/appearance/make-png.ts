import { crc32, deflateSync } from 'node:zlib';

export type PngKind = { readonly width: number; readonly height: number; readonly depth: number; readonly colour: 0 | 2 | 3 | 4 | 6; readonly interlaced?: boolean; readonly palette?: readonly number[]; readonly clear?: readonly number[] };

/** Writes a PNG from samples (`sample(x, y, channel)` in the depth's own range), each row with another filter type so that all five are read. */
export function makePng(kind: PngKind, sample: (x: number, y: number, channel: number) => number): Buffer {
  const channels = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }[kind.colour];
  const passes = kind.interlaced === true ? [[0, 0, 8, 8], [4, 0, 8, 8], [0, 4, 4, 8], [2, 0, 4, 4], [0, 2, 2, 4], [1, 0, 2, 2], [0, 1, 1, 2]] : [[0, 0, 1, 1]];
  const rows: Buffer[] = [];
  let count = 0;
  for (const [x0 = 0, y0 = 0, dx = 1, dy = 1] of passes) {
    let above: Buffer | null = null;
    for (let y = y0; y < kind.height; y += dy) {
      const bits: number[] = [];
      for (let x = x0; x < kind.width; x += dx) for (let c = 0; c < channels; c++) for (let b = kind.depth - 1; b >= 0; b--) bits.push((sample(x, y, c) >> b) & 1);
      if (bits.length === 0) continue;
      const row: Buffer = Buffer.alloc(Math.ceil(bits.length / 8));
      for (const [index, bit] of bits.entries()) row[index >> 3]! |= bit << (7 - (index & 7));
      rows.push(filterRow(row, above, Math.max(1, (channels * kind.depth) >> 3), count++ % 5));
      above = row;
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(kind.width, 0);
  header.writeUInt32BE(kind.height, 4);
  header.set([kind.depth, kind.colour, 0, 0, kind.interlaced === true ? 1 : 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    ...(kind.palette === undefined ? [] : [chunk('PLTE', Buffer.from(kind.palette))]),
    ...(kind.clear === undefined ? [] : [chunk('tRNS', Buffer.from(kind.clear))]),
    chunk('IDAT', deflateSync(Buffer.concat(rows))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function filterRow(row: Buffer, above: Buffer | null, step: number, filter: number): Buffer {
  const out = Buffer.alloc(row.length + 1);
  out[0] = filter;
  for (let i = 0; i < row.length; i++) {
    const left = i < step ? 0 : row[i - step]!;
    const up = above === null ? 0 : above[i]!;
    const corner = i < step || above === null ? 0 : above[i - step]!;
    const [a, b, c] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)];
    const guess = [0, left, up, (left + up) >> 1, a <= b && a <= c ? left : b <= c ? up : corner][filter]!;
    out[i + 1] = row[i]! - guess;
  }
  return out;
}

function chunk(type: string, body: Buffer): Buffer {
  const typed = Buffer.concat([Buffer.from(type, 'latin1'), body]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(typed));
  return Buffer.concat([length, typed, sum]);
}
