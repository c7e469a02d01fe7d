import { useEffect, useRef, useState, type RefObject } from 'react';
import type { Output } from '../../../src-shared/contract/index.ts';
import type { AppError, Result } from '../../../src-shared/result.ts';
import { useQuery, useStore } from '../../bridge/use-query.ts';
import { canSign, choicesOf, type Choice, type Wanted } from './certificates.ts';
import { isRefused, useCertificateCheck, type CertificateCheck } from './use-certificate-check.ts';

export type PinState = {
  readonly tokens: Output<'tokens.list'> | undefined;
  readonly looking: boolean;
  readonly listError: AppError | null;
  readonly choices: readonly Choice[];
  readonly choice: Choice | undefined;
  readonly choose: (thumbprint: string) => void;
  /** What OCSP or a CRL says of the chosen certificate. */
  readonly check: CertificateCheck;
  readonly pin: string;
  readonly setPin: (pin: string) => void;
  readonly field: RefObject<HTMLInputElement | null>;
  readonly busy: boolean;
  readonly ready: boolean;
  readonly error: AppError | null;
  readonly confirm: () => void;
  readonly search: () => void;
};

type PinOptions<T> = {
  readonly wanted: Wanted;
  /** The one certificate that may sign: a run of signatures goes on with its own. */
  readonly only?: string | undefined;
  /** `pin` is null where the token has a keypad of its own. */
  readonly sign: (thumbprint: string, pin: string | null) => Promise<Result<T>>;
  readonly onDone: (done: T) => void;
};

/** Chooses the certificate, holds the PIN until it is used once, and forgets it at once. */
export function usePin<T>({ wanted, only, sign, onDone }: PinOptions<T>): PinState {
  const store = useStore();
  const { data, error: listError, fetching } = useQuery('tokens.list', {});
  const [chosen, setChosen] = useState<string | null>(null);
  const [pin, setPin] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<AppError | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const choices = choicesOf(data?.tokens ?? [], wanted).filter(({ certificate }) => only === undefined || certificate.thumbprint === only);
  const choice = choices.find((one) => one.certificate.thumbprint === chosen) ?? choices.find((one) => canSign(one.certificate));
  const check = useCertificateCheck(choice?.certificate.thumbprint);
  const typed = choice?.token.pin.pad === true || pin !== '';
  const ready = choice !== undefined && typed && !busy && !choice.token.pin.locked && !isRefused(check);

  function search(): void {
    store.invalidate((query) => query.channel === 'tokens.list');
  }
  // The token may have been pulled or its PIN tried since it was last looked at.
  useEffect(() => store.invalidate((query) => query.channel === 'tokens.list'), [store]);

  async function confirm(): Promise<void> {
    if (!choice || !ready) return;
    const asked = choice.token.pin.pad ? null : pin;
    setPin('');
    setBusy(true);
    setError(null);
    const result = await sign(choice.certificate.thumbprint, asked);
    setBusy(false);
    if (result.ok) return onDone(result.value);
    setError(result.error);
    search();
  }
  // The field was shut while signing; the next try begins where the last one did.
  useEffect(() => {
    if (error && !busy) field.current?.focus();
  }, [error, busy]);

  return { tokens: data, looking: !data && fetching, listError, choices, choice, choose: setChosen, check, pin, setPin, field, busy, ready, error, confirm: () => void confirm(), search };
}
