import { createHash } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { KeptReport, VerificationReport } from '../../../src-shared/contract/verification.ts';
import { readReport } from '../../../src-shared/contract/read-report.ts';
import type { Sha256 } from '../../../src-shared/domain/ids.ts';
import type { EvidenceKind, Examination, UsedEvidence } from '../../ports/verification.ts';
import type { WritableDb } from '../driver.ts';

export type ReportTable = {
  readonly keep: (sha256: Sha256, examination: Examination) => void;
  readonly kept: (sha256: Sha256) => readonly KeptReport[];
  readonly find: (sha256: Sha256, checkedAt: string | null) => VerificationReport | null;
  readonly findText: (sha256: Sha256, checkedAt: string | null) => string | null;
  readonly evidenceOf: (sha256: Sha256, checkedAt: string | null) => readonly UsedEvidence[];
  readonly findEvidence: (sha256OfDer: string) => UsedEvidence | null;
};

type KeptRow = KeptReport & { readonly row: number };
type JsonRow = { readonly row: number; readonly json: string | Uint8Array };
type EvidenceRow = { readonly kind: EvidenceKind; readonly der: Uint8Array; readonly sha256: string };

const evidenceColumns = 'e.kind AS kind, e.der AS der, e.sha256 AS sha256';

export function createReports(db: WritableDb): ReportTable {
  const list = db.read<[string], KeptRow>('SELECT row, checked_at AS checkedAt, verdict, extent FROM report WHERE sha256 = ? ORDER BY row');
  const newest = db.read<[string], JsonRow>('SELECT row, json FROM report WHERE sha256 = ? ORDER BY row DESC LIMIT 1');
  const at = db.read<[string, string | null], JsonRow>('SELECT row, json FROM report WHERE sha256 = ? AND checked_at IS ? ORDER BY row DESC LIMIT 1');
  const add = db.write<[string, string | null, string, string, Uint8Array]>('INSERT INTO report (sha256, checked_at, verdict, extent, json) VALUES (?, ?, ?, ?, ?)');
  const remove = db.write<[number]>('DELETE FROM report WHERE row = ?');
  const addEvidence = db.write<[string, string, Uint8Array]>('INSERT INTO evidence (sha256, kind, der) VALUES (?, ?, ?) ON CONFLICT (sha256) DO NOTHING');
  const link = db.write<[number, string]>('INSERT OR IGNORE INTO report_evidence (report, evidence) SELECT ?, row FROM evidence WHERE sha256 = ?');
  const linked = db.read<[number], { readonly evidence: number }>('SELECT evidence FROM report_evidence WHERE report = ?');
  const removeUnused = db.write<[number]>('DELETE FROM evidence WHERE row = ? AND NOT EXISTS (SELECT 1 FROM report_evidence WHERE evidence = evidence.row)');
  const evidenceOf = db.read<[number], EvidenceRow>(`SELECT ${evidenceColumns} FROM report_evidence l JOIN evidence e ON e.row = l.evidence WHERE l.report = ? ORDER BY e.row`);
  const evidence = db.read<[string], EvidenceRow>(`SELECT ${evidenceColumns} FROM evidence e WHERE e.sha256 = ?`);

  return {
    keep: (sha256, { report, evidence: used }) => {
      const before = list.all(sha256);
      const row = Number(add.run(sha256, report.checkedAt, report.verdict, report.extent, deflateRawSync(JSON.stringify(report))).lastInsertRowid);
      for (const { kind, der } of used) {
        const digest = createHash('sha256').update(der).digest('hex');
        addEvidence.run(digest, kind, der);
        link.run(row, digest);
      }
      const last = before.at(-1);
      if (last !== undefined && !isKept(before, before.length - 1)) drop(last.row);
    },
    kept: (sha256) => list.all(sha256).map(({ checkedAt, verdict, extent }) => ({ checkedAt, verdict, extent })),
    find: (sha256, checkedAt) => {
      const text = findText(sha256, checkedAt);
      if (text === null) return null;
      const report = readReport(JSON.parse(text));
      // what schema 1 did not say, the place where it was kept says
      return report === null || report.file.sha256 !== null ? report : { ...report, file: { ...report.file, sha256 } };
    },
    findText,
    evidenceOf: (sha256, checkedAt) => {
      const found = findRow(sha256, checkedAt);
      return found === undefined ? [] : evidenceOf.all(found.row).map(toUsed);
    },
    findEvidence: (sha256OfDer) => {
      const found = evidence.get(sha256OfDer);
      return found === undefined ? null : toUsed(found);
    },
  };

  function findRow(sha256: Sha256, checkedAt: string | null): JsonRow | undefined {
    return checkedAt === null ? newest.get(sha256) : at.get(sha256, checkedAt === '' ? null : checkedAt);
  }

  function findText(sha256: Sha256, checkedAt: string | null): string | null {
    const found = findRow(sha256, checkedAt);
    return found === undefined ? null : typeof found.json === 'string' ? found.json : inflateRawSync(found.json).toString('utf8');
  }

  /** What it leaned on goes with it, unless another report leans on it too. */
  function drop(row: number): void {
    const used = linked.all(row);
    remove.run(row);
    for (const { evidence: one } of used) removeUnused.run(one);
  }
}

/** Whether a report stays that is not the newest: the first, the first of its extent (it holds the proofs of that day), or judged otherwise than the one before. */
function isKept(all: readonly KeptRow[], index: number): boolean {
  const one = all[index];
  const earlier = all.slice(0, index);
  return one !== undefined && (earlier.every(({ extent }) => extent !== one.extent) || earlier.at(-1)?.verdict !== one.verdict);
}

function toUsed({ kind, der, sha256 }: EvidenceRow): UsedEvidence {
  return { kind, der: new Uint8Array(der), sha256 };
}
