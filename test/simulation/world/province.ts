import { brotliCompressSync } from 'node:zlib';
import { createCore, type Core } from '../../../src-server/core.ts';
import type { Reply, ServerRequest } from '../../../src-server/http/call.ts';
import { createContentMemory } from '../../../src-server/storage/content/memory.ts';
import type { ContentStore, Storage, Tx } from '../../../src-server/storage/port.ts';
import { openSqlite } from '../../../src-server/storage/sqlite/storage.ts';
import type { BookId, DocumentId, OrganizationCode } from '../../../src-shared/domain/ids.ts';
import type { ContentRef, DocumentEvent, Versions } from '../../../src-shared/domain/document.ts';
import { replay } from '../../support/rules.ts';
import { plainEntry, type Organization } from '../../../src-shared/domain/organization.ts';
import type { GoneReason } from '../../../src-shared/protocol/wire.ts';
import { ok } from '../../../src-shared/result.ts';
import { offices, password, province as sender, seats } from './cast.ts';
import type { Clock } from './clock.ts';
import { contentRefOf } from './contents.ts';
import { Crashed, fence, type Run } from './fence.ts';
import { short, type Ledger } from './ledger.ts';
import { observe } from './observe.ts';
import type { Planted } from './planted.ts';
import type { Random } from './random.ts';

type Node = { readonly name: string; run: Run; core: Core | null; readonly ended: PromiseWithResolvers<never> };

/** The province's server: one storage, one or two nodes before it, any of which may end at any write. */
export type Province = {
  readonly storage: Storage;
  readonly content: ContentStore;
  /** Of one write. */
  crashChance: number;
  readonly handle: (request: ServerRequest) => Promise<Reply> | null;
  readonly crash: (where: string) => void;
  readonly withdraw: (unit: OrganizationCode, id: DocumentId, reason: GoneReason) => Promise<void>;
  readonly releaseBook: (book: BookId) => Promise<void>;
  /** A station that is no more has held the book and lost it: its numbers are void from the beginning. */
  readonly voidFirst: (book: BookId, unit: OrganizationCode) => Promise<void>;
  readonly endSessions: (user: string) => Promise<void>;
  /** As after a move to another database: no cursor that was given out is known. */
  readonly changeEpoch: () => void;
  readonly epochs: () => readonly string[];
  /** A letter of this unit that its leader has signed, for the clerk to issue and send. */
  readonly lie: (unit: OrganizationCode, document: DocumentId, bytes: Uint8Array, recipient: Organization) => Promise<void>;
  /** A letter from an office that has no desk here; `presented`: it lies before the leader already. */
  readonly arrive: (unit: OrganizationCode, document: DocumentId, bytes: Uint8Array, presented: boolean) => Promise<void>;
  readonly versions: (unit: OrganizationCode, id: DocumentId) => Promise<Versions>;
  readonly close: () => Promise<void>;
};

export type ProvinceOptions = { readonly clock: Clock; readonly random: Random; readonly ledger: Ledger; readonly planted: Planted; readonly nodes: number };

const tableWrites: Readonly<Record<keyof Tx, readonly string[]>> = {
  documents: ['append', 'touch', 'withdraw'], answers: ['put'], books: ['lease', 'giveBack', 'release', 'record'], uploads: ['create', 'drop', 'complete', 'claim', 'unclaim'],
  accounts: [], sessions: ['put', 'end', 'endAll'], directory: [], audit: ['append'], settings: ['put', 'putNew'],
  // no world reckons the province's figures
  figures: [],
  axis: ['put', 'sent', 'later', 'failed', 'again', 'putArrival', 'hold', 'release'],
};
const contentWrites: ReadonlySet<string> = new Set(['receive', 'finish', 'drop']);

export async function openProvince({ clock, random, ledger, planted, nodes: count }: ProvinceOptions): Promise<Province> {
  let epochs = 0;
  const raw = openSqlite({ file: ':memory:', randomBytes: (size) => random.bytes(size) });
  const kept = createContentMemory();
  const observed = observe(raw, ledger);
  const storage: Storage = {
    ...(planted.storage?.(observed, { random, ledger }) ?? observed),
    get epoch() {
      return epochName(epochs);
    },
  };
  const epochName = (number: number): string => (number === 0 ? raw.epoch : `${raw.epoch}${number}`);
  const content = planted.content?.(kept, { random, ledger }) ?? kept;
  let uploads = 0;

  await storage.transaction(async (tx) => {
    await tx.directory.put(offices.map(plainEntry));
    for (const { person, user, unit, role } of seats) {
      await tx.accounts.putPerson(person);
      await tx.accounts.put({ user, person: person.id, unit: unit.code, role, password: `plain:${password}`, mustChange: false, disabled: false });
    }
  });

  const meta = () => ({ at: new Date(clock.now()).toISOString(), by: null, command: null });

  /** A document that was there before anybody here did anything. */
  async function begins(unit: OrganizationCode, document: DocumentId, bytes: Uint8Array, fileName: string, story: (office: Organization, content: ContentRef) => readonly DocumentEvent[]): Promise<void> {
    const upload = `arrival-${uploads++}`;
    const content = contentRefOf(ledger, bytes, null, fileName);
    await kept.receive(upload, 0, bytes.length, once(bytes), () => undefined);
    if (!(await kept.finish(upload, content.sha256, null))) throw new Error('a file that does not hash to its name');
    const office = offices.find(({ code }) => code === unit);
    if (office === undefined) throw new Error(`no office ${unit}`);
    await storage.transaction(async (tx) => {
      await tx.documents.lock(unit, document);
      await tx.documents.append(unit, document, story(office, content));
      await tx.documents.touch([{ unit, id: document }]);
    });
    ledger.note('province', `${short(document)} is at ${unit}`);
    await storage.announce([unit]);
  }

  const nodes: Node[] = [];
  for (let k = 0; k < count; k++) nodes.push(begin(`node${k + 1}`));

  function begin(name: string): Node {
    const ended = Promise.withResolvers<never>();
    ended.promise.catch(() => undefined);
    const run: Run = { alive: true, endsAt: () => random.chance(province.crashChance), onEnd: (where) => fall(name, where) };
    const core = createCore({
      storage: fencedStorage(run), content: fence(content, run, contentWrites, 'content'), now: clock.now, elapsed: clock.elapsed, after: clock.after,
      randomBytes: (size: number) => Buffer.from(random.bytes(size)),
      passwords: { hash: async (text) => `plain:${text}`, check: async (text, stored) => ok({ right: stored === `plain:${text}`, stale: false }) },
      node: name,
      brotli: brotliCompressSync,
      log: (level, message, detail) => {
        if (run.alive && level === 'error') ledger.note(name, `${message} ${JSON.stringify(detail)}`);
      },
    });
    return { name, run, core, ended };
  }

  /** The machine of this node has stopped. Another one takes its name after a while. */
  function fall(name: string, where: string): void {
    const at = nodes.findIndex((node) => node.name === name);
    const node = nodes[at];
    if (node === undefined) return;
    ledger.note(name, `ends ${where}`);
    ledger.covered.add(`end ${where}`);
    node.core = null;
    node.ended.reject(new Crashed(where));
    clock.after(random.between(500, 15_000), () => {
      ledger.note(name, 'is back');
      nodes[at] = begin(name);
    });
  }

  function fencedStorage(run: Run): Storage {
    const end = (where: string): void => {
      if (!run.alive) throw new Crashed(where);
      if (!run.endsAt(where)) return;
      run.alive = false;
      run.onEnd(where);
      throw new Crashed(where);
    };
    const fencedTx = (tx: Tx): Tx => Object.fromEntries(Object.entries(tx).map(([name, table]) => [name, fence(table, run, new Set(tableWrites[name as keyof Tx]), name)])) as unknown as Tx;
    return {
      ...storage,
      get epoch() {
        return storage.epoch;
      },
      transaction: async (work) => {
        if (!run.alive) throw new Crashed('transaction');
        const value = await storage.transaction(async (tx) => {
          const done = await work(fencedTx(tx));
          end('before commit');
          return done;
        });
        end('after commit');
        return value;
      },
      read: (work) => {
        if (!run.alive) throw new Crashed('read');
        return storage.read(work);
      },
      onAnnounced: (listener) => storage.onAnnounced((unit) => {
        if (run.alive) listener(unit);
      }),
      close: async () => undefined,
    };
  }

  async function* untilEnd(node: Node, stream: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    const parts = stream[Symbol.asyncIterator]();
    try {
      for (;;) {
        const { done, value } = await Promise.race([parts.next(), node.ended.promise]);
        if (done === true) return;
        yield value;
      }
    } finally {
      void parts.return?.();
    }
  }

  const base = (request: ServerRequest): Promise<Reply> | null => {
    const living = nodes.filter(({ run }) => run.alive);
    if (living.length === 0) return null;
    const node = random.pick(living);
    const { core } = node;
    if (core === null) return null;
    return Promise.race([core.handle(request), node.ended.promise]).then((reply) => {
      if (!node.run.alive) throw new Crashed('answer');
      return reply.stream === undefined ? reply : { ...reply, stream: untilEnd(node, reply.stream) };
    });
  };

  const province: Province = {
    storage,
    content,
    crashChance: 0,
    handle: planted.handle?.(base, storage) ?? base,
    crash: (where) => {
      const living = nodes.filter(({ run }) => run.alive);
      if (living.length === 0) return;
      const node = random.pick(living);
      node.run.alive = false;
      fall(node.name, where);
    },
    withdraw: async (unit, id, reason) => {
      const done = await storage.transaction(async (tx) => {
        await tx.documents.lock(unit, id);
        if ((await tx.documents.readEvents(unit, id)).length === 0) return false;
        await tx.documents.withdraw(unit, id, reason);
        await tx.documents.touch([{ unit, id }]);
        return true;
      });
      if (!done) return;
      ledger.note('province', `withdraws ${short(id)} from ${unit}: ${reason}`);
      await storage.announce([unit]);
    },
    releaseBook: (book) => {
      ledger.note('province', `takes ${book} from its holder`);
      return storage.transaction((tx) => tx.books.release(book));
    },
    voidFirst: (book, unit) => storage.transaction(async (tx) => {
      await tx.books.lease(book, unit, 'station-before', 5);
      await tx.books.release(book);
    }),
    endSessions: (user) => {
      ledger.note('province', `ends the sessions of ${user}`);
      return storage.transaction((tx) => tx.sessions.endAll(user));
    },
    changeEpoch: () => {
      epochs++;
      ledger.note('province', 'goes on with another epoch');
      for (const node of nodes) {
        if (!node.run.alive) continue;
        node.run.alive = false;
        fall(node.name, 'for the new epoch');
      }
    },
    epochs: () => Array.from({ length: epochs + 1 }, (_, number) => epochName(number)),
    arrive: (unit, document, bytes, presented) => begins(unit, document, bytes, 'den.pdf', (office, content) => [{
      type: 'arrived', ...meta(), unit: office, from: sender, origin: document, title: `Công văn đến ${short(document)}`, kind: 'cong-van',
      number: 1 + uploads, notation: 'UBND-VP', issuedDate: '2026-06-12', urgency: 'normal', content, signer: 'Chủ tịch', inReplyTo: null,
    }, ...(presented ? [{ type: 'presented' as const, ...meta(), note: '' }] : [])]),
    lie: (unit, document, bytes, recipient) => begins(unit, document, bytes, 'di.pdf', (office, content) => [
      { type: 'drafted', ...meta(), unit: office, title: `Văn bản ${short(document)}`, kind: 'cong-van', notation: 'UBND-VP', urgency: 'normal', content, recipients: [recipient], inReplyTo: null },
      { type: 'submitted', ...meta(), content },
      { type: 'approved', ...meta(), content, signer: 'Nguyễn Văn An' },
    ]),
    versions: async (unit, id) => replay(id, await raw.read((tx) => tx.documents.readEvents(unit, id)))?.versions ?? { workflow: 0, assignment: 0 },
    close: async () => {
      for (const node of nodes) {
        node.run.alive = false;
        node.ended.reject(new Crashed('the end'));
        await node.core?.close().catch(() => undefined);
      }
      await raw.close();
    },
  };
  return province;
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
