import { randomBytes } from 'node:crypto';
import path from 'node:path';
import type { TestContext } from 'node:test';
import { brotliDecompressSync, inflateRawSync } from 'node:zlib';
import { createCore, type Core } from '../../src-server/core.ts';
import { createPasswords } from '../../src-server/features/passwords.ts';
import type { Reply } from '../../src-server/http/call.ts';
import { openContentFolder } from '../../src-server/storage/content/folder.ts';
import { openSqlite } from '../../src-server/storage/sqlite/storage.ts';
import type { Command } from '../../src-shared/domain/document.ts';
import { organizationCode, personId } from '../../src-shared/domain/ids.ts';
import type { Role } from '../../src-shared/domain/organization.ts';
import { codingName, dictionary, unpackJson } from '../../src-shared/protocol/packing.ts';
import { commandOf, commune, contentOf, department, draftBody, newDocument, outgoingBook, password, people, personOf, province, tempDir, type Who } from '../server/office.ts';

/** Stands in everything that is the department's own. It must never be in an answer to anybody else. */
export const canary = 'CANARY-7d1f9c2b';

export type Sent = { readonly method: string; readonly url: string; readonly headers?: Readonly<Record<string, string | undefined>>; readonly body?: Uint8Array | AsyncIterable<Uint8Array> | undefined };
export type Answer = { readonly status: number; readonly headers: NonNullable<Reply['headers']>; readonly body: Buffer; readonly json: unknown };

export type Office = {
  readonly core: Core;
  /** What the server wrote down as bugs. */
  readonly bugs: string[];
  readonly call: (sent: Sent) => Promise<Answer>;
  readonly post: (token: string | null, url: string, body: unknown) => Promise<Answer>;
  readonly token: (who: Who | 'administrator') => string;
  /** What the department has: names that somebody of the commune may have learnt, and whose bytes they must not. */
  readonly theirs: {
    readonly document: string; readonly command: Command; readonly sha256: string; readonly contentBytes: number; readonly upload: string; readonly cursor: string; readonly book: string; readonly epoch: number;
    readonly snapshot: { readonly scope: string; readonly hash: string }; readonly signer: string; readonly packageId: string; readonly token: string;
  };
  readonly ours: { readonly document: string; readonly sha256: string; readonly upload: string; readonly cursor: string; readonly snapshot: { readonly scope: string; readonly hash: string }; readonly signer: string };
};

/** As long as an answer may take: nothing here is large. */
const hangMs = 10_000;

/** A real core over a real database and folder, two units at work; requests come without sockets, so that thousands take seconds. */
export async function openBadOffice(t: TestContext): Promise<Office> {
  const dir = tempDir(t);
  const bugs: string[] = [];
  const storage = openSqlite({ file: path.join(dir, 'server.db') });
  const core = createCore({
    storage, content: openContentFolder(dir), now: Date.now, randomBytes, passwords: createPasswords(randomBytes),
    // enough for thousands of wrong tries by one peer
    limits: { openUploadsPerUnit: 100_000, eventsTtlMs: 20, eventsCommentMs: 40 },
    log: (level, message, fields) => void (level === 'error' && bugs.push(`${message} ${JSON.stringify(fields ?? {})}`)),
  });
  t.after(async () => {
    await core.close();
    await storage.close();
  });
  for (const office of [province, commune, department]) await core.admin.addOrganization(office);
  const secret = { ...personOf('departmentClerk'), fullName: `Người ${canary}` };
  for (const [who, { user, unit, role }] of Object.entries(people)) {
    await core.admin.addPerson({ person: who === 'departmentClerk' ? secret : personOf(who as Who), user, password, unit: unit.code, role });
  }
  const administrator = { id: personId.parse('xa.quantri'), fullName: 'Quản trị xã', position: 'Công chức', unit: organizationCode.parse('H48.60.12'), roles: ['administrator'] as Role[] };
  await core.admin.addPerson({ person: administrator, user: 'xa.quantri', password, unit: commune.code, role: 'administrator' });

  let peers = 0;
  const call = async (sent: Sent): Promise<Answer> => {
    const over = new AbortController();
    const body = sent.body instanceof Uint8Array ? once(sent.body) : (sent.body ?? none());
    peers += 1;
    const reply = await bounded(core.handle({ method: sent.method, url: sent.url, headers: sent.headers ?? {}, body, destroy: () => undefined, signal: over.signal, peer: `10.0.${(peers >> 8) & 255}.${peers & 255}` }), sent);
    const bytes = await bounded(readBody(reply), sent).finally(() => over.abort());
    return { status: reply.status, headers: reply.headers ?? {}, body: bytes, json: reply.json ?? tryJson(bytes) };
  };
  const post = (token: string | null, url: string, body: unknown) =>
    call({ method: 'POST', url, headers: { 'content-type': 'application/json', ...(token === null ? {} : { authorization: `Bearer ${token}` }) }, body: Buffer.from(JSON.stringify(body)) });

  const tokens = new Map<string, string>();
  for (const [who, user] of [...Object.entries(people).map(([who, each]) => [who, each.user] as const), ['administrator', 'xa.quantri'] as const]) {
    tokens.set(who, ((await post(null, '/v1/session', { user, password })).json as { token: string }).token);
  }
  const token = (who: Who | 'administrator') => tokens.get(who) ?? '';

  const work = async (who: Who, words: string) => {
    const bytes = Buffer.from(`%PDF-1.7 ${words} `.repeat(200));
    const content = contentOf(bytes);
    const auth = { authorization: `Bearer ${token(who)}` };
    const opened = (await post(token(who), '/v1/uploads', { sha256: content.sha256, sizeBytes: bytes.length, base: null })).json as { upload: string };
    const patched = await call({ method: 'PATCH', url: `/v1/uploads/${opened.upload}`, headers: { ...auth, 'upload-offset': '0', 'content-type': 'application/offset+octet-stream', 'tus-resumable': '1.0.0' }, body: bytes });
    if (patched.status !== 204) throw new Error(`upload ${patched.status}`);
    const unfinished = (await post(token(who), '/v1/uploads', { sha256: contentOf(Buffer.from(`${words} later`)).sha256, sizeBytes: 5000, base: null })).json as { upload: string };
    const document = newDocument();
    const body = draftBody(content);
    const command = commandOf(who, document, { workflow: 0, assignment: 0 }, { ...body, args: { ...body.args, title: `Về việc ${words}` } });
    const pushed = (await post(token(who), '/v1/push', { commands: [command] })).json as { answers: { status: string }[] };
    if (pushed.answers[0]?.status !== 'applied') throw new Error(JSON.stringify(pushed));
    const lease = (await post(token(who), '/v1/books/lease', { book: outgoingBook(people[who].unit), station: `station-${who}` })).json as { epoch: number };
    const cursor = ((await call({ method: 'GET', url: '/v1/changes', headers: auth })).json as { next: string }).next;
    const snapshot = (await call({ method: 'GET', url: '/v1/snapshot', headers: auth })).json as { scope: string; hash: string };
    const { signer } = (await post(token(who), '/v1/packages/station', { station: `station-${who}`, publicKey: randomBytes(32).toString('base64url') })).json as { signer: string };
    const packageId = `019a0000-0000-7000-8000-${randomBytes(6).toString('hex')}`;
    await call({ method: 'PATCH', url: `/v1/packages/${packageId}`, headers: { ...auth, 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' }, body: Buffer.from(words) });
    return { document, command, sha256: content.sha256, contentBytes: bytes.length, upload: unfinished.upload, cursor, book: outgoingBook(people[who].unit), epoch: lease.epoch, snapshot, signer, packageId, token: token(who) };
  };
  return { core, bugs, call, post, token, theirs: await work('departmentClerk', canary), ours: await work('communeClerk', 'của xã') };
}

/** The words of an answer, whatever coding they travel in. */
export function wordsOf({ headers, body, json }: Answer): string {
  const coding = headers['content-encoding'];
  try {
    if (coding === 'br') return brotliDecompressSync(body).toString('utf8');
    if (coding === codingName) return JSON.stringify(unpackJson(inflateRawSync(body, { dictionary })));
  } catch {
    // a part of one, perhaps: looked at as it is
  }
  return `${framesOf(body)}${body.toString('utf8')}${json === null ? '' : JSON.stringify(json)}`;
}

/** A snapshot's frames, unfolded; nothing where it is none. */
function framesOf(body: Buffer): string {
  let words = '';
  for (let at = 0; at + 4 < body.length; ) {
    const length = body.readUInt32BE(at);
    if (length === 0 || at + 4 + length > body.length) return words;
    try {
      words += brotliDecompressSync(body.subarray(at + 4, at + 4 + length)).toString('utf8');
    } catch {
      return words;
    }
    at += 4 + length;
  }
  return words;
}

async function readBody(reply: Reply): Promise<Buffer> {
  if (reply.bytes !== undefined) return Buffer.from(reply.bytes);
  if (reply.stream === undefined) return Buffer.alloc(0);
  const parts: Uint8Array[] = [];
  for await (const part of reply.stream) {
    parts.push(part);
    // a stream of hints ends with its time to live
    if (parts.length > 5000) throw new Error('a stream without an end');
  }
  return Buffer.concat(parts);
}

async function bounded<T>(work: Promise<T>, { method, url }: Sent): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => (timer = setTimeout(() => reject(new Error(`${method} ${url} hangs`)), hangMs)));
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

function tryJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return null;
  }
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

async function* none(): AsyncGenerator<Uint8Array> {}
