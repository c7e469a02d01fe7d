import { useEffect, useRef, useState, type RefObject } from 'react';
import type { Output } from '../../../src-shared/contract/index.ts';
import type { SessionState } from '../../../src-shared/contract/session.ts';
import type { AppError } from '../../../src-shared/result.ts';
import { useAction, useQuery, useStore } from '../../bridge/use-query.ts';
import { canSign, choicesOf, type Choice } from '../signing/certificates.ts';

export type TokenSignIn = {
  readonly tokens: Output<'session.certificates'> | undefined;
  readonly choices: readonly Choice[];
  readonly choice: Choice | undefined;
  readonly choose: (thumbprint: string) => void;
  readonly pin: string;
  readonly setPin: (pin: string) => void;
  readonly field: RefObject<HTMLInputElement | null>;
  /** The PIN was left out. */
  readonly missing: boolean;
  readonly busy: boolean;
  readonly error: AppError | null;
  /** Whether there is a token that somebody could sign in with. */
  readonly usable: boolean;
  readonly submit: () => void;
};

/** A device comes and goes without an event that can be trusted; this often somebody looks who stands at the door. */
const everyMs = 3000;

type Entering = {
  readonly busy: boolean;
  readonly error: AppError | null;
  /** Left out: nothing else has to be there. */
  readonly ready?: () => boolean;
  readonly run: (given: { readonly thumbprint: string; readonly pin: string | null }) => Promise<unknown>;
};

/** Into the office whose address stands in the form. */
export function useTokenSignIn(office: SessionState['office'], serverUrl: string, onFault: (field: 'serverUrl') => void): TokenSignIn {
  const action = useAction('session.signInWithToken');
  return useTokenWay(office, {
    busy: action.busy, error: action.error,
    ready: () => {
      if (serverUrl.trim() === '') onFault('serverUrl');
      return serverUrl.trim() !== '';
    },
    run: async (given) => {
      const result = await action.run({ serverUrl, ...given, user: null });
      if (!result.ok && ['session.unreachable', 'session.not-a-server', 'session.insecure-address', 'session.other-host'].includes(result.error.code)) onFault('serverUrl');
    },
  });
}

/** Chooses the certificate, holds the PIN until it is used once, and forgets it at once. */
export function useTokenWay(office: SessionState['office'], action: Entering): TokenSignIn {
  const { data } = useDoorTokens();
  const [chosen, setChosen] = useState<string | null>(null);
  const [pin, setPin] = useState('');
  const [missing, setMissing] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const running = useRef(false);
  const choices = choicesOf(data?.tokens ?? [], { holder: 'person', name: office?.person ?? '' }).filter(({ certificate }) => canSign(certificate));
  const choice = choices.find((one) => one.certificate.thumbprint === (chosen ?? office?.certificate)) ?? choices[0];
  const shown = choice?.certificate.thumbprint;
  const serial = choice?.token.serial;

  // Drivers tell their certificates in any order: what was shown first stays chosen, or a PIN half typed would go to another one
  useEffect(() => { if (shown !== undefined) setChosen(shown); }, [shown]);
  // and a PIN is one token's: it is not carried over to the next that is plugged in
  useEffect(() => setPin(''), [serial]);

  async function submit(): Promise<void> {
    if (running.current || !choice || choice.token.pin.locked) return;
    if (action.ready?.() === false) return;
    if (!choice.token.pin.pad && pin === '') {
      setMissing(true);
      field.current?.focus();
      return undefined;
    }
    running.current = true;
    const asked = choice.token.pin.pad ? null : pin;
    setPin('');
    try {
      await action.run({ thumbprint: choice.certificate.thumbprint, pin: asked });
    } finally {
      running.current = false;
    }
    return undefined;
  }
  // The field was shut meanwhile; the next try begins where the last one did
  const fault = action.error?.code;
  useEffect(() => {
    if (fault?.startsWith('token.')) field.current?.focus();
  }, [fault, action.busy]);

  return {
    tokens: data, choices, choice, choose: setChosen, pin, field, missing, busy: action.busy, error: action.error, usable: choice !== undefined,
    setPin: (value) => {
      setPin(value);
      setMissing(false);
    },
    submit: () => void submit(),
  };
}

/** Looks at the tokens while the form stands and the window is seen; each look begins when the one before has answered. */
function useDoorTokens(): { readonly data: Output<'session.certificates'> | undefined } {
  const store = useStore();
  const answer = useQuery('session.certificates', {});
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') store.invalidate((query) => query.channel === 'session.certificates');
    }, everyMs);
    return () => clearInterval(timer);
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- every answer begins the wait anew
  }, [store, answer]);
  return answer;
}
