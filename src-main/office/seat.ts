import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { AppFailure, type AppError } from '../../src-shared/result.ts';
import type { Desk, DeskEvents } from '../backend/desk.ts';
import { createGate } from '../backend/gate.ts';
import type { ServerSession } from './ask-server.ts';
import { openOfficeDesk, type OfficeParts } from './open-desk.ts';
import { takeProfileLock, type ProfileLock } from './profile-lock.ts';
import { findProfile, profileFile, writeProfile, type OfficeProfile } from './profile.ts';

type Sat = { readonly desk: Desk; readonly gate: ReturnType<typeof createGate>; readonly stop: () => void };

/** The one profile of this machine and the desk that it holds, while it holds one. */
export type Seat = {
  readonly desk: () => Desk | null;
  /** Answers what is not for the door; `session.required` while there is no desk. */
  readonly gate: () => ReturnType<typeof createGate>;
  readonly profile: () => OfficeProfile | null;
  /** Writes what is given into the profile, on disk before it is answered. There is one. */
  readonly remember: (change: Partial<OfficeProfile>) => void;
  /** Why the profile cannot be read. */
  readonly unreadable: () => AppError | null;
  /** Why what is kept here did not open; to be said before anybody signs in, since without a line nobody can. */
  readonly shut: () => AppError | null;
  readonly forgetShut: () => void;
  readonly isHeld: () => boolean;
  /** Another program has the profile. */
  readonly isInUse: () => boolean;
  readonly hold: () => AppError | null;
  readonly letGo: () => void;
  /** The desk that was open last; the sign-in screen comes instead where it cannot be, and a sign-in meets the same error and says it. */
  readonly openKept: () => AppError | null;
  /** The desk of whom the server let in; the one that is open stays where it would come out the same. `moved`: there is another one, or none. */
  readonly open: (next: { readonly serverUrl: string; readonly session: ServerSession; readonly certificate: string | null; readonly tokenSession: boolean }) => Promise<{ readonly error: AppError | null; readonly moved: boolean }>;
  readonly rise: () => Promise<void>;
  /** Of whichever desk is open. */
  readonly on: (listener: DeskEvents) => () => void;
};

/** `onSession`: the desk that is open was signed in, or is no longer. */
export function createSeat(parts: OfficeParts, onSession: () => void): Seat {
  const { dir, key, log } = parts;
  const nobody = createGate({}, log);
  const events = new Set<DeskEvents>();
  let found = findProfile(dir);
  let profile = found.ok ? found.value : null;
  let sat: Sat | null = null;
  let lock: ProfileLock | null = null;
  let inUse = false;
  let shut: AppError | null = found.ok ? null : found.error;

  function openKept(): AppError | null {
    if (profile === null || profile.left !== null) return null;
    const error = hold() ?? findKept() ?? sit(profile, null);
    shut = error?.code === 'session.in-use' ? null : error;
    if (error !== null) log(error.code === 'session.in-use' ? 'warn' : 'error', 'the desk did not open', { code: error.code });
    if (sat === null) letGo();
    return error;
  }

  /** A store that is gone is not made anew unasked: what was never sent was in it. */
  function findKept(): AppError | null {
    const file = join(dir, 'desk', 'desk.db');
    return existsSync(file) ? null : { code: 'store.missing', params: { file } };
  }

  /** This program alone from now on. What another one wrote into the profile until now is read. */
  function hold(): AppError | null {
    if (lock !== null) return null;
    lock = takeProfileLock(join(dir, 'profile.lock'));
    inUse = lock === null;
    if (lock === null) return { code: 'session.in-use' };
    found = findProfile(dir);
    if (!found.ok) return found.error;
    profile = found.value;
    return null;
  }

  function letGo(): void {
    lock?.release();
    lock = null;
  }

  function sit(next: OfficeProfile, token: string | null): AppError | null {
    if (key === null) return { code: 'store.cannot-open', params: { file: dir } };
    try {
      const desk = openOfficeDesk(parts, key, next, token);
      let signedIn = desk.session.status().signedIn;
      const stop = desk.on((name, payload) => {
        for (const listener of events) listener(name, payload);
        if (name !== 'sync.status' || desk.session.status().signedIn === signedIn) return;
        signedIn = !signedIn;
        onSession();
      });
      sat = { desk, gate: createGate(desk.handlers, log), stop };
      return null;
    } catch (error) {
      if (error instanceof AppFailure) return error.error;
      throw error;
    }
  }

  async function rise(): Promise<void> {
    const left = sat;
    sat = null;
    left?.stop();
    await left?.desk.close();
  }

  return {
    desk: () => sat?.desk ?? null,
    gate: () => sat?.gate ?? nobody,
    profile: () => profile,
    remember: (change) => {
      if (profile === null) throw new Error('no profile to write into');
      profile = { ...profile, ...change };
      writeProfile(dir, profile);
    },
    unreadable: () => (found.ok ? null : found.error),
    shut: () => (sat === null ? shut : null),
    forgetShut: () => {
      shut = null;
    },
    isHeld: () => lock !== null,
    isInUse: () => inUse,
    hold, letGo, openKept, rise,
    open: async ({ serverUrl, session: { token, user, unit, person, role }, certificate, tokenSession }) => {
      const next: OfficeProfile = { schema: 1, serverUrl, user, unit, person, role, certificate, tokenSession, locked: false, left: null };
      const before = profile;
      const open = sat;
      // on disk before the desk: a store is never without its owner's name, whenever the power goes
      writeProfile(dir, next);
      profile = next;
      if (open !== null && before !== null && isSameDesk(before, next)) {
        open.desk.session.renew({ user, token });
        return { error: null, moved: false };
      }
      await rise();
      const error = sit(next, token);
      if (error !== null) {
        profile = before;
        if (before === null) rmSync(profileFile(dir));
        else writeProfile(dir, before);
        if (open !== null && before !== null) sit(before, null);
        if (sat === null) letGo();
      }
      return { error, moved: true };
    },
    on: (listener) => {
      events.add(listener);
      return () => events.delete(listener);
    },
  };
}

/** Whether the desk that is open would come out the same: then it stays open, and what is under way in it goes on. */
function isSameDesk(one: OfficeProfile, other: OfficeProfile): boolean {
  return isDeepStrictEqual([one.serverUrl, one.person, one.unit, one.role], [other.serverUrl, other.person, other.unit, other.role]);
}
