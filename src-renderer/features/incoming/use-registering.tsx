import { useState, type ReactNode } from 'react';
import type { DocumentDetail } from '../../../src-shared/contract/documents.ts';
import { needsReason } from '../../../src-shared/domain/verdict.ts';
import type { Deed, useDeeds } from '../documents/use-deeds.ts';
import { RegisterDialog } from './register-dialog.tsx';

type Registering = Extract<Deed, 'receive' | 'register'>;

/**
 * Registers in one press what is in order; asks for the reason where the signatures are not. A fuller examination may come between the look and the press: the
 * desk then refuses, and the same question is asked.
 */
export function useRegistering(detail: DocumentDetail, deeds: Pick<ReturnType<typeof useDeeds>, 'run'>, onRefuse: () => void): { readonly register: (deed: Registering) => void; readonly dialog: ReactNode } {
  const [asking, setAsking] = useState<Registering | null>(null);

  async function press(deed: Registering): Promise<void> {
    if (needsReason(detail.verdict)) return setAsking(deed);
    const result = await deeds.run(deed);
    if (!result.ok && result.error.code === 'verification.reason-needed') setAsking(deed);
  }

  return {
    register: (deed) => void press(deed),
    dialog: asking && (
      <RegisterDialog
        id={detail.document.id}
        deed={asking}
        onRegister={(reason) => deeds.run(asking, reason)}
        onRefuse={() => {
          setAsking(null);
          onRefuse();
        }}
        onClose={() => setAsking(null)}
      />
    ),
  };
}
