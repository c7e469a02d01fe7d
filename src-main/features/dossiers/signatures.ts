import type { VerificationReport } from '../../../src-shared/contract/verification.ts';
import type { ContentRef } from '../../../src-shared/domain/document.ts';
import type { Sha256 } from '../../../src-shared/domain/ids.ts';
import { signatureLevels } from '../../../src-shared/domain/level.ts';
import type { ArchivedSignatures } from '../../ports/printing.ts';
import type { DeskContext } from '../context.ts';
import { createSilences } from '../verification/evidence.ts';
import { examineContent } from '../verification/examiner.ts';

/** A document time-stamp closes what others signed; it is nobody's signature. */
const timestampFilter = 'ETSI.RFC3161';
const order = ['unknown', ...signatureLevels] as const;

/** As it was last examined; null: it has not been. */
export function keptSignatures({ store }: Pick<DeskContext, 'store'>, sha256: Sha256): ArchivedSignatures | null {
  const report = store.findReport(sha256, null);
  return report === null ? null : signaturesOf(report);
}

/** The same of what nobody has examined yet, by what lies here alone. Null for what is no PDF. */
export async function signaturesNow(context: DeskContext, { sha256, fileName }: ContentRef): Promise<ArchivedSignatures | null> {
  const kept = keptSignatures(context, sha256);
  if (kept !== null || !/\.pdf$/i.test(fileName)) return kept;
  const { report } = await examineContent(context, sha256, 'quick', { signal: new AbortController().signal, silences: createSilences(context.now) });
  return signaturesOf(report);
}

function signaturesOf({ signatures, verdict, checkedAt }: VerificationReport): ArchivedSignatures {
  const own = signatures.filter(({ subFilter }) => subFilter !== timestampFilter);
  const least = own.map(({ level }) => order.indexOf(level)).toSorted((a, b) => a - b)[0];
  return { count: own.length, level: least === undefined ? null : (order[least] ?? 'unknown'), verdict, checkedAt };
}
