import { createHash } from 'node:crypto';
import * as chain from '../../../src-shared/protocol/audit-chain.ts';

/** The judge of src-shared/protocol/audit-chain.ts with Node's own hash. */
export function verifyAudit(lines: Iterable<string>, anchors: readonly chain.AuditAnchor[] = []): chain.AuditVerdict {
  return chain.verifyAudit((text) => createHash('sha256').update(text).digest('hex'), lines, anchors);
}
