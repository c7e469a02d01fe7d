import type { Storage, Tx } from '../../../src-server/storage/port.ts';
import type { Planted } from '../world/planted.ts';
import { withoutDigest } from './line-bugs.ts';

/** The same storage with another look at its transactions. */
function withTx(storage: Storage, change: (tx: Tx) => Tx): Storage {
  return { ...storage, transaction: (work) => storage.transaction((tx) => work(change(tx))), read: (work) => storage.read((tx) => work(change(tx))) };
}

/** No key is known twice: what comes again is judged again. (A command that depends on it still finds its first answer.) */
export const noIdempotency: Planted = {
  storage: (storage) => withTx(storage, (tx) => {
    let asked = false;
    return {
      ...tx,
      answers: {
        ...tx.answers,
        find: async (unit, id) => {
          const first = !asked;
          asked = true;
          return first ? null : tx.answers.find(unit, id);
        },
        put: async (unit, answer, print, atMs) => {
          if ((await tx.answers.find(unit, answer.id)) === null) await tx.answers.put(unit, answer, print, atMs);
        },
      },
    };
  }),
};

/** The key is written in a transaction of its own after the effect's. */
export const idempotencyAfterCommit: Planted = {
  storage: (storage, { random }) => ({
    ...storage,
    transaction: async (work) => {
      const late: Parameters<Tx['answers']['put']>[] = [];
      const value = await storage.transaction((tx) => work({ ...tx, answers: { ...tx.answers, put: async (...row) => void late.push(row) } }));
      // the machine may stop here
      if (late.length > 0 && random.chance(0.1)) throw new Error('stopped between the effect and its key');
      if (late.length > 0) await storage.transaction(async (tx) => {
        for (const row of late) await tx.answers.put(...row);
      });
      return value;
    },
  }),
};

/** A commit may come behind one that was already read: what it changed is passed over, and no digest is looked at that would tell. */
export const sequenceGap: Planted = {
  fetch: withoutDigest,
  storage: (storage, { random }) => withTx(storage, (tx) => ({
    ...tx,
    documents: {
      ...tx.documents,
      changesSince: async (...asked) => {
        const page = await tx.documents.changesSince(...asked);
        return { ...page, changes: page.changes.filter(() => !random.chance(0.05)) };
      },
    },
  })),
};

/** Bytes are taken for what they are called. One of the first is another one. */
export const noHashCheck: Planted = {
  content: (content, { random }) => {
    const damaged = new Map<string, Uint8Array>();
    return {
      ...content,
      finish: async (...named) => {
        const done = await content.finish(...named);
        const size = done ? await content.findSize(named[1]) : null;
        if (size !== null && random.chance(0.1)) {
          const parts: Uint8Array[] = [];
          for await (const part of content.read(named[1], 0, size - 1)) parts.push(part);
          const bytes = Buffer.concat(parts);
          bytes[0] = (bytes[0] ?? 0) ^ 1;
          damaged.set(named[1], bytes);
        }
        return done;
      },
      read: (sha256, start, end) => {
        const bytes = damaged.get(sha256);
        return bytes === undefined ? content.read(sha256, start, end) : once(bytes.subarray(start, end + 1));
      },
    };
  },
};

/** After a book was taken over, whoever held it goes on numbering, and is believed. */
export const lostLeaseBelieved: Planted = {
  storage: (storage) => withTx(storage, (tx) => ({
    ...tx,
    books: {
      ...tx.books,
      check: async () => null,
      record: async (entry, document) => {
        if ((await tx.books.numbers(entry.book)).every(({ number }) => number !== entry.number)) await tx.books.record(entry, document);
      },
    },
  })),
};

/** A book that is taken over goes on where it stood; what its holder has still in hand comes as well. */
export const reserveForgotten: Planted = {
  storage: (storage) => withTx(storage, (tx) => ({
    ...tx,
    books: {
      ...tx.books,
      numbers: async (book) => (await tx.books.numbers(book)).filter(({ document }) => document !== null),
    },
  })),
};

/** "01 đã đến" is written when a letter is issued, before it has been sent to anybody. */
export const falselyDelivered: Planted = {
  storage: (storage) => withTx(storage, (tx) => ({
    ...tx,
    documents: {
      ...tx.documents,
      append: async (unit, id, events) => {
        await tx.documents.append(unit, id, events);
        const issued = events.find(({ type }) => type === 'issued');
        const first = issued === undefined ? undefined : (await tx.documents.readEvents(unit, id))[0];
        if (issued === undefined || first?.type !== 'drafted') return;
        for (const { code } of first.recipients) await tx.documents.append(unit, id, [{ type: 'deliveryReported', at: issued.at, by: null, command: null, recipient: code, status: '01', description: '' }]);
      },
    },
  })),
};

/** What is taken away leaves no trace in the feed. */
export const noTombstone: Planted = {
  fetch: withoutDigest,
  storage: (storage) => withTx(storage, (tx) => ({
    ...tx,
    documents: {
      ...tx.documents,
      changesSince: async (...asked) => {
        const page = await tx.documents.changesSince(...asked);
        return { ...page, changes: page.changes.filter((change) => !('gone' in change)) };
      },
    },
  })),
};

/** A command that was refused because its document is gone makes it anew. */
export const writesOverTombstones: Planted = {
  storage: (storage) => withTx(storage, (tx) => {
    const before = new Map<string, Awaited<ReturnType<Tx['documents']['readEvents']>>>();
    return {
      ...tx,
      documents: {
        ...tx.documents,
        findGone: async () => null,
        withdraw: async (unit, id, reason) => {
          before.set(id, await tx.documents.readEvents(unit, id));
          await tx.documents.withdraw(unit, id, reason);
          await tx.documents.append(unit, id, before.get(id) ?? []);
        },
      },
    };
  }),
};

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
