import { createHash, randomUUID } from 'node:crypto';
import { bookId, commandId, documentId, organizationCode, personId, sha256, type BookId, type DocumentId } from '../../src-shared/domain/ids.ts';
import type { Actor, Command, CommandBody, ContentRef } from '../../src-shared/domain/document.ts';
import type { Organization } from '../../src-shared/domain/organization.ts';
import { decide } from '../support/rules.ts';
import type { ProfileStore } from '../../src-main/ports/store.ts';
import { systemTime, type Time } from '../../src-main/ports/time.ts';
import { createSync } from '../../src-main/sync/sync.ts';

export const office: Organization = { code: organizationCode.parse('H48.60.12'), name: 'UBND xã Phú Lâm' };
export const account = { user: 'xa.vanthu', password: 'mật khẩu dài' };
const actor: Actor = { person: personId.parse(account.user), fullName: `Người ${account.user}`, role: 'clerk', unit: office.code };
export const incoming: BookId = bookId.parse(`${office.code}/2026/cong-van-den`);
export const key = new Uint8Array(32).fill(5);

/** A clerk at work on a real store, as use-cases are; `did` is told of every action that the store has confirmed. */
export function createClerk(store: ProfileStore, did: (command: Command) => void) {
  const { desk, blobs } = store;

  function act(document: DocumentId, body: CommandBody, book?: { readonly id: BookId; readonly used: number }): void {
    const state = desk.findDocument(document)?.state ?? null;
    const command: Command = {
      id: commandId.parse(randomUUID()), document, unit: office.code, actor, at: new Date().toISOString(), base: state?.versions ?? { workflow: 0, assignment: 0 }, dependsOn: null, ...body,
    };
    const decided = decide(state, command, { unit: office });
    if (!decided.ok) throw new Error(`${body.type}: ${decided.error.code}`);
    desk.recordAction(command, decided.value, book);
    did(command);
  }

  async function file(bytes: Uint8Array, base: ContentRef | null = null): Promise<ContentRef> {
    const put = base === null ? await blobs.put(one(bytes)) : await blobs.putWithBase(base.sha256, bytes);
    if (!put.ok) throw new Error(put.error.code);
    return { ...put.value, fileName: 'van-ban.pdf', parent: base?.sha256 ?? null };
  }

  return {
    /** What came is registered under the next number and presented; false where nothing waits or no number is here. */
    register: (): boolean => {
      const book = desk.findBook(incoming);
      const next = desk.listDocuments({ folder: 'incoming', me: '', text: '', offset: 0, limit: 500 }).rows.find(({ state, sync }) => state.stage === 'arrived' && sync === 'synced')?.state.id;
      if (next === undefined || book === null || book.next > book.reserveEnd) return false;
      act(next, { type: 'register', args: { entry: { book: incoming, epoch: book.epoch, number: book.next }, arrivalDate: '2026-11-22' } }, { id: incoming, used: book.next });
      act(next, { type: 'present', args: { note: `Kính trình ${book.next}` } });
      return true;
    },
    /** A draft with a file of its own, and the same file with a tail, submitted. */
    write: async (title: string): Promise<void> => {
      const document = documentId.parse(randomUUID());
      const first = await file(Buffer.from(`${title} `.repeat(400)));
      act(document, { type: 'draft', args: { title, kind: 'cong-van', notation: 'UBND', urgency: 'normal', content: first, recipients: [], inReplyTo: null } });
      const second = await file(Buffer.from(`đuôi của ${title}`), first);
      act(document, { type: 'submit', args: { content: second } });
    },
  };
}

/** A clock that can be put on: nobody waits in a test for a time that a server asks for. */
export function createClock(): { readonly time: Time; readonly pass: (ms: number) => void } {
  let passed = 0;
  return {
    time: { ...systemTime, now: () => systemTime.now() + passed, elapsed: () => systemTime.elapsed() + passed },
    pass: (ms) => {
      passed += ms;
    },
  };
}

export function createDeskSync(store: ProfileStore, serverUrl: string, time: Time = systemTime): ReturnType<typeof createSync> {
  const sync = createSync({ serverUrl, credentials: account, station: 'station-kill-1', store, time, timing: { backoffBaseMs: 5, backoffCapMs: 20 } });
  sync.wantBooks([incoming]);
  return sync;
}

export function hashOf(bytes: Uint8Array): string {
  return sha256.parse(createHash('sha256').update(bytes).digest('hex'));
}

async function* one(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
