import type { DocumentId } from '../../../src-shared/domain/ids.ts';
import { bookOf, commune } from './cast.ts';
import type { Clock } from './clock.ts';
import type { SimDesk } from './desk.ts';
import type { Ledger } from './ledger.ts';
import { noFaults, type Faults, type Network } from './network.ts';
import type { Province } from './province.ts';
import type { Random } from './random.ts';

export type ChaosOptions = {
  readonly clock: Clock; readonly random: Random; readonly ledger: Ledger; readonly network: Network; readonly province: Province; readonly desks: SimDesk[]; readonly documents: DocumentId[];
  readonly lengthMs: number;
  /** Desks' clocks may jump. */
  readonly jumps: boolean;
  readonly addDesk: (desk: SimDesk) => void;
};

/** Lays out everything that goes wrong in this world, from its seed. After `lengthMs` nothing does any more (`endChaos`). */
export function beginChaos({ clock, random, ledger, network, province, desks, documents, lengthMs, jumps, addDesk }: ChaosOptions): void {
  network.faults = drawFaults(random);
  for (const desk of desks) desk.crashChance = random.chance(0.7) ? random.between(0, 0.02) : 0;
  province.crashChance = random.chance(0.7) ? random.between(0, 0.006) : 0;

  const at = (work: () => void | Promise<void>): void => {
    clock.after(random.between(0, lengthMs), () => void Promise.resolve(work()).catch((error: unknown) => ledger.violate('bug', error instanceof Error ? (error.stack ?? error.message) : String(error))));
  };
  const times = (most: number, work: () => void | Promise<void>): void => {
    for (let k = random.int(most + 1); k > 0; k--) at(work);
  };

  // lines that go and come back
  times(6, () => {
    const desk = random.pick(desks);
    desk.line.mode = random.pick(['refused', 'half-open', 'portal']);
    ledger.note(desk.name, `line ${desk.line.mode}`);
    clock.after(random.between(1000, 150_000), () => {
      desk.line.mode = 'up';
      ledger.note(desk.name, 'line up');
    });
  });
  times(3, () => random.pick(desks).crash('as the power goes'));
  times(2, () => province.crash('as the power goes'));
  times(2, () => province.endSessions(random.pick(desks).seat.user));
  times(2, () => province.releaseBook(bookOf(commune.code, random.pick(['van-ban-di', 'van-ban-den']))));
  times(2, async () => {
    if (documents.length > 0) await province.withdraw(commune.code, random.pick(documents), random.pick(['withdrawn', 'scope']));
  });
  if (random.chance(0.25)) at(() => province.changeEpoch());
  if (random.chance(0.2)) {
    at(() => {
      const original = random.pick(desks);
      ledger.note(original.name, 'its disk is copied to another machine');
      ledger.covered.add('copied desk');
      const copied = original.copy(`${original.name}-copy`);
      copied.crashChance = original.crashChance;
      copied.skewMs = original.skewMs;
      addDesk(copied);
    });
  }
  if (jumps) {
    times(2, () => {
      const desk = random.pick(desks);
      desk.skewMs += random.pick([-1, 1]) * random.between(0, 86_400_000);
      ledger.note(desk.name, `clock is now ${Math.round(desk.skewMs / 1000)} s off`);
    });
  }
}

function drawFaults(random: Random): Faults {
  const drawn: Record<string, number> = {};
  for (const fault of Object.keys(noFaults)) drawn[fault] = random.chance(0.5) ? random.between(0, 0.06) : 0;
  return { ...noFaults, ...drawn };
}

/** From here on the world is good to everybody. */
export function endChaos({ network, province, desks }: Pick<ChaosOptions, 'network' | 'province' | 'desks'>): void {
  network.faults = noFaults;
  province.crashChance = 0;
  for (const desk of desks) {
    desk.line.mode = 'up';
    desk.crashChance = 0;
    desk.open();
  }
}
