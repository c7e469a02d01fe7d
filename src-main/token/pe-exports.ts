import { closeSync, openSync, readSync } from 'node:fs';

/** What makes a library a PKCS#11 driver: its one entry (PKCS#11 v2.40 §5.4). */
const entry = 'C_GetFunctionList';
const mostNames = 20_000;

/** Whether this Windows library is a PKCS#11 driver, from its own export table; nothing of it is run. */
export function isPkcs11Library(path: string): boolean {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch {
    // Not there, or not ours to read: then it is no driver for us either.
    return false;
  }
  try {
    return exportNames(file).includes(entry);
  } catch {
    // Torn headers point anywhere; reading there fails.
    return false;
  } finally {
    closeSync(file);
  }
}

/** Microsoft PE format: optional header → data directory 0 → export directory → names. */
function exportNames(file: number): readonly string[] {
  const coff = read(file, 0x3c, 4).readUInt32LE(0);
  const header = read(file, coff, 24);
  if (header.toString('latin1', 0, 4) !== 'PE\0\0') return [];
  const optionalBytes = header.readUInt16LE(20);
  const optional = read(file, coff + 24, optionalBytes);
  const directory = optional.readUInt32LE(optional.readUInt16LE(0) === 0x20b ? 112 : 96);
  if (directory === 0) return [];
  const sections = readSections(file, coff + 24 + optionalBytes, header.readUInt16LE(6));
  const at = (rva: number): number => {
    const section = sections.find(({ start, size }) => rva >= start && rva < start + size);
    if (section === undefined) throw new RangeError('outside of all sections');
    return section.file + rva - section.start;
  };
  const table = read(file, at(directory), 40);
  const count = Math.min(table.readUInt32LE(24), mostNames);
  const pointers = read(file, at(table.readUInt32LE(32)), count * 4);
  return Array.from({ length: count }, (_, index) => readName(file, at(pointers.readUInt32LE(index * 4))));
}

function readSections(file: number, from: number, count: number): readonly { readonly start: number; readonly size: number; readonly file: number }[] {
  const table = read(file, from, count * 40);
  return Array.from({ length: count }, (_, index) => ({
    start: table.readUInt32LE(index * 40 + 12),
    size: Math.max(table.readUInt32LE(index * 40 + 8), table.readUInt32LE(index * 40 + 16)),
    file: table.readUInt32LE(index * 40 + 20),
  }));
}

function read(file: number, from: number, bytes: number): Buffer {
  const buffer = Buffer.alloc(bytes);
  if (readSync(file, buffer, 0, bytes, from) !== bytes) throw new RangeError('beyond the end');
  return buffer;
}

/** As far as is needed to know the one name that is looked for. */
function readName(file: number, from: number): string {
  const buffer = Buffer.alloc(entry.length + 1);
  const length = readSync(file, buffer, 0, buffer.length, from);
  const end = buffer.indexOf(0);
  return buffer.toString('latin1', 0, end < 0 ? length : end);
}
