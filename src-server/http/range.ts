import type { Reply, ServerRequest } from './call.ts';

/** Bytes that never change under their name. */
export type Immutable = { readonly name: string; readonly size: number; readonly read: (start: number, end: number) => AsyncIterable<Uint8Array> };

/** HEAD/GET of immutable bytes with a strong ETag. RFC 9110 13–14: one range; more than one, or an unmeant unit, is answered by the whole. */
export function answerRange({ method, headers: asked }: ServerRequest, { name, size, read }: Immutable): Reply {
  const etag = `"${name}"`;
  const headers = { etag, 'accept-ranges': 'bytes', 'cache-control': 'private, max-age=31536000, immutable' };
  if (asked['if-none-match'] === etag) return { status: 304, headers };
  const ifRange = asked['if-range'];
  const range = ifRange === undefined || ifRange === etag ? readRange(asked['range'], size) : null;
  if (range === 'unsatisfiable') return { status: 416, headers: { ...headers, 'content-range': `bytes */${size}` } };
  const [start, end] = range ?? [0, size - 1];
  const reply = {
    status: range === null ? 200 : 206,
    headers: {
      ...headers, 'content-type': 'application/octet-stream', 'content-length': end - start + 1,
      ...(range === null ? {} : { 'content-range': `bytes ${start}-${end}/${size}` }),
    },
  };
  if (method === 'HEAD') return reply;
  return end < start ? { ...reply, bytes: new Uint8Array() } : { ...reply, stream: read(start, end) };
}

/** Inclusive `[start, end]`; null when there is no range to obey. */
function readRange(header: string | undefined, size: number): readonly [number, number] | 'unsatisfiable' | null {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '');
  if (match === null || (match[1] === '' && match[2] === '')) return null;
  if (match[1] === '') {
    const last = Number(match[2]);
    return last === 0 || size === 0 ? 'unsatisfiable' : [Math.max(0, size - last), size - 1];
  }
  const start = Number(match[1]);
  const end = match[2] === '' ? size - 1 : Math.min(Number(match[2]), size - 1);
  if (match[2] !== '' && Number(match[2]) < start) return null;
  return start >= size ? 'unsatisfiable' : [start, end];
}
