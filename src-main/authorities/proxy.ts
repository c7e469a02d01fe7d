import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { LookupFunction } from 'node:net';

export type Environment = Readonly<Record<string, string | undefined>>;
export type Agents = { readonly http: HttpAgent; readonly https: HttpsAgent };

/**
 * Node's own way through a proxy: plain requests in absolute form, TLS through CONNECT. `proxyUrl` '' leaves it to the environment.
 * `tlsAuthorities`: PEM, instead of those that come with Node.
 */
export function createAgents(options: { readonly proxyUrl: string; readonly environment: Environment; readonly tlsAuthorities?: readonly string[]; readonly lookup?: LookupFunction }): Agents {
  const proxyEnv = readProxyEnvironment(options.proxyUrl, options.environment);
  // Many small calls to one service follow each other: the connection is kept. An idle one does not hold the process.
  const common = { keepAlive: true, proxyEnv, ...(options.lookup === undefined ? {} : { lookup: options.lookup }) };
  return { http: new HttpAgent(common), https: new HttpsAgent({ ...common, ...(options.tlsAuthorities === undefined ? {} : { ca: [...options.tlsAuthorities] }) }) };
}

type ProxyEnvironment = { HTTP_PROXY?: string; HTTPS_PROXY?: string; NO_PROXY?: string };

/** What a person set goes for every host; what the system says goes with its exceptions. */
export function readProxyEnvironment(proxyUrl: string, environment: Environment): ProxyEnvironment {
  const set = readProxyUrl(proxyUrl);
  if (set !== null) return { HTTP_PROXY: set, HTTPS_PROXY: set };
  // curl's rule, which Node follows: the lower-case name goes first.
  const read = (name: string): string => environment[name.toLowerCase()] ?? environment[name] ?? '';
  const found: ProxyEnvironment = {};
  const http = readProxyUrl(read('HTTP_PROXY'));
  const https = readProxyUrl(read('HTTPS_PROXY'));
  if (http !== null) found.HTTP_PROXY = http;
  if (https !== null) found.HTTPS_PROXY = https;
  if (read('NO_PROXY') !== '') found.NO_PROXY = read('NO_PROXY');
  return found;
}

/** Administrators write `proxy.tinh.vn:8080` as often as a whole address. Null when it is none, or of a kind that is not spoken here (SOCKS). */
function readProxyUrl(text: string): string | null {
  const trimmed = text.trim();
  if (trimmed === '') return null;
  const whole = trimmed.includes('://') ? trimmed : `http://${trimmed}`;
  return /^https?:/i.test(whole) && URL.canParse(whole) ? whole : null;
}
