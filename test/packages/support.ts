import { createHash, randomBytes } from 'node:crypto';
import type { TestContext } from 'node:test';
import { uuidv7 } from '../../src-main/backend/uuid.ts';
import { createPackageLine, type PackageLine } from '../../src-main/packages/line.ts';
import { createPackages } from '../../src-main/packages/packages.ts';
import type { PackagesPort } from '../../src-main/ports/packages.ts';
import type { ProfileStore } from '../../src-main/ports/store.ts';
import { openProfileStore } from '../../src-main/store/open.ts';
import type { Command, CommandBody, ContentRef } from '../../src-shared/domain/document.ts';
import type { DocumentId } from '../../src-shared/domain/ids.ts';
import { decide } from '../support/rules.ts';
import { errorResponse, packageResponse } from '../../src-shared/protocol/wire.ts';
import { commandOf, contentOf, draftBody, newDocument, people, personOf, signIn, tempDir, type Client, type Who } from '../server/office.ts';

/** A desk with a real store, that packs; its own line is used only where a test asks for it. */
export type Station = {
  readonly who: Who;
  readonly store: ProfileStore;
  readonly packages: PackagesPort;
  readonly line: PackageLine;
  readonly keep: (bytes: Uint8Array, parent?: ContentRef) => Promise<ContentRef>;
  readonly act: (document: DocumentId, body: CommandBody, dependsOn?: Command['id'] | null) => Command;
  /** A draft and its submission: two commands and one content. */
  readonly draft: (bytes: Uint8Array) => Promise<{ readonly document: DocumentId; readonly content: ContentRef; readonly commands: readonly Command[] }>;
};

export async function openStation(t: TestContext, client: Client, url: string, fetchIt?: typeof fetch): Promise<Station> {
  const opened = openProfileStore({ dir: tempDir(t), key: randomBytes(32) });
  if (!opened.ok) throw new Error(opened.error.code);
  const store = opened.value;
  t.after(() => store.close());
  return stationOver(store, client, url, fetchIt);
}

export function stationOver(store: ProfileStore, { who, session }: Client, url: string, fetchIt?: typeof fetch): Station {
  const line = createPackageLine({ serverUrl: url, token: () => session.token, ...(fetchIt === undefined ? {} : { fetch: fetchIt }) });
  const packages = createPackages({
    desk: store.desk, blobs: store.blobs, me: personOf(who), role: people[who].role, unit: people[who].unit, station: `station-${who}`, line, now: () => new Date(), newId: uuidv7,
  });
  const station: Station = {
    who, store, packages, line,
    keep: async (bytes, parent) => {
      const put = await store.blobs.put(once(bytes));
      if (!put.ok) throw new Error(put.error.code);
      return contentOf(bytes, parent ?? null);
    },
    act: (document, body, dependsOn = null) => {
      const found = store.desk.findDocument(document)?.state ?? null;
      const command = commandOf(who, document, found?.versions ?? { workflow: 0, assignment: 0 }, body, { dependsOn });
      const events = decide(found, command, { unit: people[who].unit });
      if (!events.ok) throw new Error(events.error.code);
      store.desk.recordAction(command, events.value, undefined, Date.now() + 600_000);
      return command;
    },
    draft: async (bytes) => {
      const document = newDocument();
      const content = await station.keep(bytes);
      const first = station.act(document, draftBody(content));
      return { document, content, commands: [first, station.act(document, { type: 'submit', args: { content } }, first.id)] };
    },
  };
  return station;
}

/** Ready to pack: it has had a line once. */
export async function openReadyStation(t: TestContext, url: string, who: Who): Promise<{ readonly station: Station; readonly client: Client }> {
  const client = await signIn(url, who);
  const station = await openStation(t, client, url);
  const prepared = await station.packages.prepare();
  if (!prepared.ok) throw new Error(prepared.error.code);
  return { station, client };
}

/** The whole file at once: for packages that are small. */
export function packed(station: Station, whole = false): Buffer {
  const made = station.packages.make({ whole });
  if (!made.ok) throw new Error(made.error.code);
  const parts: Uint8Array[] = [];
  for (let part = made.value.next(); part !== null; part = made.value.next()) parts.push(part);
  const file = Buffer.concat(parts);
  if (file.length !== made.value.sizeBytes) throw new Error(`${file.length} bytes where ${made.value.sizeBytes} were told`);
  return file;
}

export type Brought = { readonly status: number; readonly answers: readonly { readonly id: string; readonly status: string }[]; readonly code: string | null };

/** As octets in one request, by whoever has a session. */
export async function bring(client: Client, url: string, file: Uint8Array): Promise<Brought> {
  const response = await fetch(`${url}/v1/packages`, { method: 'POST', headers: { ...client.auth, 'content-type': 'application/octet-stream' }, body: new Uint8Array(file) });
  const body: unknown = await response.json();
  if (response.status === 200) return { status: 200, answers: packageResponse.parse(body).answers, code: null };
  return { status: response.status, answers: [], code: errorResponse.parse(body).error.code };
}

/** Every event of every document that the unit's feed holds. */
export async function feedOf(client: Client): Promise<ReadonlyMap<string, readonly string[]>> {
  const documents = new Map<string, string[]>();
  let cursor: string | null = null;
  for (let more = true; more; ) {
    const page = await client.changes(cursor);
    for (const change of page.changes) if ('events' in change) documents.set(change.document, [...(documents.get(change.document) ?? []).slice(0, change.from), ...change.events.map(({ type }) => type)]);
    cursor = page.next;
    more = page.hasMore;
  }
  return documents;
}

/** Bytes that no two seeds share, the same every time. */
export function bytesOf(seed: string, length: number): Buffer {
  const out = Buffer.alloc(length);
  for (let at = 0, n = 0; at < length; at += 32, n += 1) createHash('sha256').update(`${seed} ${n}`).digest().copy(out, at);
  return out;
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
