import { LockKeyhole } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { AppError } from '../../src-shared/result.ts';
import { useT } from '../i18n/context.tsx';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { ErrorNote } from '../ui/note.tsx';

type PasswordPromptProps = { readonly busy: boolean; readonly error: AppError | null; readonly onPassword: (password: string) => void };

/** The file is locked: its password is asked once, and says so when it is wrong. */
export function PasswordPrompt({ busy, error, onPassword }: PasswordPromptProps) {
  const t = useT();
  const [password, setPassword] = useState('');
  const field = useRef<HTMLInputElement>(null);
  // What was wrong is typed anew
  useEffect(() => {
    if (!error) return;
    setPassword('');
    field.current?.focus();
  }, [error]);
  const open = (): void => {
    if (password !== '' && !busy) onPassword(password);
  };
  return (
    <section className="password-prompt" aria-label={t('unlock.title')}>
      <LockKeyhole aria-hidden size={28} strokeWidth={1.5} />
      <h2>{t('unlock.title')}</h2>
      <p>{t('unlock.help')}</p>
      <TextField label={t('unlock.field')} type="password" inputRef={field} maxLength={128} value={password} onChange={setPassword} disabled={busy} onEnter={open} />
      <ErrorNote error={error} />
      <Button kind="strong" disabled={password === '' || busy} onPress={open}>{t('unlock.open')}</Button>
    </section>
  );
}
