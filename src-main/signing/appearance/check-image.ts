import { fail, ok } from '../../../src-shared/result.ts';
import type { Result } from '../../../src-shared/result.ts';
import { decodePng } from './png.ts';

/**
 * Whether this can be a signature or a seal: NĐ 30/2020 App I.II.7d, 8a ask for a PNG with a transparent ground. Size in pixels.
 * Errors: `image.not-png`, `image.no-alpha` (no alpha channel, or an alpha that hides everything beneath).
 */
export function checkPng(bytes: Uint8Array): Result<{ readonly width: number; readonly height: number }> {
  const decoded = decodePng(bytes);
  if (!decoded.ok) return decoded;
  const { width, height, rgba } = decoded.value;
  return isOpaque(rgba) ? fail('image.no-alpha') : ok({ width, height });
}

export function isOpaque(rgba: Uint8Array): boolean {
  for (let at = 3; at < rgba.length; at += 4) if (rgba[at] !== 255) return false;
  return true;
}
