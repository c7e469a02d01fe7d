import type { Settings } from '../../../src-shared/contract/settings.ts';
import type { Seat } from '../seat.ts';
import { createIdle } from './idle.ts';
import { watchPull } from './pull.ts';
import type { LockReason } from './screen-lock.ts';

/** What the office wants of a screen that nobody sits before. `idleMs`, `pollMs`: tests only, who wait for no minutes. */
export type GuardSettings = {
  readonly read: () => Pick<Settings, 'lockMinutes' | 'tokenPull'>;
  readonly onChange: (listener: () => void) => () => void;
  readonly idleMs?: number;
  readonly pollMs?: number;
};

type GuardParts = {
  readonly seat: Seat;
  readonly settings: GuardSettings | undefined;
  readonly lock: (reason: LockReason) => void;
  readonly signOut: () => void;
};

/** Watches over an open desk that is not locked: for hands that have gone, and for a token that was pulled out. It decides in the backend, so that a page that sleeps or stands still keeps nothing open. */
export function createGuard({ seat, settings, lock, signOut }: GuardParts): { readonly look: () => void; readonly touched: () => void; readonly stop: () => void } {
  const idle = createIdle({ limitMs: () => settings?.idleMs ?? (settings?.read().lockMinutes ?? 0) * 60_000, onIdle: () => lock('idle') });
  let pull: { readonly of: string; readonly stop: () => void } | null = null;
  let isOpen = false;
  const unlisten = settings?.onChange(look);

  /** The desk, its lock, its person's token or the settings may stand otherwise. */
  function look(): void {
    if (settings === undefined) return;
    const desk = seat.desk();
    const profile = seat.profile();
    const wasOpen = isOpen;
    isOpen = desk !== null && profile?.locked !== true;
    if (isOpen && !wasOpen) idle.start();
    else if (isOpen) idle.changed();
    else idle.stop();
    const { tokenPull } = settings.read();
    const wanted = isOpen && desk !== null && tokenPull !== 'nothing' && profile?.tokenSession === true ? profile.certificate : null;
    if (pull?.of === wanted) return;
    pull?.stop();
    pull = wanted === null || desk === null ? null : { of: wanted, stop: watchPull(desk.tokens, wanted, onPulled, settings.pollMs) };
  }

  function onPulled(): void {
    pull = null;
    // read at the last moment: the office may want it otherwise by now
    const wanted = settings?.read().tokenPull;
    if (wanted === 'lock') lock('token');
    else if (wanted === 'sign-out') signOut();
  }

  return {
    look,
    touched: idle.touched,
    stop: () => {
      unlisten?.();
      idle.stop();
      pull?.stop();
      pull = null;
    },
  };
}
