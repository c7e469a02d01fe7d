import type { DocumentId } from '../../../src-shared/domain/ids.ts';
import type { SignatureLevel } from '../../../src-shared/domain/level.ts';
import type { AppError } from '../../../src-shared/result.ts';
import type { AugmentationJob } from '../../ports/store.ts';
import type { WritableDb } from '../driver.ts';

export type AugmentationTable = {
  readonly list: () => readonly AugmentationJob[];
  readonly put: (job: AugmentationJob) => void;
  readonly drop: (document: DocumentId) => void;
};

type Row = { readonly document: DocumentId; readonly level: SignatureLevel; readonly wanted: SignatureLevel; readonly attempts: number; readonly nextAtMs: number | null; readonly problem: string | null };

export function createAugmentations(db: WritableDb): AugmentationTable {
  const list = db.read<[], Row>('SELECT document, level, wanted, attempts, next_at_ms AS nextAtMs, problem FROM augmentation ORDER BY next_at_ms IS NULL, next_at_ms, document');
  const put = db.write<[string, string, string, number, number | null, string | null]>(`
    INSERT INTO augmentation (document, level, wanted, attempts, next_at_ms, problem) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT (document) DO UPDATE SET level = excluded.level, wanted = excluded.wanted, attempts = excluded.attempts, next_at_ms = excluded.next_at_ms, problem = excluded.problem`);
  const drop = db.write<[string]>('DELETE FROM augmentation WHERE document = ?');
  return {
    list: () => list.all().map((row) => ({ ...row, problem: row.problem === null ? null : (JSON.parse(row.problem) as AppError) })),
    put: (job) => void put.run(job.document, job.level, job.wanted, job.attempts, job.nextAtMs, job.problem === null ? null : JSON.stringify(job.problem)),
    drop: (document) => void drop.run(document),
  };
}
