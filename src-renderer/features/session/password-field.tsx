import { Eye, EyeOff } from 'lucide-react';
import { useState, type KeyboardEvent, type Ref } from 'react';
import { useT } from '../../i18n/context.tsx';
import { Button } from '../../ui/button.tsx';
import { FieldFrame } from '../../ui/field.tsx';

type PasswordFieldProps = {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly onEnter: () => void;
  readonly error: string | undefined;
  readonly locked: boolean;
  readonly inputRef: Ref<HTMLInputElement>;
  /** “Mật khẩu”, unless it is another one. */
  readonly label?: string;
  /** Tells the system’s password keeper which one it is. */
  readonly autoComplete?: 'current-password' | 'new-password';
};

/** The password, hidden until asked for, with a word about Caps Lock: the commonest cause of a password that is "wrong". */
export function PasswordField({ value, onChange, onEnter, error, locked, inputRef, label, autoComplete = 'current-password' }: PasswordFieldProps) {
  const t = useT();
  const [shown, setShown] = useState(false);
  const [capsLock, setCapsLock] = useState(false);
  const look = (event: KeyboardEvent): void => setCapsLock(event.getModifierState('CapsLock'));
  return (
    <div className="session-password">
      <FieldFrame label={label ?? t('session.password')} error={error}>
        {({ id, describedBy }) => (
          <div className="session-password-line">
            <input
              id={id}
              ref={inputRef}
              className="input"
              type={shown ? 'text' : 'password'}
              value={value}
              maxLength={200}
              readOnly={locked}
              autoComplete={autoComplete}
              autoCapitalize="none"
              spellCheck={false}
              aria-describedby={describedBy}
              aria-invalid={error ? true : undefined}
              onChange={(event) => onChange(event.target.value)}
              onKeyUp={look}
              onBlur={() => setCapsLock(false)}
              onKeyDown={(event) => {
                look(event);
                if (event.key === 'Enter' && !event.nativeEvent.isComposing) onEnter();
              }}
            />
            <Button icon={shown ? EyeOff : Eye} onPress={() => setShown(!shown)}>{shown ? t('session.hide') : t('session.show')}</Button>
          </div>
        )}
      </FieldFrame>
      <p className="session-caps" role="status">{capsLock && t('session.capsLock')}</p>
    </div>
  );
}
