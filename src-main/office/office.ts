import { join } from 'node:path';
import { fail, ok } from '../../src-shared/result.ts';
import type { Desk } from '../backend/desk.ts';
import { endAtServer } from './ask-server.ts';
import { createDoorTokens } from './door-tokens.ts';
import { createEntrance } from './entrance.ts';
import { createGuard } from './lock/guard.ts';
import { createScreenLock } from './lock/screen-lock.ts';
import { openMachineTokens, type OfficeParts } from './open-desk.ts';
import { profileFile } from './profile.ts';
import { createSeat } from './seat.ts';
import { tellWaiting, type Office } from './waiting.ts';

/**
 * A real office on this machine: one profile, which belongs to one person in one unit and role from the first sign-in on. What was kept opens
 * at once, line or no line; but for one program at a time, since two would send everything twice (sync.md I20).
 */
export function openOffice(parts: OfficeParts): Office {
  const { dir, key, log } = parts;
  const changes = new Set<(change: { readonly moved: boolean }) => void>();
  const tell = (moved: boolean): void => {
    guard.look();
    changes.forEach((listener) => listener({ moved }));
  };
  const doorTokens = createDoorTokens(() => openMachineTokens(parts));
  const seat = createSeat(parts, () => tell(false));
  const screen = createScreenLock({ seat, doorTokens, tell: () => tell(false) });
  const entrance = createEntrance({ seat, doorTokens, barred: () => (key === null ? { code: 'store.cannot-open', params: { file: dir } } : null), tell, onPassword: screen.keep });
  const guard = createGuard({
    seat, settings: parts.guard,
    lock: (reason) => void screen.lock(reason),
    signOut: () => void inTurn(signOut),
  });
  // one sign-in or sign-out after the other
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(run: () => Promise<T>): Promise<T> => {
    const done = turn.then(run);
    turn = done.catch(() => undefined);
    return done;
  };

  seat.openKept();
  guard.look();

  async function signOut(): Promise<void> {
    const desk = seat.desk();
    const profile = seat.profile();
    if (desk === null || profile === null) return;
    // what is told as waiting is what could not leave, not what waited for a second thought
    await desk.session.sendLast();
    seat.forgetShut();
    seat.remember({ locked: false, left: { waiting: desk.session.status().pending } });
    const token = desk.session.drop();
    await seat.rise();
    seat.letGo();
    tell(true);
    // the person does not wait for a line to leave
    if (token !== null) void endAtServer(profile.serverUrl, token).then((ended) => log('info', 'signed out', { atServer: ended }));
  }

  async function handOver(): Promise<void> {
    if (parts.updates?.state().atClose !== true) return;
    const small = ['desk.db', 'desk.db-wal', 'desk.db-shm'].map((file) => join(dir, 'desk', file));
    const handed = await parts.updates.handOver([...small, profileFile(dir), join(dir, '..', 'settings.json')]);
    log(handed.ok ? 'info' : 'warn', 'a new version at closing', { handed: handed.ok, ...(handed.ok ? {} : { code: handed.error.code }) });
  }

  return {
    status: () => {
      const desk = seat.desk();
      return desk === null ? 'signed-out' : desk.session.status().signedIn ? 'signed-in' : 'expired';
    },
    known: () => {
      const profile = seat.profile();
      return profile && {
        serverUrl: profile.serverUrl, user: profile.user, unit: profile.unit.name, person: profile.person.fullName,
        waiting: seat.desk()?.session.status().pending ?? profile.left?.waiting ?? 0,
        ...(profile.certificate === null ? {} : { certificate: profile.certificate }),
      };
    },
    shut: () => seat.shut() ?? undefined,
    pending: () => {
      const waiting = entrance.waiting();
      return waiting !== null ? tellWaiting(waiting) : seat.isInUse() && seat.desk() === null ? { step: 'in-use' } : undefined;
    },
    locked: screen.state,
    lock: () => Promise.resolve(screen.lock('asked')),
    unlock: (input) => inTurn(() => screen.unlock(input)),
    unlockWithToken: (input) => inTurn(() => screen.unlockWithToken(input)),
    touched: guard.touched,
    certificates: entrance.certificates,
    signIn: (input) => inTurn(() => entrance.signIn(input)),
    signInWithToken: (input) => inTurn(() => entrance.signInWithToken(input)),
    choose: (input) => inTurn(() => entrance.choose(input)),
    changePassword: (input) => inTurn(() => entrance.changePassword(input)),
    cancel: () => inTurn(async () => entrance.cancel()),
    reopen: () =>
      inTurn(async () => {
        if (seat.desk() !== null) return ok(null);
        const error = seat.hold();
        if (error !== null) return { ok: false, error };
        const shut = seat.openKept();
        if (seat.desk() === null) seat.letGo();
        tell(true);
        return shut === null ? ok(null) : { ok: false, error: shut };
      }),
    signOut: () => inTurn(signOut),
    call: (channel, input) => (screen.state() === undefined ? seat.gate()(channel, input) : Promise.resolve(fail('session.screen-locked'))),
    on: seat.on,
    onChanged: (listener) => {
      changes.add(listener);
      return () => changes.delete(listener);
    },
    close: () =>
      inTurn(async () => {
        guard.stop();
        const signing = await isSigning(seat.desk());
        await seat.rise();
        await doorTokens.close();
        // nothing writes any more, and no other program holds the profile; a run of signatures that was stopped in its middle is ended first
        if (seat.isHeld() && !signing) await handOver();
        await parts.updates?.close();
        seat.letGo();
      }),
  };
}

async function isSigning(desk: Desk | null): Promise<boolean> {
  const read = await desk?.handlers['batch.read']({});
  return read?.ok === true && (read.value.batch?.state === 'running' || read.value.batch?.state === 'asking');
}
