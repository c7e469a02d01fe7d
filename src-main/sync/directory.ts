import { z } from 'zod';
import { directoryResponse } from '../../src-shared/protocol/wire.ts';
import type { DeskStore } from '../ports/store.ts';
import { again, type Failure } from './failure.ts';
import type { Gate } from './gate.ts';
import type { Session } from './session.ts';
import type { SyncTiming } from './timing.ts';
import type { Wire } from './wire.ts';

const settingKey = 'sync.directory';
/** A reading of pages that the program's end broke off: `version` is the one that it began with, so that nothing which changed meanwhile is missed. */
const underWay = z.object({ since: z.int(), version: z.int(), after: z.string() }).nullable().catch(null);

export type Directory = { readonly run: () => Promise<Failure | null> };

/** Who is who, kept for the time without a line: what changed since the version that is here, page by page, resumed where it was broken off. */
export function createDirectory(options: { wire: Wire; session: Session; desk: DeskStore; gate: Gate; timing: SyncTiming; now: () => number }): Directory {
  const { wire, session, desk, gate, timing, now } = options;
  let askedAt: number | null = null;

  function isDue(): boolean {
    return askedAt === null || now() - askedAt >= timing.directoryMs || now() < askedAt;
  }

  return {
    run: async () => {
      if (!isDue()) return null;
      const since = desk.directoryVersion();
      const stored = desk.getSetting(settingKey);
      let so = underWay.parse(stored === null || stored === '' ? null : JSON.parse(stored));
      if (so !== null && so.since !== since) so = null;
      for (;;) {
        await gate.clear(2);
        const query = new URLSearchParams({ since: String(since), ...(so === null ? {} : { after: so.after }) });
        const answer = await session.withToken((token) => wire.call('GET', `/v1/directory?${query.toString()}`, directoryResponse, { token }));
        if (!answer.ok) return answer.failure.kind === 'refused' ? again : answer.failure;
        const { entries, hasMore, people } = answer.value;
        const version = so?.version ?? answer.value.version;
        const last = entries.at(-1);
        if (hasMore && (last === undefined || last.code === so?.after)) return again;
        desk.putDirectory(entries, hasMore ? null : version);
        if (people !== undefined) desk.putPeople(people);
        if (!hasMore || last === undefined) break;
        so = { since, version, after: last.code };
        desk.setSetting(settingKey, JSON.stringify(so));
      }
      if (so !== null) desk.setSetting(settingKey, '');
      askedAt = now();
      return null;
    },
  };
}
