import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

export type Admission = {
  /** 256 bits, hex. The same one until it is used. */
  readonly unusedSecret: () => string;
  readonly admit: (request: IncomingMessage) => { readonly kind: 'inside' } | { readonly kind: 'enter'; readonly cookie: string } | { readonly kind: 'refused'; readonly status: 403 | 421; readonly sentence: string };
  /** A WebSocket must also come from our own page. */
  readonly admitSocket: (request: IncomingMessage) => boolean;
};

/** Decides who may speak to the browser shell at `host` (`127.0.0.1:port`). */
export function createAdmission(host: string): Admission {
  let secret: string | null = null;
  const session = randomBytes(32).toString('hex');
  // Cookies know no ports: the port in the name keeps two shells of one machine apart
  const cookieName = `van-thu-${host.split(':')[1] ?? ''}`;

  const hasSession = (request: IncomingMessage): boolean => equal(readCookie(request, cookieName), session);
  const isOurHost = (request: IncomingMessage): boolean => request.headers.host === host;

  return {
    unusedSecret: () => (secret ??= randomBytes(32).toString('hex')),
    admit: (request) => {
      // DNS rebinding: a foreign name that resolves to 127.0.0.1 still says its own name here
      if (!isOurHost(request)) return { kind: 'refused', status: 421, sentence: 'Sai địa chỉ.' };
      const { origin } = request.headers;
      if (origin !== undefined && origin !== `http://${host}`) return { kind: 'refused', status: 403, sentence: 'Trang khác không được vào đây.' };
      if (request.method !== 'GET' && request.method !== 'HEAD') return { kind: 'refused', status: 403, sentence: 'Chỉ đọc.' };
      const given = new URL(request.url ?? '/', `http://${host}`).searchParams.get('secret');
      if (given !== null && secret !== null && request.method === 'GET' && equal(given, secret)) {
        secret = null;
        return { kind: 'enter', cookie: `${cookieName}=${session}; Path=/; HttpOnly; SameSite=Strict` };
      }
      // A reload, or the address with its used secret opened again in the same browser
      if (hasSession(request)) return { kind: 'inside' };
      return { kind: 'refused', status: 403, sentence: 'Địa chỉ này chỉ mở được một lần. Hãy chạy lại npm start để lấy địa chỉ mới.' };
    },
    admitSocket: (request) => isOurHost(request) && request.headers.origin === `http://${host}` && hasSession(request),
  };
}

function readCookie(request: IncomingMessage, name: string): string {
  const cookies = (request.headers.cookie ?? '').split(';').map((cookie) => cookie.trim());
  return cookies.find((cookie) => cookie.startsWith(`${name}=`))?.slice(name.length + 1) ?? '';
}

function equal(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
