import { sha256 as sha256Schema } from '../../src-shared/domain/ids.ts';
import { refuse, type Reply } from '../http/call.ts';
import { answerRange } from '../http/range.ts';
import type { Call } from '../http/router.ts';
import type { Session } from '../storage/port.ts';
import type { Deps } from './deps.ts';

/** HEAD/GET /v1/blobs/{sha256} */
export function createBlobs({ storage, content }: Deps) {
  return async function read({ request, params }: Call, session: Session): Promise<Reply> {
    const name = sha256Schema.safeParse(params[0]);
    const missing = () => refuse({ code: 'not-found', params: { what: 'content' } });
    // the same answer for what is not there and what is not yours
    if (!name.success || !(await storage.read((tx) => tx.uploads.mayRead(session.unit.code, name.data)))) return missing();
    const size = await content.findSize(name.data);
    return size === null ? missing() : answerRange(request, { name: name.data, size, read: (start, end) => content.read(name.data, start, end) });
  };
}
