import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { lastPracticeDay } from '../../src-shared/domain/practice-clock.ts';
import { vietnamDay } from '../../src-shared/domain/vietnam-day.ts';
import { instant, localDate } from '../../src-shared/domain/ids.ts';
import { writeWhole } from '../features/settings/write-whole.ts';

/**
 * The one clock of the practice office: every desk and the server go by it. It runs as the machine's does, so many ms ahead of it, and only forward: what was done at one desk is never later
 * than what is done next at another. The tokens alone keep the machine's time; their certificates last longer than the practice may go.
 */
export type PracticeClock = {
  readonly now: () => Date;
  /** How far it is ahead of the machine's. */
  readonly shiftMs: () => number;
  /** The last day that it may be moved to. */
  readonly lastDay: string;
  /** Moves it on; an instant that has passed leaves it where it is. */
  readonly moveTo: (at: string) => void;
  /** Written down, so that the next opening begins no earlier. */
  readonly keep: () => void;
};

const file = z.object({ schema: z.literal(1), shiftMs: z.int().nonnegative(), latest: instant, lastDay: localDate });

/** `path`: where it is kept. `builtOn`: the day on which the practice was built. `realMs`: the machine's clock. */
export function openPracticeClock(path: string, builtOn: string, realMs: () => number = () => Date.now()): PracticeClock {
  const kept = readKept(path);
  const lastDay = kept?.lastDay ?? lastPracticeDay(builtOn);
  // a machine whose clock was set back, or a folder that was brought to another machine
  let shiftMs = kept === null ? 0 : Math.max(kept.shiftMs, Date.parse(kept.latest) - realMs());
  const now = (): Date => new Date(realMs() + shiftMs);
  const keep = (): void => writeWhole(path, JSON.stringify({ schema: 1, shiftMs, latest: now().toISOString(), lastDay } satisfies z.infer<typeof file>));
  keep();
  return {
    now,
    shiftMs: () => shiftMs,
    lastDay,
    moveTo: (at) => {
      shiftMs += Math.max(0, Date.parse(at) - now().getTime());
      keep();
    },
    keep,
  };
}

/** The day in Vietnam on which the practice was built, out of its marker; today where the marker does not say. */
export function builtDay(marker: string): string {
  const parsed = z.object({ builtAt: instant }).safeParse(readJson(marker));
  return vietnamDay(parsed.success ? parsed.data.builtAt : Date.now());
}

function readKept(path: string): z.infer<typeof file> | null {
  const parsed = file.safeParse(readJson(path));
  return parsed.success ? parsed.data : null;
}

function readJson(path: string): unknown {
  if (!existsSync(path)) return null;
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    // cut off while it was written: the same as none
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
