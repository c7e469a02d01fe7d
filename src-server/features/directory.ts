import { organizationCode } from '../../src-shared/domain/ids.ts';
import { json, refuse, type Reply } from '../http/call.ts';
import type { Call } from '../http/router.ts';
import type { Session } from '../storage/port.ts';
import type { Deps } from './deps.ts';

/** GET /v1/directory?since=&after= */
export function createDirectoryCall({ storage, limits }: Deps) {
  return async function directory({ url }: Call, session: Session): Promise<Reply> {
    const since = url.searchParams.get('since') ?? '0';
    const afterCode = url.searchParams.get('after') ?? '';
    if (!/^\d{1,15}$/.test(since)) return refuse({ code: 'input.invalid', params: { where: 'since' } });
    if (afterCode !== '' && !organizationCode.safeParse(afterCode).success) return refuse({ code: 'input.invalid', params: { where: 'after' } });
    const { version, entries, people } = await storage.read(async (tx) => ({
      version: await tx.directory.version(),
      entries: await tx.directory.changedSince(Number(since), afterCode, limits.directoryPage + 1),
      people: afterCode === '' ? await tx.accounts.people(session.unit.code) : null,
    }));
    return json(200, { version, entries: entries.slice(0, limits.directoryPage), hasMore: entries.length > limits.directoryPage, ...(people === null ? {} : { people }) });
  };
}
