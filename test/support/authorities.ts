import { execFile } from 'node:child_process';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as forge from './authority-forgeries.ts';
import { createOnlinePki, issueCertificate, type TestCertificate, type TestPki } from './pki.ts';
import type { Addresses } from './pki-config.ts';

export type Service = 'tsa' | 'ocsp' | 'crl' | 'issuer';

/**
 * What a service does wrong until told otherwise (`null`). What does not concern a service leaves it as it is.
 * All: `down` ends the connection without a word; `slow` holds every answer until `release` or `close`; `garbage` is a page of a hotel's wireless; `huge` never ends;
 * `http500`; `busy` is 503 with Retry-After; `redirect` sends to the same answer under another host's name; `wrong-type` is right but for its content type.
 * TSA: `wrongNonce`, `wrongImprint`, `sha1Imprint` (under SHA-1, as the tool in use asks for it), `refused` (badAlg), `badSignature`, `wrongUsage` (signed by a person's certificate),
 * `looseUsage` (by one that is for time-stamps but not critically so), `unbound` (without the attribute that names the signer's certificate).
 * OCSP: `wrongNonce`, `noNonce`, `noNextUpdate`, `ocspStranger` (signed by a certificate that bears the issuer's name with a key of its own), `ocspUnnamed` (issued by the issuer, but for
 * nothing), `ocspOther` (about another certificate), `stale`, `tryLater`, `badSignature`. CRL: `stale`, `crlStranger`, `badSignature`.
 */
export type Fault =
  | 'down' | 'slow' | 'garbage' | 'huge' | 'http500' | 'busy' | 'redirect' | 'wrong-type'
  | 'wrongNonce' | 'noNonce' | 'noNextUpdate' | 'wrongImprint' | 'sha1Imprint' | 'refused' | 'badSignature' | 'wrongUsage' | 'looseUsage' | 'unbound'
  | 'ocspStranger' | 'ocspUnnamed' | 'ocspOther' | 'stale' | 'tryLater' | 'crlStranger';

export type Request = { readonly service: Service; readonly path: string; readonly body: Uint8Array };

export type Authorities = {
  /** As given, but with certificates that name these services; in a folder of its own (`online`) beside the given one. */
  readonly pki: TestPki;
  readonly tsaUrl: string;
  /** Of the issuing CA; the root's own services are under `/root`. */
  readonly ocspUrl: string;
  readonly crlUrl: string;
  readonly issuerUrl: string;
  /** Good until then. `at` may lie in the past. */
  readonly revoke: (certificate: TestCertificate, at?: Date) => void;
  /** Of one service, or of all. */
  readonly fault: (kind: Fault | null, service?: Service) => void;
  /** Lets go what `slow` holds; what comes later is held again. */
  readonly release: () => void;
  /** Resolves once so many answers are being held. */
  readonly whenHeld: (count: number) => Promise<void>;
  /** Every request since the start, in the order of their coming. */
  readonly requests: readonly Request[];
  readonly count: (service: Service) => number;
  /** The most that one service ever had in hand together. */
  readonly mostAtOnce: (service: Service) => number;
  readonly close: () => Promise<void>;
};

const run = promisify(execFile);
const services: readonly Service[] = ['tsa', 'ocsp', 'crl', 'issuer'];
const types: Readonly<Record<Service, string>> = { tsa: 'application/timestamp-reply', ocsp: 'application/ocsp-response', crl: 'application/pkix-crl', issuer: 'application/pkix-cert' };

/** A time-stamping authority, OCSP responder, CRL publisher and certificate publisher on loopback: one HTTP server in front of OpenSSL's own tools. */
export async function startAuthorities(given: TestPki): Promise<Authorities> {
  const faults = new Map<Service, Fault>();
  const requests: Request[] = [];
  const inHand = new Map<Service, { now: number; most: number }>(services.map((service) => [service, { now: 0, most: 0 }]));
  const held = new Set<() => void>();
  const heldListeners = new Set<() => void>();
  let ending = false;
  let answer: (request: Request, fault: Fault | null) => Promise<Uint8Array> = async () => new Uint8Array();

  const server = createServer((request, response) => {
    void handle(request, response).catch((error: unknown) => {
      // A fault of this helper must be seen, not taken for a service that is down.
      response.writeHead(599, { 'content-type': 'text/plain' }).end(String(error));
    });
  });

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    const service = services.find((each) => path.startsWith(`/${each}`));
    if (service === undefined) {
      response.writeHead(404).end();
      return;
    }
    const load = inHand.get(service) ?? { now: 0, most: 0 };
    load.now += 1;
    load.most = Math.max(load.most, load.now);
    response.once('close', () => {
      load.now -= 1;
    });
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const known: Request = { service, path, body: Buffer.concat(chunks) };
    requests.push(known);
    const fault = faults.get(service) ?? null;
    if (fault === 'slow') await hold(response);
    if (ending || response.destroyed) return;
    if (misbehave(fault, request, response)) return;
    const bytes = await answer(known, fault);
    response.writeHead(200, { 'content-type': fault === 'wrong-type' ? 'text/html' : types[service], 'content-length': bytes.length }).end(bytes);
  }

  async function hold(response: ServerResponse): Promise<void> {
    await new Promise<void>((resolve) => {
      const letGo = (): void => {
        held.delete(letGo);
        resolve();
      };
      held.add(letGo);
      response.once('close', letGo);
      for (const listener of heldListeners) listener();
    });
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const of = (name: string): Addresses => ({ ocsp: [`${base}/ocsp/${name}`], crls: [`${base}/crl/${name}.crl`], issuers: [`${base}/issuer/${name}.crt`] });
  const pki = createOnlinePki(join(given.dir, 'online'), { root: of('root'), issuing: of('issuing') });
  answer = createAnswers(pki);

  return {
    pki,
    tsaUrl: `${base}/tsa`,
    ocspUrl: `${base}/ocsp/issuing`,
    crlUrl: `${base}/crl/issuing.crl`,
    issuerUrl: `${base}/issuer/issuing.crt`,
    revoke: (certificate, at = new Date()) => revoke(pki, certificate, at),
    fault: (kind, service) => {
      for (const each of service === undefined ? services : [service]) {
        if (kind === null) faults.delete(each);
        else faults.set(each, kind);
      }
    },
    release: () => {
      held.forEach((letGo) => letGo());
    },
    whenHeld: (count) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (held.size < count) return;
          heldListeners.delete(look);
          resolve();
        };
        heldListeners.add(look);
        look();
      }),
    requests,
    count: (service) => requests.filter((each) => each.service === service).length,
    mostAtOnce: (service) => inHand.get(service)?.most ?? 0,
    close: async () => {
      ending = true;
      const closed = new Promise((resolve) => server.close(resolve));
      held.forEach((letGo) => letGo());
      server.closeAllConnections();
      await closed;
    },
  };
}

/** Faults of the line rather than of what is said on it; true when one was committed. */
function misbehave(fault: Fault | null, request: IncomingMessage, response: ServerResponse): boolean {
  switch (fault) {
    case 'down': request.socket.resetAndDestroy(); return true;
    case 'garbage': response.writeHead(200, { 'content-type': 'text/html' }).end('<html><body>Đăng nhập Wi-Fi</body></html>'); return true;
    case 'http500': response.writeHead(500).end(); return true;
    case 'busy': response.writeHead(503, { 'retry-after': '2' }).end(); return true;
    case 'redirect': response.writeHead(302, { location: `http://localhost:${String(request.socket.localPort)}${request.url ?? ''}` }).end(); return true;
    case 'huge': {
      response.writeHead(200, { 'content-type': 'application/octet-stream' });
      const chunk = Buffer.alloc(256 * 1024, 0x30);
      const more = (): void => {
        while (!response.destroyed && response.write(chunk));
      };
      response.on('drain', more);
      more();
      return true;
    }
    default: return false;
  }
}

/** OpenSSL's tools read and write files; one call at a time keeps their counters whole. */
function createAnswers(pki: TestPki): (request: Request, fault: Fault | null) => Promise<Uint8Array> {
  let last: Promise<unknown> = Promise.resolve();
  const strangers = new Map<string, TestCertificate>();

  /** Names itself as the issuer, with a key of its own. */
  const stranger = (name: string): TestCertificate => {
    const subject = name === 'root' ? '/C=VN/O=Thử nghiệm/CN=CA gốc thử nghiệm' : '/C=VN/O=Thử nghiệm/CN=CA cấp chứng thư thử nghiệm';
    const made = strangers.get(name) ?? issueCertificate(pki, { name: `stranger-${name}`, key: 'rsa2048', by: null, usage: 'issuing', subject });
    strangers.set(name, made);
    return made;
  };

  return (request, fault) => {
    const next = last.then(() => inFolder(pki, (dir) => answerOne(dir, request, fault)));
    // A failure is its own caller's; the next one starts all the same.
    last = next.catch(() => undefined);
    return next;
  };

  async function answerOne(dir: string, { service, path, body }: Request, fault: Fault | null): Promise<Uint8Array> {
    const issuer = path.includes('/root') ? 'root' : 'issuing';
    switch (service) {
      case 'tsa': return stamp(pki, dir, body, fault);
      case 'ocsp': return respond(pki, dir, { issuer, body, fault, stranger });
      case 'crl': return publish(pki, dir, { issuer, fault, stranger });
      case 'issuer': return pki[issuer].der;
    }
  }
}

async function inFolder(pki: TestPki, work: (dir: string) => Promise<Uint8Array>): Promise<Uint8Array> {
  const dir = mkdtempSync(join(pki.dir, 'asked-'));
  try {
    return await work(dir);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

async function stamp(pki: TestPki, dir: string, body: Uint8Array, fault: Fault | null): Promise<Uint8Array> {
  const alter: Partial<Record<Fault, (request: Uint8Array) => Uint8Array>> = { wrongNonce: forge.withOtherNonce, wrongImprint: forge.withOtherImprint, sha1Imprint: forge.withSha1Imprint };
  const asked = join(dir, 'request.tsq');
  const answered = join(dir, 'reply.tsr');
  writeFileSync(asked, fault === null ? body : (alter[fault]?.(body) ?? body));
  await run('openssl', ['ts', '-reply', '-config', pki.tsaConfig, '-section', fault === 'refused' ? 'refusing' : 'tsa', '-queryfile', asked, '-out', answered]);
  const reply = readFileSync(answered);
  if (fault === 'badSignature') return forge.withBrokenSignature(reply);
  const signer = fault === 'wrongUsage' ? pki.leader : fault === 'looseUsage' ? issueCertificate(pki, { name: 'loose-tsa', usage: 'loose-tsa' }) : fault === 'unbound' ? pki.tsa : null;
  if (signer === null) return reply;
  const info = join(dir, 'info.der');
  const token = join(dir, 'token.der');
  writeFileSync(info, forge.infoOf(reply));
  await run('openssl', ['cms', '-sign', '-binary', '-nodetach', ...(fault === 'unbound' ? [] : ['-cades']), '-econtent_type', '1.2.840.113549.1.9.16.1.4', '-in', info, '-signer', signer.pem, '-inkey', signer.key, '-outform', 'DER', '-out', token]);
  return forge.grantedWith(readFileSync(token));
}

type Asked = { readonly issuer: 'root' | 'issuing'; readonly fault: Fault | null; readonly stranger: (name: string) => TestCertificate };

async function respond(pki: TestPki, dir: string, { issuer, body, fault, stranger }: Asked & { readonly body: Uint8Array }): Promise<Uint8Array> {
  if (fault === 'tryLater') return forge.ocspStatus(3);
  const alter: Partial<Record<Fault, (request: Uint8Array) => Uint8Array>> = {
    wrongNonce: forge.withOtherNonce, noNonce: forge.withoutOcspNonce, stale: forge.withoutOcspNonce, ocspOther: (request) => forge.withOtherSerial(request, issuer === 'root' ? pki.root.der : pki.ocsp.der),
  };
  const asked = join(dir, 'request.ors');
  const answered = join(dir, 'reply.ors');
  writeFileSync(asked, fault === null ? body : (alter[fault]?.(body) ?? body));
  // The root answers for itself, the issuing CA through the responder that it named.
  const signer = fault === 'ocspStranger' ? stranger(issuer) : fault === 'ocspUnnamed' ? pki.leader : issuer === 'root' ? pki.root : pki.ocsp;
  await run('openssl', ['ocsp', '-index', issuer === 'root' ? pki.rootIndex : pki.ocspIndex, '-CA', pki[issuer].pem, '-rsigner', signer.pem, '-rkey', signer.key, ...(fault === 'noNextUpdate' ? [] : ['-ndays', '1']), '-reqin', asked, '-respout', answered]);
  const response = readFileSync(answered);
  if (fault === 'stale') return forge.asOfDaysAgo(response, 30, createPrivateKey(readFileSync(signer.key)));
  if (fault === 'badSignature') return forge.withBrokenOcspSignature(response);
  return response;
}

async function publish(pki: TestPki, dir: string, { issuer, fault, stranger }: Asked): Promise<Uint8Array> {
  const signer = fault === 'crlStranger' ? stranger(issuer) : pki[issuer];
  const at = (days: number): string => `${new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 19).replace(/[-T:]/g, '')}Z`;
  const period = fault === 'stale' ? [at(-30), at(-29)] : [at(0), at(1)];
  const list = join(dir, 'list.pem');
  const book = issuer === 'root' ? 'rootoffice' : 'office';
  await run('openssl', ['ca', '-gencrl', '-config', 'openssl.cnf', '-name', book, '-crlexts', 'crl', '-cert', signer.pem, '-keyfile', signer.key, '-crl_lastupdate', period[0] ?? '', '-crl_nextupdate', period[1] ?? '', '-out', list], { cwd: pki.dir });
  const { stdout } = await run('openssl', ['crl', '-in', list, '-outform', 'DER'], { encoding: 'buffer', maxBuffer: 64 * 1024 * 1024 });
  return fault === 'badSignature' ? forge.withBrokenSignature(stdout) : stdout;
}

/** As `openssl ca -revoke` writes it, but with a time of one's own. */
function revoke(pki: TestPki, certificate: TestCertificate, at: Date): void {
  const serial = new X509Certificate(certificate.der).serialNumber;
  const when = at.toISOString().slice(2, 19).replace(/[-T:]/g, '');
  for (const index of [pki.ocspIndex, pki.rootIndex]) {
    const lines = readFileSync(index, 'utf8').split('\n');
    const changed = lines.map((line) => {
      const fields = line.split('\t');
      return fields[3] === serial ? ['R', fields[1], `${when}Z`, ...fields.slice(3)].join('\t') : line;
    });
    writeFileSync(index, changed.join('\n'));
  }
}
