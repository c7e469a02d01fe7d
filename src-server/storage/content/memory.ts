import { createHash } from 'node:crypto';
import type { Sha256 } from '../../../src-shared/domain/ids.ts';
import type { ContentStore } from '../port.ts';

/** The same promises as the folder's, without a disk: for a simulated world. What it holds dies with it. */
export function createContentMemory(): ContentStore {
  const whole = new Map<string, Buffer>();
  const uploads = new Map<string, Buffer>();
  const made = new Map<string, Buffer>();

  return {
    findSize: async (sha256) => whole.get(sha256)?.length ?? null,
    read: (sha256, start, end) => once(slice(whole, sha256, start, end)),
    receivedBytes: async (id) => uploads.get(id)?.length ?? 0,
    receive: async (id, from, limitBytes, source, moved) => {
      let offset = from;
      for await (const chunk of source) {
        if (offset + chunk.length > limitBytes) return { offset, tooLong: true };
        uploads.set(id, Buffer.concat([(uploads.get(id) ?? Buffer.alloc(0)).subarray(0, offset), chunk]));
        offset += chunk.length;
        moved();
      }
      return { offset, tooLong: false };
    },
    finish: async (id, sha256, base) => {
      const bytes = Buffer.concat([...(base === null ? [] : [required(whole, base)]), uploads.get(id) ?? Buffer.alloc(0)]);
      if (hashOf(bytes) !== sha256) {
        uploads.delete(id);
        return false;
      }
      whole.set(sha256, bytes);
      return true;
    },
    readReceived: (id, start, end) => once(slice(uploads, id, start, end)),
    drop: async (id) => void uploads.delete(id),
    sweep: async (known) => {
      for (const id of uploads.keys()) if (!known.has(id)) uploads.delete(id);
    },
    made: {
      put: async (source) => {
        const parts: Uint8Array[] = [];
        for await (const part of source) parts.push(part);
        const bytes = Buffer.concat(parts);
        const sha256 = hashOf(bytes);
        made.set(sha256, bytes);
        return { sha256, sizeBytes: bytes.length };
      },
      findSize: async (sha256) => made.get(sha256)?.length ?? null,
      read: (sha256, start, end) => once(slice(made, sha256, start, end)),
      remove: async (sha256) => void made.delete(sha256),
    },
    ping: async () => undefined,
  };
}

function slice(from: ReadonlyMap<string, Buffer>, name: string, start: number, end: number): Uint8Array {
  return required(from, name).subarray(start, end + 1);
}

function required(from: ReadonlyMap<string, Buffer>, name: string): Buffer {
  const bytes = from.get(name);
  if (bytes === undefined) throw new Error(`${name} is not here`);
  return bytes;
}

function hashOf(bytes: Uint8Array): Sha256 {
  return createHash('sha256').update(bytes).digest('hex') as Sha256;
}

async function* once(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes;
}
