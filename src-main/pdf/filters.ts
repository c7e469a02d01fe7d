import { inflateSync } from 'node:zlib';
import { broken } from './fault.ts';

/** A cross-reference stream of six million objects fits, the longest revocation list too; a bomb does not. While it is put together it is in memory twice. */
export const maxDecodedBytes = 48 * 1024 * 1024;

export type PredictorParams = { readonly predictor: number; readonly colors: number; readonly bitsPerComponent: number; readonly columns: number };

/** FlateDecode. Damaged or oversized data throw `pdf.broken`. */
export function inflate(data: Uint8Array): Uint8Array {
  try {
    return inflateSync(data, { maxOutputLength: maxDecodedBytes, chunkSize: Math.min(1024 * 1024, Math.max(16 * 1024, data.length * 4)) });
  } catch {
    throw broken('dữ liệu nén bị hỏng');
  }
}

/** Undoes PNG (10–15) and TIFF (2) prediction (7.4.4.4). */
export function unpredict(data: Uint8Array, params: PredictorParams): Uint8Array {
  const { predictor, colors, bitsPerComponent, columns } = params;
  if (predictor === 1) return data;
  if (![colors, bitsPerComponent, columns].every((n) => Number.isInteger(n) && n > 0 && n < 2 ** 24)) throw broken('tham số nén không hợp lệ');
  const pixelBytes = Math.max(1, (colors * bitsPerComponent) >> 3);
  const rowBytes = (colors * bitsPerComponent * columns + 7) >> 3;
  if (rowBytes <= 0) throw broken('tham số nén không hợp lệ');
  if (predictor === 2) return unpredictTiff(data, pixelBytes, rowBytes, bitsPerComponent);
  if (predictor >= 10 && predictor <= 15) return unpredictPng(data, pixelBytes, rowBytes);
  throw broken(`kiểu dự đoán ${predictor} không có trong chuẩn`);
}

function unpredictTiff(data: Uint8Array, pixelBytes: number, rowBytes: number, bitsPerComponent: number): Uint8Array {
  if (bitsPerComponent !== 8) throw broken('kiểu dự đoán TIFF này chưa đọc được');
  const out = Uint8Array.from(data);
  for (let row = 0; row < out.length; row += rowBytes) {
    for (let i = row + pixelBytes; i < Math.min(row + rowBytes, out.length); i += 1) out[i] = (out[i]! + out[i - pixelBytes]!) & 0xff;
  }
  return out;
}

function unpredictPng(data: Uint8Array, pixelBytes: number, rowBytes: number): Uint8Array {
  const rows = Math.ceil(data.length / (rowBytes + 1));
  const out = new Uint8Array(Math.max(0, data.length - rows));
  for (let row = 0; row < rows; row += 1) {
    const from = row * (rowBytes + 1);
    const to = row * rowBytes;
    const length = Math.min(rowBytes, data.length - from - 1);
    unpredictPngRow(data, from, out, to, length, row === 0 ? -1 : to - rowBytes, pixelBytes);
  }
  return out;
}

function unpredictPngRow(data: Uint8Array, from: number, out: Uint8Array, to: number, length: number, above: number, pixelBytes: number): void {
  const type = data[from]!;
  if (type > 4) throw broken('hàng dữ liệu nén không hợp lệ');
  for (let i = 0; i < length; i += 1) {
    const raw = data[from + 1 + i]!;
    const left = i >= pixelBytes ? out[to + i - pixelBytes]! : 0;
    const up = above >= 0 ? out[above + i]! : 0;
    const upLeft = above >= 0 && i >= pixelBytes ? out[above + i - pixelBytes]! : 0;
    if (type === 0) out[to + i] = raw;
    else if (type === 1) out[to + i] = raw + left;
    else if (type === 2) out[to + i] = raw + up;
    else if (type === 3) out[to + i] = raw + ((left + up) >> 1);
    else out[to + i] = raw + paeth(left, up, upLeft);
  }
}

function paeth(left: number, up: number, upLeft: number): number {
  const estimate = left + up - upLeft;
  const toLeft = Math.abs(estimate - left);
  const toUp = Math.abs(estimate - up);
  const toUpLeft = Math.abs(estimate - upLeft);
  if (toLeft <= toUp && toLeft <= toUpLeft) return left;
  return toUp <= toUpLeft ? up : upLeft;
}
