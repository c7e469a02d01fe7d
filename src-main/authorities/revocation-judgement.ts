import type { RevocationAnswer } from '../ports/authorities.ts';

/** Why an answer does not count; the `reason` of `revocation.invalid`. */
export type Distrust = 'garbage' | 'signature' | 'stranger' | 'other-certificate' | 'stale' | 'nonce';

export type Judgement =
  | { readonly kind: 'answer'; readonly answer: RevocationAnswer }
  | { readonly kind: 'invalid'; readonly reason: Distrust }
  /** A service that says it cannot answer (now, or this). */
  | { readonly kind: 'no-answer' };

export function invalid(reason: Distrust): Judgement {
  return { kind: 'invalid', reason };
}
