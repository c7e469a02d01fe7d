import { Deflate } from 'fflate';
import { joinBytes } from './base64.ts';
import { crc32 } from './crc32.ts';

const zip32 = 0xffffffff;
/** PKWARE APPNOTE 4.4.4: bit 3, sizes follow the data; bit 11, names are UTF-8. As the SDK writes it. */
const flags = 0x0808;
/** 1 January 1980, the first day that a ZIP can write: the time of packing tells nothing and would make every package another one. */
const dosTime = 0x0021_0000;
const pieceBytes = 64 << 10;

/** A ZIP of one entry, made as its content comes. `entryName`: ASCII, `<uuid>.<ext>` by the SDK. */
export async function* packOne(entryName: string, content: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  if (!/^[0-9A-Za-z-]{1,64}\.[0-9a-z]{1,10}$/.test(entryName)) throw new Error(`not an entry's name: ${entryName}`);
  const name = Uint8Array.from(entryName, (each) => each.charCodeAt(0));
  let crc = 0;
  let size = 0;
  let packed = 0;
  const made: Uint8Array[] = [];
  const deflate = new Deflate({ level: 6 }, (part) => {
    if (part.length > 0) made.push(part);
  });
  yield joinBytes([numbers([0x04034b50, 4], [20, 2], [flags, 2], [8, 2], [dosTime, 4], [0, 4], [0, 4], [0, 4], [name.length, 2], [0, 2]), name]);
  for await (const part of content) {
    crc = crc32(crc, part);
    size += part.length;
    if (size >= zip32) throw new Error('an attachment of 4 GB or more cannot be packed');
    // fflate keeps a part that is handed to it
    for (let at = 0; at < part.length; at += pieceBytes) {
      deflate.push(part.slice(at, at + pieceBytes));
      yield* flush();
    }
  }
  deflate.push(new Uint8Array(0), true);
  yield* flush();
  const head = 30 + name.length;
  const central = joinBytes([
    numbers([0x02014b50, 4], [20, 2], [20, 2], [flags, 2], [8, 2], [dosTime, 4], [crc, 4], [packed, 4], [size, 4], [name.length, 2], [0, 2], [0, 2], [0, 2], [0, 2], [0, 4], [0, 4]),
    name,
  ]);
  yield numbers([0x08074b50, 4], [crc, 4], [packed, 4], [size, 4]);
  yield central;
  yield numbers([0x06054b50, 4], [0, 2], [0, 2], [1, 2], [1, 2], [central.length, 4], [head + packed + 16, 4], [0, 2]);

  function* flush(): Generator<Uint8Array, void, undefined> {
    for (const part of made.splice(0)) {
      packed += part.length;
      yield part;
    }
  }
}

/** Each number in so many bytes, the least first. */
function numbers(...fields: readonly (readonly [value: number, bytes: number])[]): Uint8Array {
  return Uint8Array.from(fields.flatMap(([value, bytes]) => Array.from({ length: bytes }, (_, at) => (value >>> (at * 8)) & 255)));
}
