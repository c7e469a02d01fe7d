import { createHash } from 'node:crypto';
import type { KeptAnswer } from '../../ports/store.ts';
import type { EvidenceKind } from '../../ports/verification.ts';
import type { WritableDb } from '../driver.ts';

export type AnswerTable = {
  readonly find: (certificate: string, issuer: string) => KeptAnswer | null;
  readonly keep: (certificate: string, issuer: string, answer: KeptAnswer) => void;
};

/** Certificates of a province's signers are some thousands; lists of revoked ones are up to 20 MB each. The oldest answers go. */
export type AnswerLimits = { readonly answers: number; readonly bytes: number };
const usualLimits: AnswerLimits = { answers: 5000, bytes: 64 * 1024 * 1024 };

type Row = { readonly kind: EvidenceKind; readonly der: Uint8Array; readonly thisUpdateMs: number | null; readonly nextUpdateMs: number | null; readonly obtainedAtMs: number };
type Key = { readonly certificate: string; readonly issuer: string; readonly proof: number };

export function createAnswers(db: WritableDb, limits: AnswerLimits = usualLimits): AnswerTable {
  const find = db.read<[string, string], Row>(`
    SELECT p.kind AS kind, p.der AS der, a.this_update_ms AS thisUpdateMs, a.next_update_ms AS nextUpdateMs, a.obtained_at_ms AS obtainedAtMs
    FROM authority_answer a JOIN authority_proof p ON p.row = a.proof WHERE a.certificate = ? AND a.issuer = ?`);
  const replaced = db.read<[string, string], { readonly proof: number }>('SELECT proof FROM authority_answer WHERE certificate = ? AND issuer = ?');
  const addProof = db.write<[string, string, Uint8Array]>('INSERT INTO authority_proof (sha256, kind, der) VALUES (?, ?, ?) ON CONFLICT (sha256) DO NOTHING');
  const add = db.write<[string, string, number | null, number | null, number, string]>(`
    INSERT INTO authority_answer (certificate, issuer, proof, this_update_ms, next_update_ms, obtained_at_ms)
    SELECT ?, ?, row, ?, ?, ? FROM authority_proof WHERE sha256 = ?
    ON CONFLICT (certificate, issuer) DO UPDATE SET proof = excluded.proof, this_update_ms = excluded.this_update_ms, next_update_ms = excluded.next_update_ms, obtained_at_ms = excluded.obtained_at_ms`);
  const removeUnused = db.write<[number]>('DELETE FROM authority_proof WHERE row = ? AND NOT EXISTS (SELECT 1 FROM authority_answer WHERE proof = authority_proof.row)');
  const size = db.read<[], { readonly answers: number; readonly bytes: number }>('SELECT (SELECT count(*) FROM authority_answer) AS answers, (SELECT coalesce(sum(length(der)), 0) FROM authority_proof) AS bytes');
  const oldest = db.read<[], Key>('SELECT certificate, issuer, proof FROM authority_answer ORDER BY obtained_at_ms LIMIT 1');
  const remove = db.write<[string, string]>('DELETE FROM authority_answer WHERE certificate = ? AND issuer = ?');

  return {
    find: (certificate, issuer) => {
      const row = find.get(certificate, issuer);
      return row === undefined ? null : { ...row, der: new Uint8Array(row.der) };
    },
    keep: (certificate, issuer, { kind, der, thisUpdateMs, nextUpdateMs, obtainedAtMs }) => {
      if (der.length > limits.bytes) return;
      const before = replaced.get(certificate, issuer);
      const sha256 = createHash('sha256').update(der).digest('hex');
      addProof.run(sha256, kind, der);
      add.run(certificate, issuer, thisUpdateMs, nextUpdateMs, obtainedAtMs, sha256);
      if (before !== undefined) removeUnused.run(before.proof);
      for (let now = size.get(); now !== undefined && (now.answers > limits.answers || now.bytes > limits.bytes); now = size.get()) {
        const one = oldest.get();
        if (one === undefined) return;
        remove.run(one.certificate, one.issuer);
        removeUnused.run(one.proof);
      }
    },
  };
}
