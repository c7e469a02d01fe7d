import { createHash } from 'node:crypto';
import type { LogEvent } from '../../../src-shared/domain/document.ts';
import type { DocumentId, OrganizationCode } from '../../../src-shared/domain/ids.ts';
import { chainInput, digestInput, emptyChain, xorDigest } from '../../../src-shared/protocol/digest.ts';
import type { WritableDb } from '../driver.ts';

/** How many events of a document the server has told, and their chain. */
export type Link = { readonly count: number; readonly chain: string };

/** What of the server stands here, kept up with every change so that it is never reckoned from the beginning. */
export type LinkTable = {
  readonly find: (document: DocumentId) => Link | null;
  /** The server's log of the document is `events` now; the first `from` of them were there before. */
  readonly extend: (document: DocumentId, events: readonly LogEvent[], from: number) => void;
  readonly remove: (document: DocumentId) => void;
  readonly digest: () => string;
  readonly setDigest: (digest: string) => void;
  readonly scope: () => OrganizationCode | null;
  readonly setScope: (scope: OrganizationCode) => void;
};

export function createLinks(db: WritableDb): LinkTable {
  const findLink = db.read<[string], Link>('SELECT count, chain FROM link WHERE document = ?');
  const put = db.write<[string, number, string]>('INSERT INTO link (document, count, chain) VALUES (?, ?, ?) ON CONFLICT (document) DO UPDATE SET count = excluded.count, chain = excluded.chain');
  const drop = db.write<[string]>('DELETE FROM link WHERE document = ?');
  const standing = db.read<[], { digest: string; scope: OrganizationCode | null }>('SELECT digest, scope FROM standing WHERE one = 1');
  const setDigest = db.write<[string]>('UPDATE standing SET digest = ? WHERE one = 1');
  const setScope = db.write<[string]>('UPDATE standing SET scope = ? WHERE one = 1');

  const find = (document: DocumentId): Link | null => findLink.get(document) ?? null;
  const digest = (): string => {
    const row = standing.get();
    if (row === undefined) throw new Error('the digest has no row');
    return row.digest;
  };
  const fold = (document: DocumentId, link: Link): void => void setDigest.run(xorDigest(digest(), shareOf(document, link)));

  return {
    find,
    extend: (document, events, from) => {
      const before = find(document);
      const after = before !== null && before.count === from ? linkOf(events.slice(from), before) : linkOf(events);
      if (before !== null) fold(document, before);
      fold(document, after);
      put.run(document, after.count, after.chain);
    },
    remove: (document) => {
      const before = find(document);
      if (before === null) return;
      fold(document, before);
      drop.run(document);
    },
    digest,
    setDigest: (value) => void setDigest.run(value),
    scope: () => standing.get()?.scope ?? null,
    setScope: (scope) => void setScope.run(scope),
  };
}

export function linkOf(events: readonly LogEvent[], before: Link = { count: 0, chain: emptyChain }): Link {
  let chain = before.chain;
  for (const event of events) chain = sha256Hex(chainInput(chain, event));
  return { count: before.count + events.length, chain };
}

/** What one document adds to the digest. */
export function shareOf(document: DocumentId, link: Link): string {
  return sha256Hex(digestInput(document, link.count, link.chain)).slice(0, 32);
}

function sha256Hex(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
