import type { z } from 'zod';
import { accountChoice, challengeResponse, errorResponse, sessionResponse, type AccountChoice } from '../../src-shared/protocol/wire.ts';
import { fail, ok, type Result } from '../../src-shared/result.ts';

export type ServerSession = z.infer<typeof sessionResponse>;
export type Entered = { readonly step: 'in'; readonly session: ServerSession } | { readonly step: 'choose'; readonly accounts: AccountChoice['accounts'] };

/** A challenge that a token has signed, as the server wants it. Good for two minutes; it holds no secret. */
export type TokenProof = { readonly challenge: string; readonly host: string; readonly certificates: readonly string[]; readonly signature: string };

type Ask = { readonly serverUrl: string; readonly timeoutMs?: number };

/**
 * Signs in at the provincial server. The password is in this call's request and nowhere after it.
 * Errors: `session.wrong-password`, `session.locked`, `session.unreachable`, `session.not-a-server`, and what else the server answers.
 */
export async function askServer({ user, password, ...at }: Ask & { readonly user: string; readonly password: string }): Promise<Result<ServerSession>> {
  const entered = await enter(at, { user, password });
  if (!entered.ok) return entered;
  // only a certificate opens several
  return entered.value.step === 'in' ? ok(entered.value.session) : fail('session.not-a-server', { server: new URL(at.serverUrl).host });
}

/** Errors: as above, and `session.unknown-certificate`, `session.certificate-expired`, `session.certificate-untrusted`, `session.other-host`, `session.challenge-spent`, `session.bad-signature`, `session.disabled`. */
export function askWithProof({ proof, user, ...at }: Ask & { readonly proof: TokenProof; readonly user: string | null }): Promise<Result<Entered>> {
  return enter(at, { ...proof, user });
}

/** Errors: `session.locked` (too many were asked for), `session.unreachable`, `session.not-a-server`. */
export async function askChallenge(at: Ask): Promise<Result<string>> {
  const answer = await post(at, '/v1/session/challenge', null);
  if (!answer.ok) return answer;
  const parsed = answer.value.status === 200 ? challengeResponse.safeParse(answer.value.body) : null;
  return parsed?.success === true ? ok(parsed.data.challenge) : readRefusal(at, answer.value);
}

/** With the token of the session that asks. Errors: `session.wrong-password`, `session.weak-password`, `session.locked`, `session.required`, `session.unreachable`, `session.not-a-server`. */
export async function askNewPassword({ token, present, next, ...at }: Ask & { readonly token: string; readonly present: string; readonly next: string }): Promise<Result<null>> {
  const answer = await post(at, '/v1/session/password', { present, next }, { authorization: `Bearer ${token}` });
  if (!answer.ok) return answer;
  return answer.value.status === 204 ? ok(null) : readRefusal(at, answer.value);
}

/** Has the server forget the token, if there is a line; without one it is as dead, since nobody has it any more. */
export async function endAtServer(serverUrl: string, token: string, timeoutMs = 10_000): Promise<boolean> {
  try {
    const { status } = await fetch(new URL('/v1/session', serverUrl), { method: 'DELETE', headers: { authorization: `Bearer ${token}` }, redirect: 'manual', signal: AbortSignal.timeout(timeoutMs) });
    return status === 204;
  } catch (error) {
    if (error instanceof Error) return false;
    throw error;
  }
}

async function enter(at: Ask, body: object): Promise<Result<Entered>> {
  const answer = await post(at, '/v1/session', body);
  if (!answer.ok) return answer;
  if (answer.value.status === 200) {
    const session = sessionResponse.safeParse(answer.value.body);
    if (session.success) return ok({ step: 'in', session: session.data });
  }
  if (answer.value.status === 409) {
    const choice = accountChoice.safeParse(answer.value.body);
    if (choice.success) return ok({ step: 'choose', accounts: choice.data.accounts });
  }
  return readRefusal(at, answer.value);
}

type Answer = { readonly status: number; readonly body: unknown };

async function post({ serverUrl, timeoutMs = 30_000 }: Ask, path: string, body: object | null, headers: Readonly<Record<string, string>> = {}): Promise<Result<Answer>> {
  const server = new URL(serverUrl).host;
  try {
    const response = await fetch(new URL(path, serverUrl), {
      method: 'POST', ...(body === null ? {} : { body: JSON.stringify(body) }), headers: { ...headers, 'content-type': 'application/json' },
      // a server of ours sends nobody elsewhere, and a password is not carried to where an answer points
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    });
    const answered = parseJson(await response.text());
    // a proxy before a server that is down; a server of ours that is too busy says so in its own words
    if ([502, 503, 504].includes(response.status) && !errorResponse.safeParse(answered).success) return fail('session.unreachable', { server });
    return ok({ status: response.status, body: answered });
  } catch (error) {
    return fail(speaksOtherwise(error) ? 'session.not-a-server' : 'session.unreachable', { server });
  }
}

function readRefusal({ serverUrl }: Ask, { status, body }: Answer): Result<never> {
  const refusal = errorResponse.safeParse(body);
  if (status >= 400 && refusal.success) return { ok: false, error: { code: refusal.data.error.code, params: refusal.data.error.params } };
  return fail('session.not-a-server', { server: new URL(serverUrl).host });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** Something answered that is no HTTP (a mail server), or is no TLS. */
function speaksOtherwise(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : null;
  if (!(cause instanceof Error)) return false;
  const code = 'code' in cause ? String(cause.code) : '';
  // undici's parser gives its error no code for a line that is none of HTTP's
  return cause.name === 'HTTPParserError' || ['EPROTO', 'ERR_SSL_WRONG_VERSION_NUMBER', 'ERR_SSL_PACKET_LENGTH_TOO_LONG'].includes(code);
}
