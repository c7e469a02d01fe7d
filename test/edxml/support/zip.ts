import { crc32, deflateRawSync } from 'node:zlib';

export type ZipEntry = { readonly name: string; readonly bytes: Uint8Array };
export type ZipLies = {
  /** Sizes and check sum in the local header instead of after the data. */
  readonly sized?: boolean;
  readonly crc?: number;
  readonly size?: number;
  readonly packed?: number;
  readonly flags?: number;
  readonly method?: number;
  readonly count?: number;
  readonly trailing?: Uint8Array;
};

/** A ZIP as it should be, or as told. */
export function makeZip(entries: readonly ZipEntry[], lies: ZipLies = {}): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, bytes } of entries) {
    const method = lies.method ?? 8;
    const data = method === 8 ? deflateRawSync(bytes) : Buffer.from(bytes);
    const [crc, packed, size] = [lies.crc ?? crc32(bytes), lies.packed ?? data.length, lies.size ?? bytes.length];
    const nameBytes = Buffer.from(name);
    const flags = lies.flags ?? (lies.sized === true ? 0 : 8);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(20, 4);
    local.writeUInt16LE(flags, 6);
    local.writeUInt16LE(method, 8);
    if (lies.sized === true) {
      local.writeUInt32LE(crc, 14);
      local.writeUInt32LE(packed, 18);
      local.writeUInt32LE(size, 22);
    }
    local.writeUInt16LE(nameBytes.length, 26);
    const descriptor = Buffer.alloc(lies.sized === true ? 0 : 16);
    if (lies.sized !== true) [0x08074b50, crc, packed, size].forEach((value, at) => descriptor.writeUInt32LE(value, at * 4));
    const central = Buffer.alloc(46);
    central.writeUInt32LE(0x02014b50, 0);
    central.writeUInt16LE(20, 4);
    central.writeUInt16LE(20, 6);
    central.writeUInt16LE(flags, 8);
    central.writeUInt16LE(method, 10);
    central.writeUInt32LE(crc, 16);
    central.writeUInt32LE(packed, 20);
    central.writeUInt32LE(size, 24);
    central.writeUInt16LE(nameBytes.length, 28);
    central.writeUInt32LE(offset, 42);
    locals.push(local, nameBytes, data, descriptor);
    directory.push(central, nameBytes);
    offset += 30 + nameBytes.length + data.length + descriptor.length;
  }
  const all = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(lies.count ?? entries.length, 8);
  end.writeUInt16LE(lies.count ?? entries.length, 10);
  end.writeUInt32LE(all.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, all, end, lies.trailing ?? Buffer.alloc(0)]);
}
