import { KeyRound, Usb } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { SessionState } from '../../../src-shared/contract/session.ts';
import { useAction } from '../../bridge/use-query.ts';
import { useI18n } from '../../i18n/context.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { PasswordField } from './password-field.tsx';
import { TokenFields } from './token-fields.tsx';
import { useLockedFor } from './use-locked-for.ts';
import { useTokenWay } from './use-token-sign-in.ts';
import type { Ways } from './use-ways.tsx';

type Way = 'token' | 'password';

/** The same two ways as at the door, for one person whose desk is already known; the token's comes first where one is plugged in and nothing is typed. */
export function useUnlockWays(office: SessionState['office']): Pick<Ways, 'form' | 'submit'> {
  const { t, describe } = useI18n();
  const unlock = useAction('session.unlock');
  const withToken = useAction('session.unlockWithToken');
  const token = useTokenWay(office, { busy: withToken.busy, error: withToken.error, run: (given) => withToken.run(given) });
  const [asked, setAsked] = useState<Way | null>(null);
  const [password, setPassword] = useState('');
  const [missing, setMissing] = useState(false);
  const wait = useLockedFor();
  const field = useRef<HTMLInputElement>(null);
  const running = useRef(false);
  const way: Way = asked ?? (token.usable && password === '' && office?.certificate !== undefined ? 'token' : 'password');
  const busy = unlock.busy || withToken.busy;
  const { field: pinField } = token;

  // Whoever comes back types at once
  useEffect(() => {
    (way === 'token' ? pinField : field).current?.focus();
  }, [way, pinField]);

  async function submit(): Promise<void> {
    if (running.current || wait.seconds > 0) return;
    setMissing(password === '');
    if (password !== '') {
      running.current = true;
      const result = await unlock.run({ password });
      running.current = false;
      if (result.ok) return;
      if (result.error.code === 'session.locked') wait.start(Number(result.error.params?.['seconds'] ?? 0));
    }
    field.current?.focus();
    field.current?.select();
  }

  const error = wait.seconds > 0 ? describe({ code: 'session.locked', params: { seconds: wait.seconds } }) : missing ? t('session.needPassword') : unlock.error && unlock.error.code !== 'session.locked' ? describe(unlock.error) : undefined;
  const words = way === 'password' ? t('lock.open') : token.choice?.token.pin.pad === true ? t('lock.openPad') : t('lock.openToken');
  return {
    form: (
      <div className="session-ways">
        <Tabs
          label={t('lock.ways')}
          selected={way}
          onSelect={(id) => !busy && setAsked(id === 'token' ? 'token' : 'password')}
          tabs={[
            { id: 'token', label: t('session.byToken'), icon: Usb, content: <TokenFields state={token} /> },
            {
              id: 'password', label: t('session.byPassword'), icon: KeyRound, content: (
                <div className="session-fields">
                  <PasswordField
                    value={password} onEnter={() => void submit()} error={error} locked={busy} inputRef={field}
                    onChange={(value) => {
                      setPassword(value);
                      setMissing(false);
                      unlock.clear();
                    }}
                  />
                  {/* the field may have the focus already, and is then not read out anew */}
                  <p className="sr-only" role="alert">{error}</p>
                </div>
              ),
            },
          ]}
        />
      </div>
    ),
    submit: way === 'password' ? { label: busy ? t('lock.opening') : words, run: () => void submit(), disabled: busy } : { label: busy ? t('session.busyToken') : words, run: token.submit, disabled: busy || !token.usable || token.choice?.token.pin.locked === true },
  };
}
