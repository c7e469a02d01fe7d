import { promisify } from 'node:util';
import { crc32, deflate } from 'node:zlib';
import type { Pixels } from './png.ts';

const deflated = promisify(deflate);

/** An RGBA PNG of 8 bits with its size on paper (W3C PNG 11.3.4.3, pHYs). */
export async function writePng({ width, height, rgba }: Pixels, widthMm: number, level = 9): Promise<Uint8Array> {
  const stride = width * 4;
  const rows = new Uint8Array(height * (stride + 1));
  // Filter 0 all over: what is clear and what is ink are long runs of one value already.
  for (let row = 0; row < height; row++) rows.set(rgba.subarray(row * stride, (row + 1) * stride), row * (stride + 1) + 1);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 6, 0, 0, 0], 8);
  const density = Buffer.alloc(9);
  const perMetre = Math.round((width * 1000) / widthMm);
  density.writeUInt32BE(perMetre, 0);
  density.writeUInt32BE(perMetre, 4);
  density[8] = 1;
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk('IHDR', header), chunk('pHYs', density), chunk('IDAT', await deflated(rows, { level })), chunk('IEND', Buffer.alloc(0))]);
}

function chunk(type: string, body: Uint8Array): Buffer {
  const typed = Buffer.concat([Buffer.from(type, 'latin1'), body]);
  const frame = Buffer.alloc(4);
  frame.writeUInt32BE(body.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(typed));
  return Buffer.concat([frame, typed, sum]);
}
