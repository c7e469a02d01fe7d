import type { z } from 'zod';
import { errorResponse, sessionResponse } from '../../src-shared/protocol/wire.ts';
import { fail, ok, type Result } from '../../src-shared/result.ts';

export type ServerSession = z.infer<typeof sessionResponse>;

export type AskOptions = { readonly serverUrl: string; readonly user: string; readonly password: string; readonly timeoutMs?: number };

/**
 * Signs in at the provincial server. The password is in this call's request and nowhere after it.
 * Errors: `session.wrong-password`, `session.locked`, `session.unreachable`, `session.not-a-server`.
 */
export async function askServer({ serverUrl, user, password, timeoutMs = 30_000 }: AskOptions): Promise<Result<ServerSession>> {
  const server = new URL(serverUrl).host;
  try {
    const response = await fetch(new URL('/v1/session', serverUrl), {
      method: 'POST', body: JSON.stringify({ user, password }), headers: { 'content-type': 'application/json' },
      // a server of ours sends nobody elsewhere, and a password is not carried to where an answer points
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    });
    // a proxy before a server that is down
    if ([502, 503, 504].includes(response.status)) return fail('session.unreachable', { server });
    const body = parseJson(await response.text());
    const session = response.ok ? sessionResponse.safeParse(body) : null;
    if (session?.success === true) return ok(session.data);
    const refusal = errorResponse.safeParse(body);
    if (!response.ok && refusal.success) return { ok: false, error: { code: refusal.data.error.code, params: refusal.data.error.params } };
    return fail('session.not-a-server', { server });
  } catch (error) {
    return fail(speaksOtherwise(error) ? 'session.not-a-server' : 'session.unreachable', { server });
  }
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
