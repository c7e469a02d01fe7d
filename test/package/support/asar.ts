import { createHash } from 'node:crypto';
import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { getRawHeader } from '@electron/asar';

type Integrity = { readonly algorithm: string; readonly hash: string; readonly blockSize: number; readonly blocks: readonly string[] };
type Node = { readonly files?: Readonly<Record<string, Node>>; readonly size?: number; readonly offset?: string; readonly unpacked?: boolean; readonly integrity?: Integrity };
export type Packed = { readonly path: string; readonly sizeBytes: number; readonly unpacked: boolean; readonly integrity: Integrity | null; readonly offset: number };

/** Every file of an asar as its header tells it. */
export function listAsar(file: string): readonly Packed[] {
  const found: Packed[] = [];
  const walk = (node: Node, path: string): void => {
    for (const [name, child] of Object.entries(node.files ?? {})) {
      const at = path === '' ? name : `${path}/${name}`;
      if (child.files !== undefined) walk(child, at);
      else found.push({ path: at, sizeBytes: child.size ?? 0, unpacked: child.unpacked === true, integrity: child.integrity ?? null, offset: Number(child.offset ?? 0) });
    }
  };
  walk(getRawHeader(file).header as unknown as Node, '');
  return found;
}

/** Of the header's text, which the hashes of all files stand in: what Electron compares before it runs anything. */
export function hashOfHeader(file: string): string {
  return createHash('sha256').update(getRawHeader(file).headerString).digest('hex');
}

/** Files whose content is not what the header says. */
export function findChanged(file: string): readonly string[] {
  const { headerSize } = getRawHeader(file);
  const handle = openSync(file, 'r');
  try {
    return listAsar(file).filter(({ path, sizeBytes, unpacked, integrity, offset }) => {
      if (integrity === null) return true;
      let bytes;
      if (unpacked) bytes = readFileSync(join(`${file}.unpacked`, path));
      else {
        bytes = Buffer.alloc(sizeBytes);
        readSync(handle, bytes, 0, sizeBytes, 8 + headerSize + offset);
      }
      return createHash('sha256').update(bytes).digest('hex') !== integrity.hash;
    }).map(({ path }) => path);
  } finally {
    closeSync(handle);
  }
}
