import type { DocumentId, OrganizationCode } from '../../../src-shared/domain/ids.ts';
import type { LogEvent } from '../../../src-shared/domain/document.ts';
import type { SimDesk } from './desk.ts';
import type { Ledger } from './ledger.ts';
import type { Province } from './province.ts';
import { checkActions, checkOverwrites } from './check-actions.ts';
import { checkBooks } from './check-books.ts';
import { checkContents, checkDelivery, checkTraffic } from './check-contents.ts';
import { checkCursors } from './check-cursors.ts';
import { checkDesks } from './check-desks.ts';

/** What the server holds when all is quiet. */
export type ServerState = {
  readonly units: ReadonlyMap<OrganizationCode, ReadonlyMap<DocumentId, readonly LogEvent[]>>;
  readonly heads: ReadonlyMap<OrganizationCode, { readonly counter: number; readonly digest: string }>;
};
export type CheckOptions = { readonly ledger: Ledger; readonly province: Province; readonly desks: readonly SimDesk[] };

/** Why the world is not at rest, or null. */
export async function findUnrest({ province, desks }: Pick<CheckOptions, 'province' | 'desks'>): Promise<string | null> {
  for (const desk of desks) {
    const live = desk.live();
    if (live === null) return `${desk.name} is down`;
    const { desk: store } = live.store;
    const waiting = store.outbox()[0];
    if (waiting !== undefined) return `${desk.name}: ${waiting.command.type} is ${waiting.sync}`;
    if (store.snapshotUnderWay() !== null) return `${desk.name} is being filled`;
    const head = await province.storage.read((tx) => tx.documents.head(desk.seat.unit.code));
    if (store.digest() !== head.digest) return `${desk.name}: digest ${store.digest()} is not the server's ${head.digest}`;
    const missing = store.missingContents('', 5000).missing.length;
    if (missing > 0) return `${desk.name}: ${missing} contents are missing`;
    if (!live.sync.status().signedIn) return `${desk.name} is signed out`;
  }
  return null;
}

/** All that must hold when the world is at rest; what was watched on the way has been told already. */
export async function checkAll(options: CheckOptions & { readonly quiet: boolean; readonly quietWithinMs: number }): Promise<void> {
  const { ledger, province, quiet, quietWithinMs } = options;
  if (!quiet) {
    const why = (await findUnrest(options)) ?? 'at rest only just now';
    ledger.violate(/is (waiting|confirming|sending|synced)$/.test(why) ? 'I6' : /digest|missing/.test(why) ? 'I5' : 'I9', `not at rest ${quietWithinMs / 60_000} minutes after the last fault: ${why}`);
  }
  const server = await readServer(province);
  checkActions(options);
  checkOverwrites(options);
  await checkBooks(options);
  await checkContents(options, server);
  checkDelivery(options, server);
  checkTraffic(options);
  await checkCursors(options);
  checkDesks(options, server, quiet);
}

async function readServer(province: Province): Promise<ServerState> {
  const units = new Map<OrganizationCode, Map<DocumentId, readonly LogEvent[]>>();
  const heads = new Map<OrganizationCode, { counter: number; digest: string }>();
  await province.storage.read(async (tx) => {
    for (const office of await tx.directory.changedSince(0, '', 100)) {
      const documents = new Map<DocumentId, readonly LogEvent[]>();
      for (let before: number | null = null; ;) {
        const page = await tx.documents.newestBefore(office.code, before, 200);
        for (const { change } of page) if ('events' in change) documents.set(change.document, change.events);
        const last = page.at(-1);
        if (last === undefined || page.length < 200) break;
        before = last.seq;
      }
      units.set(office.code, documents);
      heads.set(office.code, await tx.documents.head(office.code));
    }
  });
  return { units, heads };
}
