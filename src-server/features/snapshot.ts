import { z } from 'zod';
import { sha256, type OrganizationCode, type Sha256 } from '../../src-shared/domain/ids.ts';
import type { SnapshotInfo } from '../../src-shared/protocol/wire.ts';
import { json, refuse, type Reply } from '../http/call.ts';
import { answerRange } from '../http/range.ts';
import type { Call } from '../http/router.ts';
import type { Session, Tx } from '../storage/port.ts';
import type { Cursors } from './cursor.ts';
import type { Deps } from './deps.ts';
import { snapshotFrames } from './snapshot-frames.ts';

/** The unit's present snapshot and where its feed stood; `previous` is kept for whoever is fetching it. */
const kept = z.object({
  hash: sha256, sizeBytes: z.int(), documents: z.int(), counter: z.int(), digest: z.string(), previous: z.object({ hash: sha256, counter: z.int() }).nullable(),
});
type Kept = z.infer<typeof kept>;

const keyOf = (unit: OrganizationCode) => `snapshot/${unit}`;
const floorOf = (unit: OrganizationCode) => `snapshot-floor/${unit}`;
/** Whoever asks for the first one waits so long, and then comes again. */
const patienceMs = 8000;

async function findKept(tx: Tx, unit: OrganizationCode): Promise<Kept | null> {
  const text = await tx.settings.get(keyOf(unit));
  return text === null || text === '' ? null : kept.parse(JSON.parse(text));
}

/** Something was taken out of the unit's sight, after `touch`: what was packed before, or is being packed now, is not given out any more. */
export async function endSnapshots(tx: Tx, unit: OrganizationCode): Promise<void> {
  await tx.settings.put(floorOf(unit), String((await tx.documents.head(unit)).counter));
}

/** The snapshots that may be given out: none from before the last document was taken away. */
async function findUsable(tx: Tx, unit: OrganizationCode): Promise<{ readonly present: Kept | null; readonly names: readonly Sha256[] }> {
  const found = await findKept(tx, unit);
  const floor = Number((await tx.settings.get(floorOf(unit))) ?? 0);
  if (found === null || found.counter < floor) return { present: null, names: [] };
  const { previous } = found;
  return { present: found, names: previous !== null && previous.counter >= floor ? [found.hash, previous.hash] : [found.hash] };
}

/** All documents of a unit as one immutable file: built when it is asked for and the last one has grown old, once for all who ask. */
export function createSnapshots({ storage, content, limits, after, brotli, log }: Deps, cursors: Cursors) {
  const building = new Map<OrganizationCode, Promise<Kept | null>>();
  let turn: Promise<unknown> = Promise.resolve();

  async function build(unit: OrganizationCode): Promise<Kept | null> {
    const made = await storage.read(async (tx) => {
      const { counter, digest } = await tx.documents.head(unit);
      let documents = 0;
      const put = await content.made.put(snapshotFrames(tx, unit, brotli, () => (documents += 1)));
      return { hash: put.sha256, sizeBytes: put.sizeBytes, documents, counter, digest };
    });
    const { next, dropped } = await storage.transaction(async (tx) => {
      const before = await findKept(tx, unit);
      const older = before === null || before.hash === made.hash ? (before?.previous ?? null) : { hash: before.hash, counter: before.counter };
      const value: Kept = { ...made, previous: older?.hash === made.hash ? null : older };
      await tx.settings.put(keyOf(unit), JSON.stringify(value));
      const stay = new Set([value.hash, value.previous?.hash]);
      return { next: value, dropped: [before?.hash, before?.previous?.hash].filter((hash) => hash !== undefined && !stay.has(hash)) };
    });
    for (const hash of dropped) if (hash !== undefined) await content.made.remove(hash);
    log('info', 'snapshot', { unit, documents: next.documents, bytes: next.sizeBytes });
    return next;
  }

  /** One at a time on this node: packing is work. */
  function buildOnce(unit: OrganizationCode): Promise<Kept | null> {
    const present = building.get(unit);
    if (present !== undefined) return present;
    const mine = turn.then(() => build(unit));
    turn = mine.catch(() => undefined);
    building.set(unit, mine);
    void turn.then(() => building.delete(unit));
    return mine;
  }

  async function isFresh(snapshot: Kept, counter: number): Promise<boolean> {
    const past = counter - snapshot.counter;
    return past >= 0 && past <= Math.max(limits.snapshotStalePlaces, snapshot.documents / 10) && (await content.made.findSize(snapshot.hash)) === snapshot.sizeBytes;
  }

  async function describe(unit: OrganizationCode, { hash, sizeBytes, documents, counter, digest }: Kept): Promise<Reply> {
    return json(200, { scope: unit, hash, sizeBytes, documents, digest, cursor: await cursors.write(unit, { had: counter, after: counter }) } satisfies SnapshotInfo);
  }

  return {
    /** GET /v1/snapshot?cursor=; never one from before a cursor of ours (I10). 404 where there is nothing to fetch: the feed's beginning is all there is. */
    info: async ({ url }: Call, session: Session): Promise<Reply> => {
      const unit = session.unit.code;
      const { snapshot, counter } = await storage.read(async (tx) => ({ snapshot: (await findUsable(tx, unit)).present, counter: (await tx.documents.head(unit)).counter }));
      const least = (await cursors.read(unit, url.searchParams.get('cursor')))?.after ?? 0;
      if (counter === 0) return refuse({ code: 'not-found', params: { what: 'snapshot' } });
      if (snapshot !== null && snapshot.counter >= least && (await isFresh(snapshot, counter))) return describe(unit, snapshot);
      const late = new Promise<'late'>((resolve) => void after(patienceMs, () => resolve('late')));
      const built = await Promise.race([buildOnce(unit), late]);
      if (built !== 'late' && built !== null && built.counter >= least) return describe(unit, built);
      return refuse({ code: 'server.busy' }, { 'retry-after': 10 });
    },
    /** HEAD/GET /v1/snapshot/{scope}/{hash} */
    bytes: async ({ request, params: [scope, hash] }: Call, session: Session): Promise<Reply> => {
      const unit = session.unit.code;
      const missing = () => refuse({ code: 'not-found', params: { what: 'snapshot' } });
      const name = sha256.safeParse(hash);
      if (scope !== unit || !name.success) return missing();
      const { names } = await storage.read((tx) => findUsable(tx, unit));
      if (!names.includes(name.data)) return missing();
      const size = await content.made.findSize(name.data);
      return size === null ? missing() : answerRange(request, { name: name.data, size, read: (start, end) => content.made.read(name.data, start, end) });
    },
  };
}
