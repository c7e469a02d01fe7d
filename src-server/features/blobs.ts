import { sha256 as sha256Schema } from '../../src-shared/domain/ids.ts';
import { refuse, type Reply } from '../http/reply.ts';
import type { Call } from '../http/router.ts';
import type { Session } from '../storage/accounts.ts';
import type { Storage } from '../storage/storage.ts';

/** HEAD/GET /v1/blobs/{sha256}. RFC 9110 13–14: one range; more than one, or an unmeant unit, is answered by the whole. */
export function createBlobs(storage: Storage) {
  return function read({ request, params }: Call, session: Session): Reply {
    const name = sha256Schema.safeParse(params[0]);
    const size = name.success ? storage.content.findSize(name.data) : null;
    // the same answer for what is not there and what is not yours
    if (!name.success || size === null || !storage.uploads.mayRead(session.unit.code, name.data)) return refuse({ code: 'not-found', params: { what: 'content' } });
    const etag = `"${name.data}"`;
    const headers = { etag, 'accept-ranges': 'bytes', 'cache-control': 'private, max-age=31536000, immutable' };
    if (request.headers['if-none-match'] === etag) return { status: 304, headers };
    const ifRange = request.headers['if-range'];
    const range = ifRange === undefined || ifRange === etag ? readRange(request.headers.range, size) : null;
    if (range === 'unsatisfiable') return { status: 416, headers: { ...headers, 'content-range': `bytes */${size}` } };
    const [start, end] = range ?? [0, size - 1];
    const reply = {
      status: range === null ? 200 : 206,
      headers: {
        ...headers, 'content-type': 'application/octet-stream', 'content-length': end - start + 1,
        ...(range === null ? {} : { 'content-range': `bytes ${start}-${end}/${size}` }),
      },
    };
    return request.method === 'HEAD' ? reply : { ...reply, stream: storage.content.stream(name.data, start, end) };
  };
}

/** Inclusive `[start, end]`; null when there is no range to obey. */
function readRange(header: string | undefined, size: number): readonly [number, number] | 'unsatisfiable' | null {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? '');
  if (match === null || (match[1] === '' && match[2] === '')) return null;
  if (match[1] === '') {
    const last = Number(match[2]);
    return last === 0 ? 'unsatisfiable' : [Math.max(0, size - last), size - 1];
  }
  const start = Number(match[1]);
  const end = match[2] === '' ? size - 1 : Math.min(Number(match[2]), size - 1);
  if (match[2] !== '' && Number(match[2]) < start) return null;
  return start >= size ? 'unsatisfiable' : [start, end];
}
