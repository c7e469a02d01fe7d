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

/** About 2 s. A document of 300,000 objects that was signed twice takes a quarter. */
const maxWork = 80_000_000;
/** Rows of cross-reference streams: of six million objects. */
const maxKeptBytes = 48 * 1024 * 1024;
/** An object or an object stream (64 bytes of it count as a value) of more values is large. */
const largeValues = 4_000;
/**
 * Of small ones no more than are let go before the collector takes them for old, else a gigabyte of what is read once piles up there. A few large ones (a
 * flat list of all pages, which each page is found by) stay beside them.
 */
const maxCached = { small: 60_000, large: 300_000 } as const;

/** Some 25 MB of objects that were read and let go: half as much costs a quarter of the time more. */
const reminderWork = 4_000_000;

/**
 * V8 lets the garbage of a file of a million values grow past 250 MB before it looks at it for the first time. What is outside its heap counts sooner: memory
 * that nobody touches costs nothing, and makes it look.
 */
function remindCollector(): void {
  void new ArrayBuffer(64 * 1024 * 1024);
}

export function createAllowance(): Allowance {
  let work = 0;
  let remindedAt = 0;
  let kept = 0;
  const cached = { small: 0, large: 0 };
  const caches: { readonly small: Map<number, unknown>; readonly large: Map<number, unknown> }[] = [];
  return {
    spend: (units) => {
      work += units;
      if (work > remindedAt + reminderWork) {
        remindedAt = work;
        remindCollector();
      }
      if (work > maxWork) throw broken('đọc hết tệp tốn quá nhiều công');
    },
    keep: (bytes) => {
      kept += bytes;
      if (kept > maxKeptBytes) throw broken('bảng tham chiếu quá lớn');
    },
    createCache: <T>(): Cache<T> => {
      const held = { small: new Map<number, T>(), large: new Map<number, T>() };
      caches.push(held);
      return {
        get: (key) => held.small.get(key) ?? held.large.get(key),
        set: (key, value, values) => {
          const size = values > largeValues ? 'large' : 'small';
          cached[size] += values;
          if (cached[size] > maxCached[size]) {
            for (const each of caches) each[size].clear();
            cached[size] = values;
          }
          held[size].set(key, value);
        },
        clear: () => {
          held.small.clear();
          held.large.clear();
        },
      };
    },
  };
}
