import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import type { SessionState } from '../../../src-shared/contract/session.ts';
import { useT } from '../../i18n/context.tsx';
import { Button } from '../../ui/button.tsx';
import { FieldFrame } from '../../ui/field.tsx';
import { Note } from '../../ui/note.tsx';
import { PasswordField } from './password-field.tsx';
import { useSignIn, type FieldName, type SignIn } from './use-sign-in.ts';

type SignInForm = {
  readonly signIn: SignIn;
  /** The address, or the word that it is known: it stands above both ways in. */
  readonly server: ReactNode;
  /** Name and password. */
  readonly fields: ReactNode;
  /** Shows a field and puts the cursor into it. */
  readonly want: (field: FieldName) => void;
};

/** The form's state and its fields; the screen and the dialog put their own button beneath. */
export function useSignInForm(office: SessionState['office']): SignInForm {
  const t = useT();
  const inputs = useRef<Partial<Record<FieldName, HTMLInputElement | null>>>({});
  const [serverOpen, setServerOpen] = useState(office === null);
  const [wanted, setWanted] = useState<{ readonly field: FieldName } | null>(null);
  const want = (field: FieldName): void => {
    if (field === 'serverUrl') setServerOpen(true);
    setWanted({ field });
  };
  const signIn = useSignIn(office, want);

  // After the field is there: the address may just have been opened
  useEffect(() => {
    const input = wanted && inputs.current[wanted.field];
    input?.focus();
    input?.select();
  }, [wanted]);

  const take = (name: FieldName) => (input: HTMLInputElement | null): void => {
    inputs.current[name] = input;
  };
  const first: FieldName = office === null ? 'serverUrl' : 'password';
  // oxlint-disable-next-line react-hooks/exhaustive-deps -- once, where the person begins to type
  useEffect(() => setWanted({ field: first }), []);

  const text = (name: 'serverUrl' | 'user', label: string, autoComplete: string, maxLength: number, help?: string) => (
    <FieldFrame label={label} error={signIn.errors[name]} help={help}>
      {({ id, describedBy }) => (
        <input
          id={id}
          ref={take(name)}
          className="input"
          type="text"
          inputMode={name === 'serverUrl' ? 'url' : 'text'}
          value={signIn.fields[name]}
          maxLength={maxLength}
          readOnly={signIn.busy}
          autoComplete={autoComplete}
          autoCapitalize="none"
          spellCheck={false}
          aria-describedby={describedBy}
          aria-invalid={signIn.errors[name] ? true : undefined}
          onChange={(event) => signIn.change(name, event.target.value)}
          onKeyDown={(event: KeyboardEvent) => event.key === 'Enter' && !event.nativeEvent.isComposing && signIn.submit()}
        />
      )}
    </FieldFrame>
  );

  const server = (
    <div className="session-fields">
      {serverOpen && text('serverUrl', t('session.server'), 'off', 500, t('session.serverHelp'))}
      {!serverOpen && office && (
        <div className="session-server">
          <span>{t('session.serverKnown', { server: hostOf(office.serverUrl) })}</span>
          <Button size="small" onPress={() => want('serverUrl')}>{t('session.serverChange')}</Button>
        </div>
      )}
    </div>
  );
  const fields = (
    <div className="session-fields">
      {text('user', t('session.user'), 'username', 64)}
      <PasswordField
        value={signIn.fields.password}
        onChange={(value) => signIn.change('password', value)}
        onEnter={signIn.submit}
        error={signIn.errors.password}
        locked={signIn.busy}
        inputRef={take('password')}
      />
      {/* the field that is faulty may have the focus already, and is then not read out anew */}
      <p className="sr-only" role="alert">{signIn.faulty && signIn.errors[signIn.faulty]}</p>
      {signIn.error && <Note tone="bad" live>{signIn.error}</Note>}
    </div>
  );
  return { signIn, server, fields, want };
}

function hostOf(serverUrl: string): string {
  return URL.parse(serverUrl)?.host ?? serverUrl;
}
