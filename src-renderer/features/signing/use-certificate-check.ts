import { useEffect, useState } from 'react';
import type { Output } from '../../../src-shared/contract/index.ts';
import { useBridge } from '../../bridge/use-query.ts';

export type CertificateStatus = Output<'certificates.check'>['status'];

export type CertificateCheck = {
  readonly asking: boolean;
  /** Null until there is an answer. Nobody reached is an answer: `unknown`. */
  readonly answer: { readonly status: CertificateStatus; readonly checkedAt: string | null } | null;
};

/** Those that a signature is refused for; an unknown status is settled later. */
const refused: ReadonlySet<CertificateStatus> = new Set(['revoked', 'expired', 'not-yet-valid', 'wrong-usage', 'weak-key']);

export function isRefused({ answer }: CertificateCheck): boolean {
  return answer !== null && refused.has(answer.status);
}

/** Asks once for each certificate that is chosen, while the PIN is being typed: nobody waits for the answer. */
export function useCertificateCheck(thumbprint: string | undefined): CertificateCheck {
  const bridge = useBridge();
  const [found, setFound] = useState<{ readonly of: string; readonly answer: NonNullable<CertificateCheck['answer']> } | null>(null);
  useEffect(() => {
    if (thumbprint === undefined) return;
    let left = false;
    void bridge['certificates.check']({ thumbprint }).then((result) => {
      if (!left) setFound({ of: thumbprint, answer: result.ok ? result.value : { status: 'unknown', checkedAt: null } });
    });
    return () => {
      left = true;
    };
  }, [bridge, thumbprint]);
  const answer = found !== null && found.of === thumbprint ? found.answer : null;
  return { asking: thumbprint !== undefined && answer === null, answer };
}
