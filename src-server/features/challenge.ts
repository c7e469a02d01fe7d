import { createHash } from 'node:crypto';

export const challengeTtlMs = 120_000;

export function hashToken(token: Uint8Array | string): Uint8Array {
  return createHash('sha256').update(token).digest();
}

/** What a peer may still fail at. Kept by each node for itself: it guards this machine's work and one peer's guesses, not a name (that is the storage's). */
export type PeerBudget = {
  /** 0: go on; else seconds until there is something left. */
  readonly wait: (peer: string) => number;
  /** Takes one, when it is known to be a failure: many good ones at once cost nothing. Those under way together may take more than there is, and that is waited for as well. */
  readonly spend: (peer: string) => void;
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
    wait: (peer) => {
      if (peer === '') return 0;
      const { left } = refill(peer);
      return left >= 1 ? 0 : Math.max(1, Math.ceil((1 - left) / perMs / 1000));
    },
    spend: (peer) => {
      if (peer === '') return;
      const budget = refill(peer);
      budget.left = Math.max(-most, budget.left - 1);
    },
  };
}
