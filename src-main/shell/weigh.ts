export type Limits = { readonly bytes: number; readonly values: number; readonly depth: number };

/** The largest honest input is a picture of a seal, 20 MB at most; files come in slices of 1 MiB (src-shared/contract/content.ts). */
export const inputLimits: Limits = { bytes: 32 * 1024 * 1024, values: 200_000, depth: 64 };

/** What keeps a value from being an input: its size, its depth, or a kind of thing that no call takes. */
export type Misfit = 'size' | 'depth' | 'kind';

/**
 * Looks a value over before anything else does. A number is about how many bytes it holds; a word is why it is none of ours. Structured clone carries cycles, Maps and one
 * object a million times over; an input is plain: records, lists, text, numbers, booleans, null and bytes. Never deeper on the stack than the limit.
 */
export function weigh(value: unknown, limits: Limits = inputLimits): number | Misfit {
  let bytes = 0;
  let values = 0;

  function look(one: unknown, depth: number): Misfit | null {
    if (++values > limits.values || bytes > limits.bytes) return 'size';
    switch (typeof one) {
      case 'string':
        bytes += one.length * 2;
        return bytes > limits.bytes ? 'size' : null;
      case 'number':
      case 'boolean':
      case 'undefined':
        bytes += 8;
        return null;
      case 'object':
        break;
      case 'bigint':
      case 'symbol':
      case 'function':
        return 'kind';
    }
    if (one === null) return null;
    if (one instanceof Uint8Array) {
      bytes += one.byteLength;
      return bytes > limits.bytes ? 'size' : null;
    }
    if (depth >= limits.depth) return 'depth';
    if (Array.isArray(one)) {
      // a list of four thousand million holes is one number long
      if (one.length > limits.values) return 'size';
      for (const part of one) {
        const misfit = look(part, depth + 1);
        if (misfit !== null) return misfit;
      }
      return null;
    }
    const kind: unknown = Object.getPrototypeOf(one);
    if (kind !== Object.prototype && kind !== null) return 'kind';
    for (const [key, part] of Object.entries(one)) {
      bytes += key.length * 2;
      const misfit = look(part, depth + 1);
      if (misfit !== null) return misfit;
    }
    return null;
  }

  return look(value, 0) ?? bytes;
}
