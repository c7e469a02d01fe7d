import { broken } from './fault.ts';

/**
 * What reading one file may cost, over all the states that it was saved in. A file of a kilobyte can ask for any amount of work and memory (a list that is
 * named by every page, a stream that unpacks to a gigabyte, a thousand references to one place); no honest one comes near these bounds.
 */
export type Allowance = {
  /** A unit is about 20 ns: a byte of an object that is read. Throws `pdf.broken` when there is none left. */
  readonly spend: (work: number) => void;
  /** Bytes that stay for as long as the file is open. Throws `pdf.broken` past the bound. */
  readonly keep: (bytes: number) => void;
  /** What can be read again; emptied with all others of the file when they hold too much together. */
  readonly createCache: <T>() => Cache<T>;
};

export type Cache<T> = {
  readonly get: (key: number) => T | undefined;
  /** `values`: how many PDF values it holds, of some 70 bytes each. */
  readonly set: (key: number, value: T, values: number) => void;
  readonly clear: () => void;
};

/** About 3 s. A document of 300,000 objects that was signed twice takes a sixth. */
const maxWork = 120_000_000;
/** Rows of cross-reference streams: of six million objects. */
const maxKeptBytes = 48 * 1024 * 1024;
/** About 20 MB. */
const maxCachedValues = 250_000;

export function createAllowance(): Allowance {
  let work = 0;
  let kept = 0;
  let cached = 0;
  const caches: Map<number, unknown>[] = [];
  return {
    spend: (units) => {
      work += units;
      if (work > maxWork) throw broken('đọc hết tệp tốn quá nhiều công');
    },
    keep: (bytes) => {
      kept += bytes;
      if (kept > maxKeptBytes) throw broken('bảng tham chiếu quá lớn');
    },
    createCache: <T>(): Cache<T> => {
      const held = new Map<number, T>();
      caches.push(held);
      return {
        get: (key) => held.get(key),
        set: (key, value, values) => {
          cached += values;
          if (cached > maxCachedValues) {
            for (const each of caches) each.clear();
            cached = values;
          }
          held.set(key, value);
        },
        clear: () => held.clear(),
      };
    },
  };
}
