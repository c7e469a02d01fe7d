import { rmSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import type { ParsedInput } from '../../src-shared/contract/index.ts';
import type { SessionState } from '../../src-shared/contract/session.ts';
import { AppFailure, fail, ok, type AppError, type Result } from '../../src-shared/result.ts';
import type { Desk, DeskEvents } from '../backend/desk.ts';
import { createGate } from '../backend/gate.ts';
import { askServer, endAtServer } from './ask-server.ts';
import { openOfficeDesk, type OfficeParts } from './open-desk.ts';
import { findProfile, profileFile, writeProfile, type OfficeProfile } from './profile.ts';
import { readServerAddress } from './server-address.ts';

export type Office = {
  readonly status: () => SessionState['status'];
  /** The office that this profile belongs to; null before the first sign-in. */
  readonly known: () => SessionState['office'];
  readonly signIn: (input: ParsedInput<'session.signIn'>) => Promise<Result<null>>;
  readonly signOut: () => Promise<void>;
  /** What is not for the door: answered by the desk, or `session.required`. */
  readonly call: (channel: string, input: unknown) => Promise<Result<unknown>>;
  /** The desk's events, whichever desk is open. */
  readonly on: (listener: DeskEvents) => () => void;
  /** The status changed. `moved`: there is another desk, or none, so everything on the screen is to be read anew. */
  readonly onChanged: (listener: (change: { readonly moved: boolean }) => void) => () => void;
  readonly close: () => Promise<void>;
};

type Seat = { readonly desk: Desk; readonly gate: ReturnType<typeof createGate>; readonly stop: () => void };

/**
 * A real office on this machine: one profile, which belongs to one person in one unit and role from the first sign-in on. What was kept opens
 * at once, line or no line.
 */
export function openOffice(parts: OfficeParts): Office {
  const { dir, key, log } = parts;
  const nobody = createGate({}, log);
  const events = new Set<DeskEvents>();
  const changes = new Set<(change: { readonly moved: boolean }) => void>();
  const tell = (moved: boolean): void => changes.forEach((listener) => listener({ moved }));
  const found = findProfile(dir);
  let profile = found.ok ? found.value : null;
  let seat: Seat | null = null;
  // one sign-in or sign-out after the other
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(run: () => Promise<T>): Promise<T> => {
    const done = turn.then(run);
    turn = done.catch(() => undefined);
    return done;
  };

  if (profile !== null && profile.left === null) {
    const error = sit(profile, null);
    // the sign-in screen comes instead; a sign-in meets the same error and says it
    if (error !== null) log('error', 'the desk did not open', { code: error.code });
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

  async function signIn({ serverUrl: typed, user, password, role }: ParsedInput<'session.signIn'>): Promise<Result<null>> {
    if (key === null) return fail('store.cannot-open', { file: dir });
    if (!found.ok) return found;
    const serverUrl = readServerAddress(typed);
    if (!serverUrl.ok) return serverUrl;
    const answer = await askServer({ serverUrl: serverUrl.value, user, password });
    if (!answer.ok) return answer;
    const { token, ...who } = answer.value;
    if (role !== null && role !== who.role) return fail('not-allowed');
    // what waits was done by one person in one role, and the server takes it from nobody else
    if (profile !== null && !isSameOwner(profile, who)) return fail('session.other-person', { person: `${profile.person.fullName}, ${profile.unit.name}` });

    const next: OfficeProfile = { schema: 1, serverUrl: serverUrl.value, user, unit: who.unit, person: who.person, role: who.role, left: null };
    const before = profile;
    const open = seat;
    // on disk before the desk: a store is never without its owner's name, whenever the power goes
    writeProfile(dir, next);
    profile = next;
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
    }
    tell(true);
    return error === null ? ok(null) : { ok: false, error };
  }

  return {
    status: () => (seat === null ? 'signed-out' : seat.desk.session.status().signedIn ? 'signed-in' : 'expired'),
    known: () => profile && {
      serverUrl: profile.serverUrl, user: profile.user, unit: profile.unit.name, person: profile.person.fullName,
      waiting: seat === null ? (profile.left?.waiting ?? 0) : seat.desk.session.status().pending,
    },
    signIn: (input) => inTurn(() => signIn(input)),
    signOut: () =>
      inTurn(async () => {
        if (seat === null || profile === null) return;
        // what is told as waiting is what could not leave, not what waited for a second thought
        await seat.desk.session.sendLast();
        profile = { ...profile, left: { waiting: seat.desk.session.status().pending } };
        writeProfile(dir, profile);
        const token = seat.desk.session.drop();
        await rise();
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
    close: () => inTurn(rise),
  };
}

type Owner = Pick<OfficeProfile, 'person' | 'unit' | 'role'>;

function isSameOwner(one: Owner, other: Owner): boolean {
  return one.person.id === other.person.id && one.unit.code === other.unit.code && one.role === other.role;
}

/** Whether the desk that is open would come out the same: then it stays open, and what is under way in it goes on. */
function isSameDesk(one: OfficeProfile, other: OfficeProfile): boolean {
  return isDeepStrictEqual([one.serverUrl, one.person, one.unit, one.role], [other.serverUrl, other.person, other.unit, other.role]);
}
