import { randomBytes } from 'node:crypto';
import type { TestContext } from 'node:test';
import type { Command, CommandBody, ContentRef, DocumentState } from '../../src-shared/domain/document.ts';
import type { BookId, DocumentId } from '../../src-shared/domain/ids.ts';
import { decide } from '../support/rules.ts';
import type { ProfileStore } from '../../src-main/ports/store.ts';
import type { SyncPort } from '../../src-main/ports/sync.ts';
import { openProfileStore } from '../../src-main/store/open.ts';
import { createSync, type SyncOptions } from '../../src-main/sync/sync.ts';
import { createLine, type Line } from '../support/line.ts';
import { commandOf, contentOf, password, people, tempDir, type Who } from '../server/office.ts';

/** A person's desk without a window: a real store, a real sync, a line of its own. */
export type TestDesk = {
  readonly who: Who; readonly store: ProfileStore; readonly sync: SyncPort; readonly line: Line;
  readonly act: (document: DocumentId, body: CommandBody, book?: { readonly id: BookId; readonly used: number }) => Command;
  readonly importContent: (bytes: Uint8Array, parent?: ContentRef) => Promise<ContentRef>;
  readonly state: (document: DocumentId) => DocumentState;
  /** Ends the program and begins it anew on the same profile. */
  readonly restart: (changes?: Partial<SyncOptions>) => Promise<TestDesk>;
};

export async function openDesk(t: TestContext, serverUrl: string, who: Who, changes: Partial<SyncOptions> = {}): Promise<TestDesk> {
  const line = await createLine(serverUrl);
  const profile = { dir: tempDir(t), key: randomBytes(32) };
  let live = open(changes);
  t.after(async () => {
    await close();
    await line.close();
  });
  return live;

  async function close(): Promise<void> {
    await live.sync.stop();
    live.store.close();
  }

  function open(more: Partial<SyncOptions>): TestDesk {
    const opened = openProfileStore(profile);
    if (!opened.ok) throw new Error(opened.error.code);
    const store = opened.value;
    const sync = createSync({
      serverUrl: line.url, credentials: { user: people[who].user, password }, station: `station-${who}`, store, ...more,
      timing: { backoffBaseMs: 5, backoffCapMs: 20, ...more.timing },
    });
    return {
      who, store, sync, line,
      act: (document, body, book) => {
        const found = store.desk.findDocument(document)?.state ?? null;
        const command = commandOf(who, document, found?.versions ?? { workflow: 0, assignment: 0 }, body);
        const events = decide(found, command, { unit: people[who].unit });
        if (!events.ok) throw new Error(events.error.code);
        store.desk.recordAction(command, events.value, book);
        return command;
      },
      importContent: async (bytes, parent) => {
        const put = parent === undefined ? await store.blobs.put(one(bytes)) : await store.blobs.putWithBase(parent.sha256, bytes.subarray(parent.sizeBytes));
        if (!put.ok) throw new Error(put.error.code);
        return contentOf(bytes, parent ?? null);
      },
      state: (document) => {
        const found = store.desk.findDocument(document);
        if (found === null) throw new Error(`no document ${document}`);
        return found.state;
      },
      restart: async (again = {}) => {
        await close();
        live = open({ ...more, ...again });
        return live;
      },
    };
  }
}

/** The path that a replaced `fetch` was asked for. */
export function pathOf(input: Parameters<typeof fetch>[0]): string {
  return new URL(input instanceof Request ? input.url : input).pathname;
}

async function* one(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** Resolves when it holds: looked at now and after every change that the desk tells of, never after a time. */
export function until(desk: TestDesk, holds: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const off: (() => void)[] = [];
    const look = () => {
      if (!holds()) return;
      for (const stop of off) stop();
      resolve();
    };
    off.push(desk.sync.onStatus(look), desk.sync.onChanged(look), desk.sync.onContent(look));
    look();
  });
}
