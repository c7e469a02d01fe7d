import { useState } from 'react';
import type { DocumentDetail } from '../../../src-shared/contract/documents.ts';
import type { Organization } from '../../../src-shared/domain/organization.ts';
import type { AppError, Result } from '../../../src-shared/result.ts';
import { useBridge } from '../../bridge/use-query.ts';
import { useT } from '../../i18n/context.tsx';
import { useDone } from './use-done.ts';

/** Deeds that need nothing more than the press. `receive` = register, then present. */
export type Deed = 'receive' | 'register' | 'present' | 'submit' | 'send';

/** Does one deed on one document, says what was done, and offers to take it back where that is possible. */
export function useDeeds({ document }: DocumentDetail): {
  /** `reason`: why an arrival is registered though its signatures are not in order. */
  readonly run: (deed: Deed, reason?: string) => Promise<Result<DocumentDetail>>;
  readonly busy: boolean;
  readonly error: AppError | null;
  /** Offices that the document is meant for and has not gone to. */
  readonly planned: readonly Organization[];
} {
  const t = useT();
  const bridge = useBridge();
  const done = useDone();
  const [state, setState] = useState<{ readonly busy: boolean; readonly error: AppError | null }>({ busy: false, error: null });
  const { id } = document;
  const planned = document.recipients.filter((one) => one.status === 'planned').map((one) => one.organization);

  async function run(deed: Deed, reason: string | null = null): Promise<Result<DocumentDetail>> {
    setState({ busy: true, error: null });
    const result = await ask(deed, reason);
    // That a reason is needed is asked in a window of its own
    setState({ busy: false, error: result.ok || result.error.code === 'verification.reason-needed' ? null : result.error });
    return result;
  }

  async function ask(deed: Deed, reason: string | null): Promise<Result<DocumentDetail>> {
    switch (deed) {
      case 'receive': {
        const registered = await bridge['documents.register']({ id, reason });
        if (!registered.ok) return registered;
        const presented = await bridge['documents.present']({ id, note: '' });
        const number = registered.value.document.arrival?.number ?? '';
        if (presented.ok) done(t('done.receive', { number }), [presented.value], 2);
        else done(t('done.register', { number }), [registered.value]);
        return presented;
      }
      case 'register': {
        const result = await bridge['documents.register']({ id, reason });
        if (result.ok) done(t('done.register', { number: result.value.document.arrival?.number ?? '' }), [result.value]);
        return result;
      }
      case 'send': {
        const result = await bridge['documents.send']({ id, recipients: planned });
        if (result.ok) done(t('done.send'), [result.value], 0);
        return result;
      }
      case 'present': {
        const result = await bridge['documents.present']({ id, note: '' });
        if (result.ok) done(t('done.present'), [result.value]);
        return result;
      }
      case 'submit': {
        const result = await bridge['documents.submit']({ id });
        if (result.ok) done(t('done.submit'), [result.value]);
        return result;
      }
    }
  }

  return { run, ...state, planned };
}
