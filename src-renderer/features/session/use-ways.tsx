import { KeyRound, Usb } from 'lucide-react';
import { useEffect, useState, type ReactNode } from 'react';
import type { SessionState } from '../../../src-shared/contract/session.ts';
import { useT } from '../../i18n/context.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { useSignInForm } from './sign-in-fields.tsx';
import { TokenFields } from './token-fields.tsx';
import { useTokenSignIn } from './use-token-sign-in.ts';

type Way = 'token' | 'password';

export type Ways = {
  readonly form: ReactNode;
  readonly submit: { readonly label: string; readonly run: () => void; readonly disabled: boolean };
  readonly busy: boolean;
  /** The password that was typed, for the step after it. */
  readonly password: string;
};

/** Both ways in, side by side as two sheets: the token’s comes first when one is plugged in, until the person has chosen or typed. */
export function useWays(office: SessionState['office']): Ways {
  const t = useT();
  const { signIn, server, fields, want } = useSignInForm(office);
  const token = useTokenSignIn(office, signIn.fields.serverUrl, want);
  const [asked, setAsked] = useState<Way | null>(null);
  const typed = signIn.fields.password !== '' || signIn.fields.user !== (office?.user ?? '');
  const way: Way = asked ?? (token.usable && !typed ? 'token' : 'password');
  const busy = signIn.busy || token.busy;

  // Whoever is about to type goes on where the sheet has changed under them; the address comes first where it is still empty
  const { field } = token;
  const empty = signIn.fields.serverUrl === '';
  useEffect(() => {
    if (way === 'token' && asked === null && !empty) field.current?.focus();
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- when the sheet changes, and not while the address is typed
  }, [way, asked, field]);

  const pad = token.choice?.token.pin.pad === true;
  const words = way === 'password' ? (busy ? t('session.busy') : t('session.submit')) : busy ? t('session.busyToken') : pad ? t('session.submitPad') : t('session.submitToken');
  return {
    form: (
      <div className="session-ways">
        {server}
        <Tabs
          label={t('session.ways')}
          selected={way}
          onSelect={(id) => !busy && setAsked(id === 'token' ? 'token' : 'password')}
          tabs={[
            { id: 'token', label: t('session.byToken'), icon: Usb, content: <TokenFields state={token} /> },
            { id: 'password', label: t('session.byPassword'), icon: KeyRound, content: fields },
          ]}
        />
      </div>
    ),
    submit: way === 'password'
      ? { label: words, run: signIn.submit, disabled: busy }
      : { label: words, run: token.submit, disabled: busy || !token.usable || token.choice?.token.pin.locked === true },
    busy,
    password: signIn.fields.password,
  };
}
