import { useRef, useState } from 'react';
import type { ErrorCode } from '../../../src-shared/errors.ts';
import type { SessionState } from '../../../src-shared/contract/session.ts';
import { useAction } from '../../bridge/use-query.ts';
import { useI18n } from '../../i18n/context.tsx';
import { useLockedFor } from './use-locked-for.ts';

export type FieldName = 'serverUrl' | 'user' | 'password';
export type SignIn = {
  readonly fields: Readonly<Record<FieldName, string>>;
  readonly errors: Readonly<Partial<Record<FieldName, string>>>;
  /** A refusal that is no field's fault. */
  readonly error: string | null;
  readonly busy: boolean;
  readonly change: (name: FieldName, value: string) => void;
  readonly submit: () => void;
  /** The field that is to be looked at: the form gives it the focus and selects what is in it. */
  readonly faulty: FieldName | null;
};

const order: readonly FieldName[] = ['serverUrl', 'user', 'password'];

/** Beside which field a refusal's sentence stands. */
const fieldOf: Partial<Record<ErrorCode, FieldName>> = {
  'session.wrong-password': 'password',
  'session.locked': 'password',
  'session.unreachable': 'serverUrl',
  'session.not-a-server': 'serverUrl',
  'session.insecure-address': 'serverUrl',
  'session.other-person': 'user',
};

/** What is typed stays, whatever comes of it: a refusal changes none of the fields. `onFault` is told which one needs the person. */
export function useSignIn(office: SessionState['office'], onFault: (field: FieldName) => void): SignIn {
  const { t, describe } = useI18n();
  const action = useAction('session.signIn');
  const [fields, setFields] = useState<Record<FieldName, string>>({ serverUrl: office?.serverUrl ?? '', user: office?.user ?? '', password: '' });
  const [missing, setMissing] = useState<readonly FieldName[]>([]);
  const locked = useLockedFor();
  // a second Enter while the first is under way is no second sign-in: it would count as a try
  const running = useRef(false);

  const words: Record<FieldName, string> = { serverUrl: t('session.needServer'), user: t('session.needUser'), password: t('session.needPassword') };
  const errors: Partial<Record<FieldName, string>> = Object.fromEntries(missing.map((name) => [name, words[name]]));
  const refusal = action.error;
  const place = refusal === null ? null : (fieldOf[refusal.code] ?? null);
  if (refusal && place && refusal.code !== 'session.locked') errors[place] = describe(refusal);
  if (locked.seconds > 0) errors.password = describe({ code: 'session.locked', params: { seconds: locked.seconds } });

  async function submit(): Promise<void> {
    if (running.current || locked.seconds > 0) return;
    const empty = order.filter((name) => fields[name].trim() === '');
    setMissing(empty);
    if (empty[0]) {
      action.clear();
      return onFault(empty[0]);
    }
    running.current = true;
    try {
      const result = await action.run({ ...fields, user: fields.user.trim(), role: null });
      if (result.ok) return;
      if (result.error.code === 'session.locked') locked.start(Number(result.error.params?.['seconds'] ?? 0));
      const field = fieldOf[result.error.code];
      if (field) onFault(field);
    } finally {
      running.current = false;
    }
  }

  return {
    fields,
    errors,
    error: refusal && !place ? describe(refusal) : null,
    busy: action.busy,
    faulty: missing[0] ?? place,
    change: (name, value) => {
      setFields((old) => ({ ...old, [name]: value }));
      setMissing((old) => old.filter((one) => one !== name));
      if (place === name || place === 'password') action.clear();
    },
    submit: () => void submit(),
  };
}
