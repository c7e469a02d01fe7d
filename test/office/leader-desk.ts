import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { composeDesk, type DeskConfig } from '../../src-main/backend/compose.ts';
import { uuidv7 } from '../../src-main/backend/uuid.ts';
import { bookFor } from '../../src-main/features/documents/books.ts';
import { vietnamDate } from '../../src-main/features/vietnam-time.ts';
import type { ProfileStore } from '../../src-main/ports/store.ts';
import { openProfileStore } from '../../src-main/store/open.ts';
import { createGate } from '../../src-main/backend/gate.ts';
import { createTokens, type Tokens } from '../../src-main/token/client.ts';
import type { Channel, EventName, EventPayload, Input, Output } from '../../src-shared/contract/index.ts';
import type { Batch } from '../../src-shared/contract/signing.ts';
import { documentId, organizationCode, personId, sha256, type DocumentId } from '../../src-shared/domain/ids.ts';
import type { Role } from '../../src-shared/domain/organization.ts';
import { ok, type AppError, type Result } from '../../src-shared/result.ts';
import { startAuthorities, type Authorities } from '../support/authorities.ts';
import { createTestPki, type TestPki } from '../support/pki.ts';
import { createTestToken, type TestToken } from '../support/softhsm.ts';
import { buildShim } from '../token/shim/build-shim.ts';

export const pdfDir = fileURLToPath(new URL('../fixtures/pdf', import.meta.url));
const imageFile = fileURLToPath(new URL('../../resources/practice/chu-ky.png', import.meta.url));
const key = Buffer.alloc(32, 7);
const unit = { code: organizationCode.parse('H48.60.12'), name: 'UBND xã Sơn Tịnh' };
export const department = { code: organizationCode.parse('H48.14'), name: 'Sở Khoa học và Công nghệ' };

/** A folder with a PKI of OpenSSL's, a SoftHSM2 token behind the shim, and the desks that are opened in it. */
export type TokenScene = {
  readonly dir: string;
  readonly pki: TestPki;
  readonly token: TestToken;
  /** How the shim behaves from now on; null takes a setting away. A folder of files, so that a running driver sees it. */
  readonly shim: (name: string, value: string | null) => Promise<void>;
  readonly driver: string;
  readonly env: Readonly<Record<string, string>>;
  readonly close: () => Promise<void>;
};

export type ServedScene = TokenScene & { readonly services: Authorities };

/** The same with certificates that name real certification services on loopback. */
export async function openServedScene(): Promise<ServedScene> {
  const dir = await mkdtemp(join(tmpdir(), 'van-thu-served-'));
  const services = await startAuthorities(createTestPki(join(dir, 'pki')));
  const scene = await openSceneIn(dir, services.pki);
  return {
    ...scene, services,
    close: async () => {
      await services.close();
      await scene.close();
    },
  };
}

export async function openTokenScene(): Promise<TokenScene> {
  const dir = await mkdtemp(join(tmpdir(), 'van-thu-batch-'));
  return openSceneIn(dir, createTestPki(join(dir, 'pki')));
}

async function openSceneIn(dir: string, pki: TestPki): Promise<TokenScene> {
  const token = await createTestToken(dir, pki);
  const built = buildShim(dir);
  if (!('path' in built)) throw new Error(built.problem);
  const settings = await mkdtemp(join(dir, 'shim-'));
  return {
    dir, pki, token,
    driver: built.path,
    env: { ...token.env, SHIM_REAL: token.module, SHIM_DIR: settings },
    shim: (name, value) => (value === null ? rm(join(settings, name), { force: true }) : writeFile(join(settings, name), value)),
    close: () => rm(dir, { recursive: true, force: true }),
  };
}

export type DeskUnderTest = {
  readonly ask: <C extends Channel>(channel: C, input: Input<C>) => Promise<Output<C>>;
  readonly tryAsk: <C extends Channel>(channel: C, input: Input<C>) => Promise<Result<Output<C>>>;
  readonly refused: <C extends Channel>(channel: C, input: Input<C>) => Promise<AppError>;
  readonly tokens: Tokens;
  /** Every event so far, by name. */
  readonly heard: <E extends EventName>(name: E) => readonly EventPayload<E>[];
  readonly on: <E extends EventName>(name: E, listener: (payload: EventPayload<E>) => void) => () => void;
  /** The first event of this name that is so, from now on or from before. */
  readonly once: <E extends EventName>(name: E, is: (payload: EventPayload<E>) => boolean) => Promise<EventPayload<E>>;
  /** The run once it is so. */
  readonly batchOnce: (is: (batch: Batch) => boolean) => Promise<Batch>;
  /** A draft of this file, prepared and put before the leader. */
  readonly submitted: (title: string, file?: string) => Promise<DocumentId>;
  readonly readContent: (id: DocumentId) => Promise<Buffer>;
  readonly close: () => Promise<void>;
};

export type DeskPlace = { readonly dir: string; readonly driver: string; readonly env: Readonly<Record<string, string>>; readonly trust: NonNullable<DeskConfig['trust']['extra']> };

/** A leader's (or clerk's) desk with its tokens, and no line. */
export async function openDeskAt(place: DeskPlace, more: Partial<DeskConfig> & { readonly role?: Role } = {}): Promise<DeskUnderTest> {
  const tokens = createTokens({ drivers: [place.driver], env: place.env });
  const role = more.role ?? 'leader';
  const desk = composeDesk({
    dir: join(place.dir, 'desk'), key, role, unit,
    me: { id: personId.parse('thang.nd'), fullName: 'Nguyễn Đức Thắng', position: 'Chủ tịch', unit: unit.code, roles: ['leader', 'clerk'] },
    // nothing listens there
    serverUrl: 'http://127.0.0.1:9', credentials: null, tokens, trust: { extra: place.trust },
    office: { signature: { bytes: await readFile(imageFile), widthMm: 40, heightMm: 17.6 }, seal: null, profile: 'office', location: 'Sơn Tịnh', policy: { level: 'B-B', digest: 'sha256', tsaUrl: '', proxyUrl: '' } },
    holdMs: () => 0, log: quiet, ...more,
  });
  const gate = createGate(desk.handlers, quiet);
  const events: { readonly name: EventName; readonly payload: unknown }[] = [];
  const looking = new Set<() => void>();
  desk.on((name, payload) => {
    events.push({ name, payload });
    for (const look of looking) look();
  });
  const tryAsk: DeskUnderTest['tryAsk'] = async (channel, input) => (await gate(channel, input)) as Result<never>;
  const ask: DeskUnderTest['ask'] = async (channel, input) => {
    const result = await tryAsk(channel, input);
    if (!result.ok) throw new Error(`${channel}: ${JSON.stringify(result.error)}`);
    return result.value;
  };
  return {
    ask, tryAsk, tokens,
    refused: async (channel, input) => {
      const result = await tryAsk(channel, input);
      if (result.ok) throw new Error(`${channel} was not refused`);
      return result.error;
    },
    heard: (name) => events.filter((event) => event.name === name).map(({ payload }) => payload as never),
    on: (name, listener) => desk.on((heard, payload) => { if (heard === name) listener(payload as never); }),
    once: (name, is) =>
      new Promise((resolve) => {
        const look = (): void => {
          const found = events.findLast((event) => event.name === name && is(event.payload as never));
          if (found === undefined) return;
          looking.delete(look);
          resolve(found.payload as never);
        };
        looking.add(look);
        look();
      }),
    batchOnce: async (is) => {
      const { batch } = await ask('batch.read', {});
      if (batch !== null && is(batch)) return batch;
      return new Promise((resolve) => {
        const look = (): void => {
          const last = events.findLast(({ name }) => name === 'batch.changed')?.payload as Batch | undefined;
          if (last === undefined || !is(last)) return;
          looking.delete(look);
          resolve(last);
        };
        looking.add(look);
      });
    },
    submitted: async (title, file = 'cong-van-xa.pdf') => {
      const bytes = await readFile(join(pdfDir, file));
      const { importId } = await ask('content.beginImport', { fileName: file });
      for (let at = 0; at < bytes.length; at += 500_000) await ask('content.appendImport', { importId, bytes: bytes.subarray(at, at + 500_000) });
      const { content } = await ask('content.finishImport', { importId });
      const { document } = await ask('documents.draft', { title, kind: 'cong-van', notation: 'UBND-VP', urgency: 'normal', content, recipients: [department], inReplyTo: null });
      await ask('documents.submit', { id: document.id });
      return documentId.parse(document.id);
    },
    readContent: async (id) => {
      const { document } = await ask('documents.read', { id });
      const parts: Uint8Array[] = [];
      for (let offset = 0; offset < document.content.sizeBytes; offset += 1_000_000) parts.push((await ask('content.read', { sha256: document.content.sha256, offset, length: 1_000_000 })).bytes);
      return Buffer.concat(parts);
    },
    close: () => desk.close(),
  };
}

/** The commune's registers, as its clerk's desk holds them once it had a line. */
export function giveBooks(place: DeskPlace): void {
  inStore(place, ({ desk }) => {
    const year = vietnamDate(new Date()).slice(0, 4);
    for (const register of ['van-ban-di', 'van-ban-den'] as const) desk.putBook({ book: bookFor(unit.code, year, register), epoch: 1, next: 5, reserveEnd: 500 });
  });
}

/** A document from the department, arrived with the feed; null where its content is still on its way. */
export async function arrive(place: DeskPlace, bytes: Uint8Array | null, title: string): Promise<DocumentId> {
  const id = documentId.parse(uuidv7());
  await inStore(place, async ({ desk, blobs }) => {
    const stored = bytes === null ? ok({ sha256: sha256.parse('0'.repeat(64)), sizeBytes: 1 }) : await blobs.put(Readable.from([bytes]));
    if (!stored.ok) throw new Error(stored.error.code);
    desk.applyChanges([{
      document: id, from: 0,
      events: [{
        type: 'arrived', at: new Date().toISOString(), by: null, command: null, unit, from: department, origin: documentId.parse(uuidv7()), title, kind: 'cong-van', number: 15, notation: 'SKHCN',
        issuedDate: '2026-11-20', urgency: 'normal', content: { ...stored.value, fileName: 'cong-van.pdf', parent: null }, signer: 'Võ Văn Bình', inReplyTo: null,
      }],
    }], `cursor-${id}`);
  });
  return id;
}

/** Drafted, signed and sealed in one folder, by its leader and then its clerk; how the desks are set up is told by `more`. */
export async function issuedLetter(scene: TokenScene, place: DeskPlace, more: Partial<DeskConfig> = {}): Promise<DocumentId> {
  giveBooks(place);
  const { pin, leaderThumbprint, organizationThumbprint } = scene.token;
  const chief = await openDeskAt(place, more);
  const id = await chief.submitted('Phát hành');
  await chief.ask('signing.approve', { id, thumbprint: leaderThumbprint, pin, placement: { page: 1, rect: { x: 120, y: 200, width: 40, height: 17.6 } } });
  await chief.close();
  const clerk = await openDeskAt(place, { ...more, role: 'clerk' });
  const { number, date } = await clerk.ask('issuing.propose', { id });
  if (number === null) throw new Error('the desk holds no register');
  await clerk.ask('issuing.issue', { id, thumbprint: organizationThumbprint, pin, number, notation: 'UBND-VP', date, placement: { page: 1, rect: { x: 100, y: 190, width: 36, height: 36 } }, recipients: [], send: false });
  await clerk.close();
  return id;
}

/** With the desk's store, while nobody sits at it. */
function inStore<T>(place: DeskPlace, work: (store: ProfileStore) => T): T {
  const opened = openProfileStore({ dir: join(place.dir, 'desk'), key });
  if (!opened.ok) throw new Error(opened.error.code);
  const done = work(opened.value);
  if (done instanceof Promise) return done.finally(() => opened.value.close()) as T;
  opened.value.close();
  return done;
}

/** A desk of its own in the scene's folder. */
export function placeIn(scene: TokenScene, name: string): DeskPlace {
  return { dir: join(scene.dir, name), driver: scene.driver, env: scene.env, trust: { anchors: [scene.pki.root.der], intermediates: [scene.pki.issuing.der] } };
}

const quiet = (level: string, message: string, fields?: object): void => {
  if (level === 'error') console.error(message, fields ?? '');
};
