import { createHash } from 'node:crypto';
import { chainInput, digestInput, emptyChain, emptyDigest } from '../../src-shared/protocol/digest.ts';

/** What a document gives to its unit's digest: how many events were told, the chain over them, and the 32 hex digits that stand for both. */
export type Fold = { readonly count: number; readonly chain: string; readonly share: string };

export const nothingTold: Fold = { count: 0, chain: emptyChain, share: emptyDigest };

/** Goes on from `before` (null: the beginning) over the events that come after it. Both backends fold with this. */
export function foldDocument(id: string, before: Pick<Fold, 'count' | 'chain'> | null, events: readonly unknown[]): Fold {
  let { count, chain } = before ?? nothingTold;
  for (const event of events) {
    chain = sha256Hex(chainInput(chain, event));
    count += 1;
  }
  return { count, chain, share: count === 0 ? emptyDigest : sha256Hex(digestInput(id, count, chain)).slice(0, 32) };
}

function sha256Hex(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
