import { z } from 'zod';

/** The short verdict of a document's signatures. `unchecked`: content not here yet or not examined yet; never shown as good. */
export const verdict = z.enum(['valid', 'valid-extended', 'changed', 'invalid', 'indeterminate', 'unsigned', 'unchecked']);
export type Verdict = z.infer<typeof verdict>;

/** What the signatures of an incoming document were judged to be when it was registered, and why it was registered all the same where they are not in order. */
export const signatureCheck = z.object({ verdict, reason: z.string().trim().max(1000).nullable() });

/** Whether such a document enters the register only with a reason beside it (NĐ 30/2020 Art 21.2: electronic documents are checked as they are received). */
export function needsReason(judged: Verdict): boolean {
  return judged === 'changed' || judged === 'invalid' || judged === 'indeterminate';
}
