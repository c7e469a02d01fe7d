import type { ParsedInput } from '../../../src-shared/contract/index.ts';
import type { SessionState } from '../../../src-shared/contract/session.ts';
import { fail, ok, type AppError, type Result } from '../../../src-shared/result.ts';
import { askServer, askWithProof, endAtServer, type ServerSession } from '../ask-server.ts';
import type { DoorTokens } from '../door-tokens.ts';
import type { OfficeProfile } from '../profile.ts';
import { proveWithToken } from '../prove.ts';
import type { Seat } from '../seat.ts';
import { proveHere } from './prove-here.ts';
import { createTries } from './tries.ts';
import { checkVerifier, makeVerifier } from './verifier.ts';

export type LockReason = NonNullable<SessionState['lock']>['reason'];

/** Whether the open desk may be seen. The desk works on behind a locked screen. */
export type ScreenLock = {
  readonly state: () => SessionState['lock'];
  /** Errors: `session.required` where there is no desk. */
  readonly lock: (reason: LockReason) => Result<null>;
  readonly unlock: (input: ParsedInput<'session.unlock'>) => Promise<Result<null>>;
  readonly unlockWithToken: (input: ParsedInput<'session.unlockWithToken'>) => Promise<Result<null>>;
  /** Of the password that the server has just taken. */
  readonly keep: (password: string) => Promise<void>;
};

type LockParts = { readonly seat: Seat; readonly doorTokens: DoorTokens; readonly tell: () => void };

export function createScreenLock({ seat, doorTokens, tell }: LockParts): ScreenLock {
  const tries = createTries();
  let reason: LockReason = 'kept';

  const isLocked = (): boolean => seat.desk() !== null && seat.profile()?.locked === true;

  function open(tokenSession: boolean): Result<null> {
    tries.right();
    seat.remember({ locked: false, tokenSession });
    seat.desk()?.lockTokens(false);
    tell();
    return ok(null);
  }

  async function keep(password: string): Promise<void> {
    const verifier = await makeVerifier(password);
    seat.desk()?.session.keepVerifier(verifier);
  }

  /** Whoever the server lets in with this account's password is its person; whether the desk may go on with that session is another question. */
  function renew({ serverUrl, user }: OfficeProfile, session: ServerSession): void {
    if (session.mustChange) void endAtServer(serverUrl, session.token);
    else seat.desk()?.session.renew({ user, token: session.token });
  }

  async function unlock({ password }: ParsedInput<'session.unlock'>): Promise<Result<null>> {
    const profile = seat.profile();
    const desk = seat.desk();
    if (profile === null || desk === null) return fail('session.required');
    if (!isLocked()) return ok(null);
    const waitMs = tries.waitMs();
    if (waitMs > 0) return fail('session.locked', { seconds: Math.ceil(waitMs / 1000) });
    const known = await checkVerifier(desk.session.verifier(), password);
    if (known === true) return open(false);
    // another password may have been set elsewhere; the server counts its own tries
    const { serverUrl, user } = profile;
    const answer = await askServer({ serverUrl, user, password, timeoutMs: serverPatienceMs });
    if (!answer.ok) return { ok: false, error: refusal(answer.error, known, serverUrl) };
    renew(profile, answer.value);
    if (!answer.value.mustChange) await keep(password);
    return open(false);
  }

  function refusal(error: AppError, known: boolean | null, serverUrl: string): AppError {
    const isWrong = error.code === 'session.wrong-password' || (known === false && isNoAnswer(error));
    if (isWrong) {
      tries.wrong();
      return { code: 'session.unlock-wrong' };
    }
    return isNoAnswer(error) ? { code: 'session.unlock-line', params: { server: new URL(serverUrl).host } } : error;
  }

  async function unlockWithToken({ thumbprint, pin }: ParsedInput<'session.unlockWithToken'>): Promise<Result<null>> {
    const profile = seat.profile();
    if (profile === null || seat.desk() === null) return fail('session.required');
    if (!isLocked()) return ok(null);
    if (thumbprint === profile.certificate) {
      const proved = await doorTokens.use((tokens) => proveHere({ tokens, thumbprint, pin }));
      return proved.ok ? open(true) : proved;
    }
    const { serverUrl, user } = profile;
    const proof = await doorTokens.use((tokens) => proveWithToken({ tokens, serverUrl, thumbprint, pin }));
    if (!proof.ok) return isNoAnswer(proof.error) ? fail('session.unlock-other', { server: new URL(serverUrl).host }) : proof;
    const answer = await askWithProof({ serverUrl, proof: proof.value, user });
    if (!answer.ok) return answer;
    // with a name the server offers no choice
    if (answer.value.step !== 'in') return fail('session.challenge-spent');
    renew(profile, answer.value.session);
    seat.remember({ certificate: thumbprint });
    return open(true);
  }

  return {
    state: () => (isLocked() ? { reason } : undefined),
    lock: (why) => {
      const desk = seat.desk();
      if (desk === null) return fail('session.required');
      if (isLocked()) return ok(null);
      reason = why;
      seat.remember({ locked: true });
      desk.lockTokens(true);
      tell();
      return ok(null);
    },
    unlock, unlockWithToken, keep,
  };
}

/** Nobody waits half a minute before a locked screen. */
const serverPatienceMs = 8000;

function isNoAnswer({ code }: AppError): boolean {
  return code === 'session.unreachable' || code === 'session.not-a-server';
}
