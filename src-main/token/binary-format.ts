import { closeSync, openSync, readSync } from 'node:fs';
import type { AppError } from '../../src-shared/result.ts';

export type BinaryFormat = { readonly system: 'windows' | 'linux' | 'macos'; readonly bits: 32 | 64 };

/**
 * Why this library can never be loaded here; null when it may fit or is of an unknown kind. A 32-bit driver of this system has a name of its
 * own, because the cure is known: `token.driver-32-bit`, else `token.driver-unloadable`.
 */
export function findMisfit(path: string, here: { readonly platform: string; readonly arch: string } = process): AppError | null {
  const format = readBinaryFormat(path);
  if (format === null) return null;
  const bits = here.arch === 'ia32' || here.arch === 'arm' ? 32 : 64;
  const system = here.platform === 'win32' ? 'windows' : here.platform === 'darwin' ? 'macos' : 'linux';
  const unloadable = (reason: string): AppError => ({ code: 'token.driver-unloadable', params: { driver: path, reason } });
  if (format.system !== system) return unloadable(`trình điều khiển dành cho ${format.system}, máy này chạy ${system}`);
  if (format.bits === bits) return null;
  return format.bits === 32 ? { code: 'token.driver-32-bit', params: { driver: path } } : unloadable(`trình điều khiển ${format.bits} bit, chương trình ${bits} bit`);
}

/** PE/COFF: "PE\0\0" at the offset in 0x3c, then the machine. ELF: class in byte 4. Mach-O: its magic (fat files hold several). */
export function readBinaryFormat(path: string): BinaryFormat | null {
  const head = readHead(path, 4096);
  if (head === null || head.length < 64) return null;
  const magic = head.readUInt32BE(0);
  if (magic === 0x7f454c46) return { system: 'linux', bits: head[4] === 1 ? 32 : 64 };
  if (magic === 0xcffaedfe) return { system: 'macos', bits: 64 };
  if (magic === 0xcefaedfe) return { system: 'macos', bits: 32 };
  if (head.toString('latin1', 0, 2) !== 'MZ') return null;
  const at = head.readUInt32LE(0x3c);
  if (at + 6 > head.length || head.toString('latin1', at, at + 4) !== 'PE\0\0') return null;
  const machine = head.readUInt16LE(at + 4);
  return { system: 'windows', bits: machine === 0x014c || machine === 0x01c4 ? 32 : 64 };
}

function readHead(path: string, length: number): Buffer | null {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch {
    // Unreadable: the loader will say why in its own words.
    return null;
  }
  try {
    const head = Buffer.alloc(length);
    return head.subarray(0, readSync(file, head, 0, length, 0));
  } catch {
    // A directory, for one.
    return null;
  } finally {
    closeSync(file);
  }
}
