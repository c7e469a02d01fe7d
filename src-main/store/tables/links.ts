import { hash } from 'node:crypto';
import type { LogEvent } from '../../../src-shared/domain/document.ts';
import type { DocumentId, OrganizationCode } from '../../../src-shared/domain/ids.ts';
import { canonicalJson, chainInputOf, digestInput, emptyChain, xorDigest } from '../../../src-shared/protocol/digest.ts';
import type { WritableDb } from '../driver.ts';

/** How many events of a document the server has told, and their chain. */
export type Link = { readonly count: number; readonly chain: string };

/** What of the server stands here, kept up with every change so that it is never reckoned from the beginning. */
export type LinkTable = {
  readonly find: (document: DocumentId) => Link | null;
  /** The server's log of the document is `events` now; the first `from` of them were there before. `told`: the canonical JSON of the rest, where it is at hand. */
  readonly extend: (document: DocumentId, events: readonly LogEvent[], from: number, told?: readonly string[]) => void;
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
    extend: (document, events, from, told) => {
      const before = find(document);
      const goesOn = (before?.count ?? 0) === from;
      const after = goesOn ? lengthen(before ?? none, told ?? events.slice(from).map(canonicalJson)) : linkOf(events);
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

const none: Link = { count: 0, chain: emptyChain };

export function linkOf(events: readonly LogEvent[]): Link {
  return lengthen(none, events.map(canonicalJson));
}

function lengthen(before: Link, told: readonly string[]): Link {
  let chain = before.chain;
  for (const event of told) chain = sha256Hex(chainInputOf(chain, event));
  return { count: before.count + told.length, chain };
}

/** What one document adds to the digest. */
export function shareOf(document: DocumentId, link: Link): string {
  return sha256Hex(digestInput(document, link.count, link.chain)).slice(0, 32);
}

function sha256Hex(text: string): string {
  return hash('sha256', text);
}
