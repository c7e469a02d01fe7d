import type { SyncStatus } from '../../src-shared/contract/office.ts';
import type { Time } from '../ports/time.ts';
import type { Meter } from './meter.ts';
import type { Heard } from './wire.ts';

/** How the line stands, by what was last heard on it. */
export type Health = {
  readonly heard: (what: Heard) => void;
  /** Nothing is sent for so long. */
  readonly busyFor: (ms: number) => void;
  /** ms that are left of it; 0: not busy. */
  readonly busyMs: () => number;
  readonly isOnline: () => boolean;
  readonly describe: (signedIn: boolean) => Pick<SyncStatus, 'online' | 'since' | 'line' | 'busyUntil'>;
};

export function createHealth(options: { time: Time; meter: Meter; onChanged: () => void }): Health {
  const { time, meter, onChanged } = options;
  let last: Heard = 'silence';
  let since: string | null = null;
  // by the clock that only goes forward: a desk whose date is corrected is neither rude nor silent for a day
  let notBefore = 0;
  let busyUntil: string | null = null;

  const busyMs = (): number => Math.max(0, notBefore - time.elapsed());
  const isOnline = (): boolean => last === 'server';

  return {
    heard: (what) => {
      if (what === last) return;
      // "since" speaks of a line that was there once
      if ((what === 'server') !== isOnline() && (what === 'server' || since !== null)) since = new Date(time.now()).toISOString();
      last = what;
      onChanged();
    },
    busyFor: (ms) => {
      if (time.elapsed() + ms <= notBefore) return;
      notBefore = time.elapsed() + ms;
      busyUntil = ms === 0 ? null : new Date(time.now() + ms).toISOString();
      onChanged();
    },
    busyMs,
    isOnline,
    describe: (signedIn) => {
      const busy = busyMs() > 0;
      const line = !signedIn ? 'signed-out' : busy ? 'busy' : last === 'stranger' ? 'portal' : last === 'silence' ? 'down' : meter.isSlow() ? 'slow' : 'up';
      return { online: isOnline(), since, line, busyUntil: busy ? busyUntil : null };
    },
  };
}
