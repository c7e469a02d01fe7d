import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from '../../../src-main/store/driver.ts';
import { applyMissing } from '../../../src-main/store/migrate.ts';
import { migrationsOf } from '../../../src-main/store/migrations/index.ts';
import { openProfileStore } from '../../../src-main/store/open.ts';
import { documentId, type DocumentId } from '../../../src-shared/domain/ids.ts';
import { sessionResponse } from '../../../src-shared/protocol/wire.ts';
import { bookOf, commune, department, password, seats } from './cast.ts';
import { beginChaos, endChaos } from './chaos.ts';
import { checkAll, findUnrest } from './checks.ts';
import { createClock } from './clock.ts';
import { contentRefOf } from './contents.ts';
import { createDesk, profileKey, serverUrl, type SimDesk } from './desk.ts';
import { createLedger, type Violation } from './ledger.ts';
import { createNetwork, type Line, type Network, type Traffic } from './network.ts';
import { makeOlderTemplate, rememberOlder } from './older.ts';
import { actOnce, settleProblem } from './person.ts';
import type { Planted } from './planted.ts';
import { openProvince } from './province.ts';
import { createRandom } from './random.ts';

export type WorldOptions = {
  readonly seed: number;
  readonly planted?: Planted;
  /** Every desk's clock is this far off from the beginning; null: what the seed says. */
  readonly skewMs?: number | null;
};

export type Outcome = {
  readonly seed: number;
  readonly violations: readonly Violation[];
  readonly lines: readonly string[];
  readonly hash: string;
  readonly covered: readonly string[];
  readonly figures: { readonly actions: number; readonly effects: number; readonly requests: number; readonly faults: number; readonly quietAfterMs: number };
};

const dayMs = 86_400_000;
/** I9: a backoff of two minutes, a timeout of one, a session to be opened again, and all of it a few times over. */
const quietWithinMs = 30 * 60_000;

/** Memory in place of a disk, where the machine has it: what ends here is a program, and files outlive it there too. */
const shared = '/dev/shm';
const base = (() => {
  try {
    return statSync(shared).isDirectory() ? shared : tmpdir();
  } catch {
    return tmpdir();
  }
})();
type Templates = { readonly root: string; readonly dir: string; readonly older: string };
let templates: Templates | null = null;

/** An empty profile that every desk begins as, and an older version's: making one anew takes six times as long as copying it. */
async function findTemplates(): Promise<Templates> {
  if (templates !== null) return templates;
  const root = mkdtempSync(join(base, 'van-thu-sim-'));
  process.once('exit', () => rmSync(root, { recursive: true, force: true }));
  const dir = join(root, 'template');
  mkdirSync(dir);
  // the worlds' files are of a few kB: pages as large as a scan needs them would be most of the work
  const small = connect(join(dir, 'blobs.db'), { key: profileKey, readonly: false, pageSizeBytes: 4096, cacheKiB: 1024 });
  applyMissing(small, migrationsOf('blobs'), 0);
  small.close();
  const made = openProfileStore({ dir, key: profileKey });
  if (!made.ok) throw new Error(made.error.code);
  made.value.close();
  const older = join(root, 'older');
  await makeOlderTemplate(dir, older, profileKey);
  templates = { root, dir, older };
  return templates;
}

/** One world from its seed: chaos while people work, then peace, then what must hold. */
export async function runWorld({ seed, planted = {}, skewMs = null }: WorldOptions): Promise<Outcome> {
  const { root, dir, older } = await findTemplates();
  const random = createRandom(seed);
  const clock = createClock();
  const ledger = createLedger(clock.elapsed);
  const documents: DocumentId[] = [];
  const home = join(root, String(seed));
  rmSync(home, { recursive: true, force: true });
  mkdirSync(home);
  const province = await openProvince({ clock, random: random.fork('province'), ledger, planted, nodes: random.chance(0.4) ? 2 : 1 });
  const network: Network = createNetwork({ clock, random: random.fork('network'), ledger, handle: province.handle });
  network.weightless = skewMs !== null;
  const desks: SimDesk[] = [];
  const people = random.fork('people');
  const plan = random.fork('plan');
  const lengthMs = plan.between(30_000, 120_000);
  const skewed = skewMs !== null || plan.chance(0.5);
  let working = true;
  const fault = (error: unknown): void => ledger.violate('bug', error instanceof Error ? (error.stack ?? error.message) : String(error));
  const onRejection = (error: unknown): void => {
    if (!(error instanceof Error && error.name === 'Crashed')) fault(error);
  };
  process.on('unhandledRejection', onRejection);

  /** Works at random intervals; signs in when the program asks for it. */
  function employ(desk: SimDesk): void {
    const mine = people.fork(desk.name);
    const pace = mine.pick([8000, 15_000, 30_000]);
    const next = (): void => void clock.after(mine.between(300, pace), () => {
      if (working) void actOnce({ desk, ledger, random: mine, clock, documents }).catch(fault).finally(next);
    });
    const look = (): void => void clock.after(mine.between(3000, 20_000), () => void signIn(desk).catch(fault).finally(look));
    next();
    look();
  }

  async function signIn(desk: SimDesk): Promise<void> {
    const live = desk.live();
    if (live === null || !live.run.alive || live.sync.status().signedIn || desk.line.mode !== 'up') return;
    const line: Line = { ...desk.line };
    const traffic: Traffic = { ...desk.traffic };
    const ask = network.fetchFor(`${desk.name}?`, line, live.run, traffic);
    const timeout = new AbortController();
    const cancel = clock.after(30_000, () => timeout.abort(new Error('timeout')));
    try {
      const answer = await Promise.race([live.ended, ask(`${serverUrl}/v1/session`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ user: desk.seat.user, password }), signal: timeout.signal })]);
      if (answer === undefined) return;
      const opened = sessionResponse.safeParse(await Promise.race([live.ended, answer.json().catch(() => null)]));
      if (opened.success && live.run.alive) live.sync.renew({ user: opened.data.user, token: opened.data.token });
    } catch {
      // the line again; the person tries later
    } finally {
      cancel();
    }
  }

  async function sendLetter(): Promise<void> {
    const id = documentId.parse(people.uuid());
    documents.push(id);
    const bytes = people.bytes(300 + people.int(4000));
    contentRefOf(ledger, bytes);
    await province.arrive(people.chance(0.8) ? commune.code : department.code, id, bytes, people.chance(0.4));
  }

  try {
    for (const unit of [commune, department]) {
      for (const register of ['van-ban-di', 'van-ban-den'] as const) {
        ledger.books.add(bookOf(unit.code, register));
        if (people.chance(0.3)) await province.voidFirst(bookOf(unit.code, register), unit.code);
      }
    }
    for (let k = 2 + people.int(5); k > 0; k--) await sendLetter();
    // worlds are short: without these nobody would come as far as a number and a seal
    for (const [unit, other] of [[commune, department], [commune, department], [department, commune]] as const) {
      if (people.chance(0.3)) continue;
      const id = documentId.parse(people.uuid());
      documents.push(id);
      await province.lie(unit.code, id, people.bytes(300 + people.int(2000)), other);
    }
    for (const seat of seats) {
      const upgrade = seat.name === 'clerk' && plan.chance(0.1);
      if (upgrade) ledger.covered.add('upgrade');
      if (upgrade) rememberOlder(ledger, seat.name, documents);
      const desk = createDesk({ clock, random, ledger, network, planted, versions: province.versions, root: home, template: dir }, seat, seat.name, upgrade ? { dir: older } : null);
      desk.skewMs = skewMs ?? (skewed ? plan.pick([-dayMs, -3_600_000, 0, 3_600_000, dayMs]) : 0);
      desks.push(desk);
    }
    const chaos = random.fork('chaos');
    for (const desk of desks) {
      clock.after(chaos.between(0, 10_000), desk.open);
      employ(desk);
    }
    beginChaos({
      clock, random: chaos, ledger, network, province, desks, documents, lengthMs, jumps: skewMs === null && skewed,
      addDesk: (desk) => {
        desks.push(desk);
        desk.open();
        employ(desk);
      },
    });
    for (let k = people.int(5); k > 0; k--) clock.after(people.between(0, lengthMs), () => void sendLetter().catch(fault));
    await clock.run({ untilMs: lengthMs, everyMs: lengthMs, done: () => false });
    ledger.note('world', 'peace');
    working = false;
    endChaos({ network, province, desks });
    const from = clock.now();
    const quiet = await clock.run({
      untilMs: quietWithinMs, everyMs: 10_000,
      done: async () => {
        for (const desk of desks) {
          desk.open();
          for (let live = desk.live(); live !== null && settleProblem({ desk, ledger }, live);) live = desk.live();
        }
        return (await findUnrest({ province, desks })) === null;
      },
    });
    const quietAfterMs = clock.now() - from;
    await checkAll({ ledger, province, desks, quiet, quietWithinMs });
    return {
      seed, violations: [...ledger.violations], lines: ledger.lines, hash: ledger.hash(), covered: [...ledger.covered],
      figures: { actions: ledger.actions.size, effects: ledger.effects.length, requests: sum(desks, 'requests'), faults: sum(desks, 'faults'), quietAfterMs },
    };
  } finally {
    process.off('unhandledRejection', onRejection);
    for (const desk of desks) desk.close();
    await province.close();
    rmSync(home, { recursive: true, force: true });
  }
}

function sum(desks: readonly SimDesk[], of: 'requests' | 'faults'): number {
  return desks.reduce((total, desk) => total + desk.traffic[of], 0);
}
