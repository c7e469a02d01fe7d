import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Sha256 } from '../../../src-shared/domain/ids.ts';
import type { ContentText } from '../../ports/text.ts';
import type { WritableDb } from '../driver.ts';
import { wordsOf } from './search.ts';

/** What was read of contents: once each, whatever came of it. */
export type ContentTexts = {
  readonly keep: (sha256: Sha256, read: ContentText) => void;
  /** Null where nothing was read, or nothing stands in it. */
  readonly find: (sha256: Sha256) => string | null;
  readonly remove: (sha256: Sha256) => void;
  /** Of the contents of documents that follow `after` (a hash; '' to begin), at most `limit` that were not looked at. */
  readonly unread: (after: string, limit: number) => readonly Sha256[];
  readonly isRead: (sha256: Sha256) => boolean;
};

export function createContentTexts(db: WritableDb): ContentTexts {
  const keep = db.write<[string, string, number, string, Uint8Array]>(`
    INSERT INTO content_text (sha256, outcome, pages, words, text) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (sha256) DO UPDATE SET outcome = excluded.outcome, pages = excluded.pages, words = excluded.words, text = excluded.text`);
  const find = db.read<[string], { text: Uint8Array }>("SELECT text FROM content_text WHERE sha256 = ? AND outcome = 'text'");
  const remove = db.write<[string]>('DELETE FROM content_text WHERE sha256 = ?');
  const unread = db.read<[string, number], { sha256: Sha256 }>(`
    SELECT DISTINCT d.content_sha256 AS sha256 FROM document d INDEXED BY document_by_content
    WHERE d.content_sha256 > ? AND NOT EXISTS (SELECT 1 FROM content_text t WHERE t.sha256 = d.content_sha256) ORDER BY d.content_sha256 LIMIT ?`);
  const isRead = db.read<[string], { n: number }>('SELECT 1 AS n FROM content_text WHERE sha256 = ?');
  return {
    keep: (sha256, { outcome, pages, text }) => void keep.run(sha256, outcome, pages, wordsOf(text).join(' '), deflateRawSync(text)),
    find: (sha256) => {
      const row = find.get(sha256);
      return row === undefined ? null : inflateRawSync(row.text).toString('utf8');
    },
    remove: (sha256) => void remove.run(sha256),
    unread: (after, limit) => unread.all(after, limit).map((row) => row.sha256),
    isRead: (sha256) => isRead.get(sha256) !== undefined,
  };
}
