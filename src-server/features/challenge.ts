import { createHash } from 'node:crypto';

export const challengeTtlMs = 120_000;

export function hashToken(token: Uint8Array | string): Uint8Array {
  return createHash('sha256').update(token).digest();
}

/** What a peer may still fail at. Kept by each node for itself: it guards this machine's work and one peer's guesses, not a name (that is the storage's). */
export type PeerBudget = {
  /** Takes one. 0: go on; else seconds until there is another. */
  readonly spend: (peer: string) => number;
  /** It was no failure after all. */
  readonly refund: (peer: string) => void;
};

/** Who could be remembered at a time; beyond it the one that was seen longest ago is forgotten. */
const mostPeers = 20_000;

/** `most` at once, and as many again in `windowMs`, evenly. A peer without an address (a simulated one) is not counted. */
export function createPeerBudget({ most, windowMs, now }: { readonly most: number; readonly windowMs: number; readonly now: () => number }): PeerBudget {
  const peers = new Map<string, { left: number; atMs: number }>();
  const perMs = most / windowMs;

  function refill(peer: string): { left: number; atMs: number } {
    const known = peers.get(peer) ?? { left: most, atMs: now() };
    // a clock that was set back gives nothing and takes nothing
    const left = Math.min(most, known.left + Math.max(0, now() - known.atMs) * perMs);
    const fresh = { left, atMs: now() };
    peers.delete(peer);
    peers.set(peer, fresh);
    const [oldest] = peers.keys();
    if (peers.size > mostPeers && oldest !== undefined) peers.delete(oldest);
    return fresh;
  }

  return {
    spend: (peer) => {
      if (peer === '') return 0;
      const budget = refill(peer);
      if (budget.left < 1) return Math.max(1, Math.ceil((1 - budget.left) / perMs / 1000));
      budget.left -= 1;
      return 0;
    },
    refund: (peer) => {
      if (peer === '') return;
      const budget = refill(peer);
      budget.left = Math.min(most, budget.left + 1);
    },
  };
}
