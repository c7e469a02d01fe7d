import type { DocumentId, Sha256 } from '../../../src-shared/domain/ids.ts';
import { contentsOfState, type LogState } from '../../../src-shared/domain/log.ts';
import type { DeskStore } from '../../ports/store.ts';
import type { ReadableDb } from '../driver.ts';

export type HeldContents = Pick<DeskStore, 'documentsWithContent' | 'holdersOf' | 'missingContents'>;

/** Along two indexes, of documents' own contents and of what is attached; what is missing is looked at by itself. */
export const contentsSql = `
  SELECT h.sha256 AS sha256, EXISTS (SELECT 1 FROM blobs.blob b WHERE b.sha256 = h.sha256) AS here FROM (
    SELECT sha256 FROM (SELECT DISTINCT content_sha256 AS sha256 FROM document INDEXED BY document_by_content WHERE content_sha256 > :after ORDER BY content_sha256 LIMIT :limit)
    UNION SELECT sha256 FROM (SELECT DISTINCT sha256 FROM attached INDEXED BY attached_by_content WHERE sha256 > :after ORDER BY sha256 LIMIT :limit)
    ORDER BY 1 LIMIT :limit) h`;

/** Which contents the present states name. `withBlobs` runs with `blobs.db` beside. */
export function createHeldContents(db: ReadableDb, withBlobs: <T>(work: () => T) => T): HeldContents {
  const owners = db.read<[string], { id: DocumentId }>('SELECT id FROM document WHERE content_sha256 = ? ORDER BY id');
  const holders = db.read<[{ sha256: string }], { state: string }>(`
    SELECT state FROM document WHERE content_sha256 = :sha256
    UNION ALL SELECT d.state FROM attached a INDEXED BY attached_by_content CROSS JOIN document d ON d.id = a.holder WHERE a.sha256 = :sha256
    UNION ALL SELECT r.state FROM attached a INDEXED BY attached_by_content CROSS JOIN record r ON r.id = a.holder WHERE a.sha256 = :sha256`);
  const attachedTo = db.read<[string], { id: DocumentId }>('SELECT d.id AS id FROM attached a INDEXED BY attached_by_content CROSS JOIN document d ON d.id = a.holder WHERE a.sha256 = ? ORDER BY d.id');
  // prepared when it is asked: `blobs` is beside for as long only
  const looking = (after: string, limit: number): readonly { readonly sha256: Sha256; readonly here: number }[] =>
    db.read<[{ after: string; limit: number }], { readonly sha256: Sha256; readonly here: number }>(contentsSql).all({ after, limit });

  const holdersOf = (sha256: Sha256): readonly LogState[] => holders.all({ sha256 }).map(({ state }) => JSON.parse(state) as LogState);
  return {
    documentsWithContent: (sha256) => [...new Set([...owners.all(sha256), ...attachedTo.all(sha256)].map(({ id }) => id))],
    holdersOf,
    missingContents: (after, limit) => withBlobs(() => {
      const looked = looking(after, limit);
      const missing = looked.filter(({ here }) => here === 0).flatMap(({ sha256 }) => {
        const named = holdersOf(sha256).slice(0, 1).flatMap(contentsOfState).find((content) => content.sha256 === sha256);
        return named === undefined ? [] : [named];
      });
      return { missing, next: looked.length < limit ? null : (looked.at(-1)?.sha256 ?? null) };
    }),
  };
}
