import type { LogEvent } from '../../../src-shared/domain/document.ts';
import type { DocumentId, Sha256 } from '../../../src-shared/domain/ids.ts';
import { contentsOf } from '../../../src-shared/domain/log.ts';
import type { WritableDb } from '../driver.ts';

/** Which contents of `blobs.db` a row here still names, and which none does any more. */
export type ContentTable = {
  /** Every content that the document's log names, the server's and ours. */
  readonly namedBy: (document: DocumentId) => readonly Sha256[];
  readonly isNamed: (sha256: Sha256) => boolean;
  /**
   * What was taken away named these. Those that nothing names any more go: their reports now, their bytes when `blobs.db` has been told. Those that
   * something of ours still names (the outbox, a form, a run of signatures) go when that lets go of them. Returns what goes now.
   */
  readonly drop: (candidates: Iterable<Sha256>) => readonly Sha256[];
  /** What is to be removed from `blobs.db` by now. */
  readonly dropped: () => readonly Sha256[];
  readonly forgetDropped: (removed: readonly Sha256[]) => void;
};

const namedByServer = `(
  EXISTS (SELECT 1 FROM event WHERE json_extract(json, '$.content.sha256') = :sha256 AND origin = 'server')
  OR EXISTS (SELECT 1 FROM named_content WHERE sha256 = :sha256 AND origin = 'server'))`;
/** What waits and a form that is being filled in name contents in their text; the rest by a column or along an index. */
const named = `
  EXISTS (SELECT 1 FROM document WHERE content_sha256 = :sha256)
  OR EXISTS (SELECT 1 FROM event WHERE json_extract(json, '$.content.sha256') = :sha256)
  OR EXISTS (SELECT 1 FROM named_content WHERE sha256 = :sha256)
  OR EXISTS (SELECT 1 FROM outbox WHERE instr(command, :sha256) > 0)
  OR EXISTS (SELECT 1 FROM batch_item WHERE content = :sha256)
  OR EXISTS (SELECT 1 FROM kept_form WHERE instr(value, :sha256) > 0)`;

export function createContents(db: WritableDb): ContentTable {
  const ofDocument = db.read<[string], { json: string }>('SELECT json FROM event WHERE document = ?');
  const findNamed = db.read<[{ sha256: string }], { named: number }>(`SELECT ${named} AS named`);
  const findNamedByServer = db.read<[{ sha256: string }], { named: number }>(`SELECT ${namedByServer} AS named`);
  const add = db.write<[string]>('INSERT OR IGNORE INTO dropped_content (sha256) VALUES (?)');
  const list = db.read<[], { sha256: Sha256 }>('SELECT sha256 FROM dropped_content');
  const forget = db.write<[string]>('DELETE FROM dropped_content WHERE sha256 = ?');
  const evidence = db.read<[string], { row: number }>('SELECT DISTINCT l.evidence AS row FROM report r JOIN report_evidence l ON l.report = r.row WHERE r.sha256 = ?');
  const removeText = db.write<[string]>('DELETE FROM content_text WHERE sha256 = ?');
  const removeReports = db.write<[string]>('DELETE FROM report WHERE sha256 = ?');
  const removeEvidence = db.write<[number]>('DELETE FROM evidence WHERE row = ? AND NOT EXISTS (SELECT 1 FROM report_evidence WHERE evidence = evidence.row)');

  const isNamed = (sha256: Sha256): boolean => findNamed.get({ sha256 })?.named === 1;
  const isNamedByServer = (sha256: Sha256): boolean => findNamedByServer.get({ sha256 })?.named === 1;

  function forgetReports(sha256: Sha256): void {
    const used = evidence.all(sha256);
    removeText.run(sha256);
    removeReports.run(sha256);
    for (const { row } of used) removeEvidence.run(row);
  }

  return {
    namedBy: (document) => [...new Set(ofDocument.all(document).flatMap(({ json }) => contentsOf(JSON.parse(json) as LogEvent).map(({ sha256 }) => sha256)))],
    isNamed,
    drop: (candidates) => {
      const gone: Sha256[] = [];
      for (const sha256 of new Set(candidates)) {
        // it goes with the other document, when that goes
        if (isNamedByServer(sha256)) continue;
        add.run(sha256);
        if (isNamed(sha256)) continue;
        forgetReports(sha256);
        gone.push(sha256);
      }
      return gone;
    },
    dropped: () => {
      const gone: Sha256[] = [];
      for (const { sha256 } of list.all()) {
        if (isNamedByServer(sha256)) forget.run(sha256);
        else if (!isNamed(sha256)) {
          forgetReports(sha256);
          gone.push(sha256);
        }
      }
      return gone;
    },
    forgetDropped: (removed) => {
      for (const sha256 of removed) forget.run(sha256);
    },
  };
}
