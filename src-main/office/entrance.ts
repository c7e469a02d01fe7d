import type { Output, ParsedInput } from '../../src-shared/contract/index.ts';
import type { Role } from '../../src-shared/domain/organization.ts';
import { fail, ok, type AppError, type Result } from '../../src-shared/result.ts';
import { askNewPassword, askServer, askWithProof, endAtServer, type ServerSession, type TokenProof } from './ask-server.ts';
import type { DoorTokens } from './door-tokens.ts';
import type { OfficeProfile } from './profile.ts';
import { proveWithToken } from './prove.ts';
import type { Seat } from './seat.ts';
import { readServerAddress } from './server-address.ts';
import type { Waiting } from './waiting.ts';

/** The ways in: each ends with a desk, with a step that the person has still to take, or with a refusal that changed nothing. */
export type Entrance = {
  readonly waiting: () => Waiting | null;
  readonly certificates: () => Promise<Output<'session.certificates'>>;
  readonly signIn: (input: ParsedInput<'session.signIn'>) => Promise<Result<null>>;
  readonly signInWithToken: (input: ParsedInput<'session.signInWithToken'>) => Promise<Result<null>>;
  readonly choose: (input: ParsedInput<'session.choose'>) => Promise<Result<null>>;
  readonly changePassword: (input: ParsedInput<'session.changePassword'>) => Promise<Result<null>>;
  readonly cancel: () => void;
};

export type EntranceParts = {
  readonly seat: Seat;
  readonly doorTokens: DoorTokens;
  /** Why no desk could be made here whoever comes: there is no key. */
  readonly barred: () => AppError | null;
  readonly tell: (moved: boolean) => void;
  /** The password that the server has just taken for whoever sits at the open desk now. */
  readonly onPassword: (password: string) => Promise<void>;
};

type How = { readonly certificate: string | null; readonly tokenSession: boolean };

export function createEntrance({ seat, doorTokens, barred, tell, onPassword }: EntranceParts): Entrance {
  let waiting: Waiting | null = null;

  /** What is the same for both ways in, before the server is asked. */
  function prepare(typed: string): Result<string> {
    const error = barred() ?? seat.unreadable();
    return error === null ? readServerAddress(typed) : { ok: false, error };
  }

  function refuseSession(serverUrl: string, session: ServerSession, error: AppError): Result<never> {
    // nobody is to use it; a line that is gone by now leaves it to run out
    void endAtServer(serverUrl, session.token);
    return { ok: false, error };
  }

  /** The server has let somebody in: whether it is this desk's person, and then the desk. */
  async function arrive(serverUrl: string, session: ServerSession, wanted: Role | null, certificate: string | null = null): Promise<Result<null>> {
    waiting = null;
    const wasInUse = seat.isInUse();
    if (session.role === 'administrator') return refuseSession(serverUrl, session, { code: 'session.no-desk' });
    if (wanted !== null && wanted !== session.role) return refuseSession(serverUrl, session, { code: 'not-allowed' });
    // what waits was done by one person in one role, and the server takes it from nobody else
    const early = otherPerson(seat.profile(), session);
    if (early !== null) return refuseSession(serverUrl, session, early);
    if (session.mustChange) {
      waiting = { step: 'change-password', serverUrl, session, certificate };
      tell(false);
      return ok(null);
    }
    const held = seat.isHeld();
    const late = seat.hold() ?? otherPerson(seat.profile(), session);
    if (late !== null) {
      if (!held) seat.letGo();
      if (seat.isInUse() !== wasInUse) tell(false);
      return refuseSession(serverUrl, session, late);
    }
    return sitDown(serverUrl, session, { certificate: certificate ?? seat.profile()?.certificate ?? null, tokenSession: certificate !== null });
  }

  async function sitDown(serverUrl: string, session: ServerSession, how: How): Promise<Result<null>> {
    await doorTokens.close();
    const { error, moved } = await seat.open({ serverUrl, session, ...how });
    if (moved) tell(true);
    return error === null ? ok(null) : { ok: false, error };
  }

  async function signIn({ serverUrl: typed, user, password, role }: ParsedInput<'session.signIn'>): Promise<Result<null>> {
    const serverUrl = prepare(typed);
    if (!serverUrl.ok) return serverUrl;
    const answer = await askServer({ serverUrl: serverUrl.value, user, password });
    if (!answer.ok) return answer;
    const arrived = await arrive(serverUrl.value, answer.value, role);
    if (arrived.ok && waiting === null) await onPassword(password);
    return arrived;
  }

  async function enterWith(serverUrl: string, proof: TokenProof, user: string | null, certificate: string): Promise<Result<null>> {
    const answer = await askWithProof({ serverUrl, proof, user });
    if (!answer.ok) return answer;
    if (answer.value.step === 'in') return arrive(serverUrl, answer.value.session, null, certificate);
    const { accounts } = answer.value;
    // a profile is one account's: whose desk this is need not be asked
    const own = accounts.find((account) => account.user === seat.profile()?.user);
    if (own !== undefined && user === null) return enterWith(serverUrl, proof, own.user, certificate);
    waiting = { step: 'choose', serverUrl, proof, accounts, certificate };
    tell(false);
    return ok(null);
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

  async function changeFirst({ serverUrl, session, certificate }: Waiting & { readonly step: 'change-password' }, { present, next }: ParsedInput<'session.changePassword'>): Promise<Result<null>> {
    const changed = await askNewPassword({ serverUrl, token: session.token, present, next });
    if (changed.ok) {
      const arrived = await arrive(serverUrl, { ...session, mustChange: false }, null, certificate);
      if (arrived.ok && waiting === null) await onPassword(next);
      return arrived;
    }
    if (changed.error.code === 'session.required') {
      waiting = null;
      tell(false);
    }
    return changed;
  }

  async function changeOwn({ present, next }: ParsedInput<'session.changePassword'>): Promise<Result<null>> {
    const profile = seat.profile();
    if (profile === null) return fail('session.required');
    const { serverUrl, user } = profile;
    // with a session of its own, which then is the desk's: whoever sits before an open desk shows first that they know the password
    const entered = await askServer({ serverUrl, user, password: present });
    if (!entered.ok) return entered;
    const { token } = entered.value;
    const changed = await askNewPassword({ serverUrl, token, present, next });
    const desk = seat.desk();
    if (!changed.ok || desk === null) void endAtServer(serverUrl, token);
    else {
      desk.session.renew({ user, token });
      await onPassword(next);
    }
    return changed;
  }

  return {
    waiting: () => waiting,
    certificates: () => doorTokens.list(),
    signIn, choose,
    signInWithToken: async ({ serverUrl: typed, thumbprint, pin, user }) => {
      const serverUrl = prepare(typed);
      if (!serverUrl.ok) return serverUrl;
      const proof = await doorTokens.use((tokens) => proveWithToken({ tokens, serverUrl: serverUrl.value, thumbprint, pin }));
      return proof.ok ? enterWith(serverUrl.value, proof.value, user, thumbprint) : proof;
    },
    changePassword: (input) => (waiting?.step === 'change-password' ? changeFirst(waiting, input) : changeOwn(input)),
    cancel: () => {
      const left = waiting;
      waiting = null;
      if (left?.step === 'change-password') void endAtServer(left.serverUrl, left.session.token);
      if (left !== null) tell(false);
    },
  };
}

type Owner = Pick<OfficeProfile, 'person' | 'unit' | 'role'>;

function otherPerson(profile: OfficeProfile | null, session: ServerSession): AppError | null {
  if (profile === null || isSameOwner(profile, session)) return null;
  return { code: 'session.other-person', params: { person: `${profile.person.fullName}, ${profile.unit.name}` } };
}

function isSameOwner(one: Owner, other: Owner): boolean {
  return one.person.id === other.person.id && one.unit.code === other.unit.code && one.role === other.role;
}
