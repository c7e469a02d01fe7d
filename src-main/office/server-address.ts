import { fail, ok, type Result } from '../../src-shared/result.ts';

/**
 * The server's address as a person types it: `https://` may be left out, what follows the host is dropped. Plain `http://` only to this very
 * machine, since the password travels. Errors: `session.insecure-address`, `session.unreachable` (no address at all).
 */
export function readServerAddress(typed: string): Result<string> {
  const words = typed.trim();
  const url = URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(words) ? words : `https://${words}`);
  if (url === null || url.host === '') return fail('session.unreachable', { server: words });
  const isSafe = url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname));
  return isSafe ? ok(`${url.protocol}//${url.host}`) : fail('session.insecure-address');
}

/** By number, or the one name that no resolver may give away (RFC 6761 6.3). `URL` has written 127.1 and 0x7f.1 out already. */
function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}
