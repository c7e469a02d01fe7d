import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { ParsedInput } from '../../src-shared/contract/index.ts';
import type { Role } from '../../src-shared/domain/organization.ts';
import { AppFailure, fail, ok, type AppError, type Result } from '../../src-shared/result.ts';
import type { Desk, DeskEvents } from '../backend/desk.ts';
import { createGate } from '../backend/gate.ts';
import { askNewPassword, askServer, askWithProof, endAtServer, type ServerSession, type TokenProof } from './ask-server.ts';
import { createDoorTokens } from './door-tokens.ts';
import { openMachineTokens, openOfficeDesk, type OfficeParts } from './open-desk.ts';
import { takeProfileLock, type ProfileLock } from './profile-lock.ts';
import { findProfile, profileFile, writeProfile, type OfficeProfile } from './profile.ts';
import { proveWithToken } from './prove.ts';
import { readServerAddress } from './server-address.ts';
import { tellWaiting, type Office, type Waiting } from './waiting.ts';

type Seat = { readonly desk: Desk; readonly gate: ReturnType<typeof createGate>; readonly stop: () => void };

/**
 * A real office on this machine: one profile, which belongs to one person in one unit and role from the first sign-in on. What was kept opens
 * at once, line or no line; but for one program at a time, since two would send everything twice (sync.md I20).
 */
export function openOffice(parts: OfficeParts): Office {
  const { dir, key, log } = parts;
  const nobody = createGate({}, log);
  const events = new Set<DeskEvents>();
  const changes = new Set<(change: { readonly moved: boolean }) => void>();
  const tell = (moved: boolean): void => changes.forEach((listener) => listener({ moved }));
  const doorTokens = createDoorTokens(() => openMachineTokens(parts));
  let found = findProfile(dir);
  let profile = found.ok ? found.value : null;
  let seat: Seat | null = null;
  let lock: ProfileLock | null = null;
  let waiting: Waiting | null = null;
  let inUse = false;
  /** Why what is kept here did not open; to be said before anybody signs in, since without a line nobody can. */
  let shut: AppError | null = found.ok ? null : found.error;
  // one sign-in or sign-out after the other
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(run: () => Promise<T>): Promise<T> => {
    const done = turn.then(run);
    turn = done.catch(() => undefined);
    return done;
  };

  openKept();

  /** The desk that was open last; the sign-in screen comes instead where it cannot be, and a sign-in meets the same error and says it. */
  function openKept(): AppError | null {
    if (profile === null || profile.left !== null) return null;
    const error = hold() ?? findKept() ?? sit(profile, null);
    shut = error?.code === 'session.in-use' ? null : error;
    if (error !== null) log(error.code === 'session.in-use' ? 'warn' : 'error', 'the desk did not open', { code: error.code });
    if (seat === null) letGo();
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
        tell(false);
      });
      seat = { desk, gate: createGate(desk.handlers, log), stop };
      return null;
    } catch (error) {
      if (error instanceof AppFailure) return error.error;
      throw error;
    }
  }

  async function rise(): Promise<void> {
    const left = seat;
    seat = null;
    left?.stop();
    await left?.desk.close();
  }

  /** What is the same for both ways in, before the server is asked. */
  function prepare(typed: string): Result<string> {
    if (key === null) return fail('store.cannot-open', { file: dir });
    if (!found.ok) return found;
    return readServerAddress(typed);
  }

  function refuseSession(serverUrl: string, session: ServerSession, error: AppError): Result<never> {
    // nobody is to use it; a line that is gone by now leaves it to run out
    void endAtServer(serverUrl, session.token);
    return { ok: false, error };
  }

  /** The server has let somebody in: whether it is this desk's person, and then the desk. */
  async function arrive(serverUrl: string, session: ServerSession, wanted: Role | null, certificate: string | null = null): Promise<Result<null>> {
    waiting = null;
    const wasInUse = inUse;
    if (session.role === 'administrator') return refuseSession(serverUrl, session, { code: 'session.no-desk' });
    if (wanted !== null && wanted !== session.role) return refuseSession(serverUrl, session, { code: 'not-allowed' });
    const otherPerson = (): AppError | null => (profile !== null && !isSameOwner(profile, session) ? { code: 'session.other-person', params: { person: `${profile.person.fullName}, ${profile.unit.name}` } } : null);
    // what waits was done by one person in one role, and the server takes it from nobody else
    const early = otherPerson();
    if (early !== null) return refuseSession(serverUrl, session, early);
    if (session.mustChange) {
      waiting = { step: 'change-password', serverUrl, session, certificate };
      tell(false);
      return ok(null);
    }
    const held = lock !== null;
    const late = hold() ?? otherPerson();
    if (late !== null) {
      if (!held) letGo();
      if (inUse !== wasInUse) tell(false);
      return refuseSession(serverUrl, session, late);
    }
    return openDesk(serverUrl, session, certificate ?? profile?.certificate ?? null);
  }

  async function openDesk(serverUrl: string, { token, user, unit, person, role }: ServerSession, certificate: string | null): Promise<Result<null>> {
    const next: OfficeProfile = { schema: 1, serverUrl, user, unit, person, role, certificate, left: null };
    const before = profile;
    const open = seat;
    // on disk before the desk: a store is never without its owner's name, whenever the power goes
    writeProfile(dir, next);
    profile = next;
    await doorTokens.close();
    if (open !== null && before !== null && isSameDesk(before, next)) {
      open.desk.session.renew({ user, token });
      return ok(null);
    }
    await rise();
    const error = sit(next, token);
    if (error !== null) {
      profile = before;
      if (before === null) rmSync(profileFile(dir));
      else writeProfile(dir, before);
      if (open !== null && before !== null) sit(before, null);
      if (seat === null) letGo();
    }
    tell(true);
    return error === null ? ok(null) : { ok: false, error };
  }

  async function signIn({ serverUrl: typed, user, password, role }: ParsedInput<'session.signIn'>): Promise<Result<null>> {
    const serverUrl = prepare(typed);
    if (!serverUrl.ok) return serverUrl;
    const answer = await askServer({ serverUrl: serverUrl.value, user, password });
    return answer.ok ? arrive(serverUrl.value, answer.value, role) : answer;
  }

  async function enterWith(serverUrl: string, proof: TokenProof, user: string | null, certificate: string): Promise<Result<null>> {
    const answer = await askWithProof({ serverUrl, proof, user });
    if (!answer.ok) return answer;
    if (answer.value.step === 'in') return arrive(serverUrl, answer.value.session, null, certificate);
    const { accounts } = answer.value;
    // a profile is one account's: whose desk this is need not be asked
    const own = profile === null ? undefined : accounts.find((account) => account.user === profile?.user);
    if (own !== undefined && user === null) return enterWith(serverUrl, proof, own.user, certificate);
    waiting = { step: 'choose', serverUrl, proof, accounts, certificate };
    tell(false);
    return ok(null);
  }

  async function signInWithToken({ serverUrl: typed, thumbprint, pin, user }: ParsedInput<'session.signInWithToken'>): Promise<Result<null>> {
    const serverUrl = prepare(typed);
    if (!serverUrl.ok) return serverUrl;
    const proof = await doorTokens.use((tokens) => proveWithToken({ tokens, serverUrl: serverUrl.value, thumbprint, pin }));
    return proof.ok ? enterWith(serverUrl.value, proof.value, user, thumbprint) : proof;
  }

  async function choose({ user }: ParsedInput<'session.choose'>): Promise<Result<null>> {
    if (waiting?.step !== 'choose') return fail('session.challenge-spent');
    const { serverUrl, proof, certificate } = waiting;
    const entered = await enterWith(serverUrl, proof, user, certificate);
    if (!entered.ok) {
      // the signature was good for one answer
      waiting = null;
      tell(false);
    }
    return entered;
  }

  async function changePassword({ present, next }: ParsedInput<'session.changePassword'>): Promise<Result<null>> {
    if (waiting?.step === 'change-password') {
      const { serverUrl, session, certificate } = waiting;
      const changed = await askNewPassword({ serverUrl, token: session.token, present, next });
      if (changed.ok) return arrive(serverUrl, { ...session, mustChange: false }, null, certificate);
      if (changed.error.code === 'session.required') {
        waiting = null;
        tell(false);
      }
      return changed;
    }
    if (profile === null) return fail('session.required');
    const { serverUrl, user } = profile;
    // with a session of its own, which then is the desk's: whoever sits before an open desk shows first that they know the password
    const entered = await askServer({ serverUrl, user, password: present });
    if (!entered.ok) return entered;
    const { token } = entered.value;
    const changed = await askNewPassword({ serverUrl, token, present, next });
    if (!changed.ok || seat === null) void endAtServer(serverUrl, token);
    else seat.desk.session.renew({ user, token });
    return changed;
  }

  return {
    status: () => (seat === null ? 'signed-out' : seat.desk.session.status().signedIn ? 'signed-in' : 'expired'),
    known: () => profile && {
      serverUrl: profile.serverUrl, user: profile.user, unit: profile.unit.name, person: profile.person.fullName,
      waiting: seat === null ? (profile.left?.waiting ?? 0) : seat.desk.session.status().pending,
      ...(profile.certificate === null ? {} : { certificate: profile.certificate }),
    },
    shut: () => (seat === null ? (shut ?? undefined) : undefined),
    pending: () => (waiting !== null ? tellWaiting(waiting) : inUse && seat === null ? { step: 'in-use' } : undefined),
    certificates: () => doorTokens.list(),
    signIn: (input) => inTurn(() => signIn(input)),
    signInWithToken: (input) => inTurn(() => signInWithToken(input)),
    choose: (input) => inTurn(() => choose(input)),
    changePassword: (input) => inTurn(() => changePassword(input)),
    cancel: () =>
      inTurn(async () => {
        const left = waiting;
        waiting = null;
        if (left?.step === 'change-password') void endAtServer(left.serverUrl, left.session.token);
        if (left !== null) tell(false);
      }),
    reopen: () =>
      inTurn(async () => {
        if (seat !== null) return ok(null);
        const error = hold();
        if (error !== null) return { ok: false, error };
        const shut = openKept();
        if (seat === null) letGo();
        tell(true);
        return shut === null ? ok(null) : { ok: false, error: shut };
      }),
    signOut: () =>
      inTurn(async () => {
        if (seat === null || profile === null) return;
        // what is told as waiting is what could not leave, not what waited for a second thought
        await seat.desk.session.sendLast();
        shut = null;
        profile = { ...profile, left: { waiting: seat.desk.session.status().pending } };
        writeProfile(dir, profile);
        const token = seat.desk.session.drop();
        await rise();
        letGo();
        tell(true);
        // the person does not wait for a line to leave
        if (token !== null) void endAtServer(profile.serverUrl, token).then((ended) => log('info', 'signed out', { atServer: ended }));
      }),
    call: (channel, input) => (seat === null ? nobody : seat.gate)(channel, input),
    on: (listener) => {
      events.add(listener);
      return () => events.delete(listener);
    },
    onChanged: (listener) => {
      changes.add(listener);
      return () => changes.delete(listener);
    },
    close: () =>
      inTurn(async () => {
        const signing = await isSigning(seat?.desk);
        await rise();
        await doorTokens.close();
        // nothing writes any more, and no other program holds the profile; a run of signatures that was stopped in its middle is ended first
        if (lock !== null && !signing) await handOver();
        await parts.updates?.close();
        letGo();
      }),
  };

  async function handOver(): Promise<void> {
    if (parts.updates?.state().atClose !== true) return;
    const small = ['desk.db', 'desk.db-wal', 'desk.db-shm'].map((file) => join(dir, 'desk', file));
    const handed = await parts.updates.handOver([...small, profileFile(dir), join(dir, '..', 'settings.json')]);
    log(handed.ok ? 'info' : 'warn', 'a new version at closing', { handed: handed.ok, ...(handed.ok ? {} : { code: handed.error.code }) });
  }
}

async function isSigning(desk: Desk | undefined): Promise<boolean> {
  const read = await desk?.handlers['batch.read']({});
  return read?.ok === true && (read.value.batch?.state === 'running' || read.value.batch?.state === 'asking');
}

type Owner = Pick<OfficeProfile, 'person' | 'unit' | 'role'>;

function isSameOwner(one: Owner, other: Owner): boolean {
  return one.person.id === other.person.id && one.unit.code === other.unit.code && one.role === other.role;
}

/** Whether the desk that is open would come out the same: then it stays open, and what is under way in it goes on. */
function isSameDesk(one: OfficeProfile, other: OfficeProfile): boolean {
  return isDeepStrictEqual([one.serverUrl, one.person, one.unit, one.role], [other.serverUrl, other.person, other.unit, other.role]);
}
