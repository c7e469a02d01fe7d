import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { ProfileStore } from '../../../src-main/ports/store.ts';
import type { SyncPort } from '../../../src-main/ports/sync.ts';
import { openProfileStore } from '../../../src-main/store/open.ts';
import { createSync } from '../../../src-main/sync/sync.ts';
import type { Versions } from '../../../src-shared/domain/document.ts';
import type { CommandId, DocumentId, OrganizationCode } from '../../../src-shared/domain/ids.ts';
import { bookOf, password, type Seat } from './cast.ts';
import type { Clock } from './clock.ts';
import { blobWrites, Crashed, deskWrites, fence, type Run } from './fence.ts';
import type { Ledger } from './ledger.ts';
import type { Line, Network, Traffic } from './network.ts';
import type { BesideDesk, Planted } from './planted.ts';
import type { Random } from './random.ts';
import { watchDesk } from './watch.ts';

export const profileKey = new Uint8Array(32).fill(7);
export const serverUrl = 'http://van-thu.sim';

export type DeskParts = {
  readonly clock: Clock; readonly random: Random; readonly ledger: Ledger; readonly network: Network; readonly planted: Planted;
  readonly versions: (unit: OrganizationCode, document: DocumentId) => Promise<Versions>;
  /** Where profiles lie, and the empty one that each begins as. */
  readonly root: string; readonly template: string;
};

/** One machine at which one person works: its disk, its line, its clock, and the program that runs on it, or does not. */
export type SimDesk = {
  readonly name: string;
  readonly seat: Seat;
  readonly line: Line;
  readonly traffic: Traffic;
  skewMs: number;
  /** Of one write. */
  crashChance: number;
  /** Null while the program is down. */
  readonly live: () => Live | null;
  readonly open: () => void;
  readonly crash: (where: string) => void;
  /** Another machine with this one's disk as it is now. */
  readonly copy: (name: string) => SimDesk;
  readonly close: () => void;
  /** What this desk was told is gone. */
  readonly gone: Set<DocumentId>;
  /** What stood in the outbox when the disk was copied. */
  readonly shared: ReadonlySet<CommandId>;
};

/** `ended`: this run of the program is over. */
export type Live = { readonly run: Run; readonly store: ProfileStore; readonly sync: SyncPort; readonly ended: Promise<void> };

export function createDesk(parts: DeskParts, seat: Seat, name: string, from: { readonly dir: string; readonly shared?: ReadonlySet<CommandId>; readonly station?: string } | null = null): SimDesk {
  const { clock, ledger, network, planted } = parts;
  const random = parts.random.fork(`desk/${name}`);
  const dir = join(parts.root, name);
  const kept = join(parts.root, `${name}.before`);
  const station = from?.station ?? `station-${name}`;
  cpSync(from?.dir ?? parts.template, dir, { recursive: true });
  const line: Line = { mode: 'up', latencyMs: random.between(20, 700), bytesPerMs: random.pick([6, 30, 200]) };
  const traffic: Traffic = { requests: 0, faults: 0, cleanUploadBytes: 0, cleanDownloadBytes: 0, cleanCommands: new Map() };
  const gone = new Set<DocumentId>();
  let live: Live | null = null;
  let end: () => void = () => undefined;
  let raw: ProfileStore | null = null;
  let upgraded = from === null || from.shared !== undefined;
  /** A person who signs in themself, or a desk that has the password (the practice office). */
  const byPassword = random.chance(0.5);

  const desk: SimDesk = {
    name, seat, line, traffic, gone, skewMs: 0, crashChance: 0, shared: from?.shared ?? new Set(),
    live: () => live,
    open,
    crash: (where) => {
      if (live === null) return;
      live.run.alive = false;
      fall(where);
    },
    copy: (copied) => {
      const shared = new Set(raw?.desk.outbox().map(({ command }) => command.id) ?? []);
      return createDesk(parts, seat, copied, { dir, shared, station });
    },
    close: () => {
      if (live !== null) live.run.alive = false;
      raw?.close();
      live = null;
      raw = null;
      rmSync(dir, { recursive: true, force: true });
      rmSync(kept, { recursive: true, force: true });
    },
  };
  return desk;

  function fall(where: string): void {
    ledger.note(name, `ends ${where}`);
    ledger.covered.add(`end ${where}`);
    live = null;
    end();
    raw?.close();
    raw = null;
    if (planted.forgetful === true && random.chance(0.5)) restore();
    clock.after(random.between(200, 60_000), () => {
      if (live === null) open();
    });
  }

  function restore(): void {
    rmSync(dir, { recursive: true, force: true });
    try {
      cpSync(kept, dir, { recursive: true });
    } catch {
      cpSync(parts.template, dir, { recursive: true });
    }
  }

  function open(): void {
    if (live !== null) return;
    const opened = openProfileStore({ dir, key: profileKey });
    if (!opened.ok) throw new Error(`${name} does not open: ${opened.error.code}`);
    raw = opened.value;
    if (!upgraded) planted.upgrade?.(raw.desk);
    upgraded = true;
    const run: Run = { alive: true, endsAt: () => random.chance(desk.crashChance), onEnd: fall };
    const beside: BesideDesk = {
      random, ledger, desk: name, isCopy: from?.shared !== undefined, skewMs: () => desk.skewMs, versions: (document) => parts.versions(seat.unit.code, document),
      crash: (where) => {
        run.alive = false;
        fall(where);
        throw new Crashed(where);
      },
    };
    const wrongDesk = planted.desk?.(raw.desk, beside) ?? raw.desk;
    const wrongBlobs = planted.blobs?.(raw.blobs, beside) ?? raw.blobs;
    const watched = watchDesk({ desk: wrongDesk, blobs: wrongBlobs, ledger, random, name, unit: seat.unit.code, onGone: (ids) => ids.forEach((id) => gone.add(id)) });
    const recording = planted.forgetful === true ? remembering(watched) : watched;
    const store: ProfileStore = { desk: fence(recording, run, deskWrites, 'desk'), blobs: fence(wrongBlobs, run, blobWrites, 'blobs'), close: () => undefined };
    const plain = network.fetchFor(name, line, run, traffic);
    const sync = createSync({
      serverUrl, credentials: byPassword ? { user: seat.user, password } : null, station, store,
      time: clock.timeOf(() => desk.skewMs, () => run.alive), random: random.next,
      fetch: planted.fetch?.(plain, raw.desk, beside) ?? plain,
      log: (level, message, detail) => {
        if (run.alive && level === 'error') ledger.note(name, `${message} ${JSON.stringify(detail)}`);
      },
    });
    const ended = Promise.withResolvers<void>();
    end = ended.resolve;
    live = { run, store, sync, ended: ended.promise };
    ledger.note(name, 'begins');
    try {
      if (seat.role === 'clerk') sync.wantBooks([bookOf(seat.unit.code, 'van-ban-di'), bookOf(seat.unit.code, 'van-ban-den')]);
      sync.start();
    } catch (error) {
      if (!(error instanceof Crashed)) throw error;
    }
  }

  /** A disk that will forget: what it was before the last action is put aside. */
  function remembering(of: ProfileStore['desk']): ProfileStore['desk'] {
    return {
      ...of,
      recordAction: (...given) => {
        rmSync(kept, { recursive: true, force: true });
        cpSync(dir, kept, { recursive: true });
        of.recordAction(...given);
      },
    };
  }
}
