import { ChevronDown } from 'lucide-react';
import { useEffect, useId, type ReactNode, type Ref } from 'react';
import { holdShield } from '../bridge/shield.ts';

type FrameProps = { readonly label: string; readonly help?: string | undefined; readonly error?: string | undefined; readonly children: (ids: { readonly id: string; readonly describedBy: string | undefined }) => ReactNode };

/** Label above, help or the fault below, tied to the control for those who hear the screen. */
export function FieldFrame({ label, help, error, children }: FrameProps) {
  const id = useId();
  const below = error ?? help;
  return (
    <div className={`field${error ? ' field-faulty' : ''}`}>
      <label htmlFor={id}>{label}</label>
      {children({ id, describedBy: below ? `${id}-below` : undefined })}
      {below && <p id={`${id}-below`} className="field-below">{below}</p>}
    </div>
  );
}

type TextFieldProps = {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly help?: string | undefined;
  readonly error?: string | undefined;
  readonly disabled?: boolean;
  readonly maxLength?: number;
  readonly lines?: number;
  readonly type?: 'text' | 'password';
  readonly inputRef?: Ref<HTMLInputElement>;
  readonly autoFocus?: boolean;
  readonly onEnter?: () => void;
  readonly placeholder?: string;
};

/** A line of text, or several with `lines`. The browser's own field, so that UniKey, undo and spelling stay as everywhere. */
export function TextField(props: TextFieldProps) {
  const { label, value, onChange, help, error, disabled = false, maxLength, lines = 1, type = 'text', inputRef, autoFocus, onEnter, placeholder } = props;
  // PINs and passwords: while the field is there, pictures of the screen leave the window out
  useEffect(() => (type === 'password' ? holdShield() : undefined), [type]);
  return (
    <FieldFrame label={label} help={help} error={error}>
      {({ id, describedBy }) => {
        const common = {
          id, value, disabled, maxLength, autoFocus, placeholder, className: 'input', 'aria-describedby': describedBy, 'aria-invalid': error ? true : undefined,
          autoComplete: 'off', spellCheck: false,
        };
        return lines > 1 ? (
          <textarea {...common} rows={lines} onChange={(event) => onChange(event.target.value)} />
        ) : (
          <input
            {...common}
            ref={inputRef}
            type={type}
            onChange={(event) => onChange(event.target.value)}
            // Enter that ends a composition (Telex, IME) belongs to the word being typed, not to us.
            onKeyDown={(event) => event.key === 'Enter' && !event.nativeEvent.isComposing && onEnter?.()}
          />
        );
      }}
    </FieldFrame>
  );
}

type SelectProps<T extends string> = {
  readonly label: string;
  readonly value: T | '';
  readonly onChange: (value: T) => void;
  readonly options: readonly { readonly value: T; readonly label: string }[];
  readonly empty?: string;
  readonly disabled?: boolean;
  readonly help?: string | undefined;
  readonly error?: string | undefined;
  readonly autoFocus?: boolean;
};

/** One of a known few, shown on demand. The browser's own list: it opens outside of the window's edge, and every screen reader knows it. */
export function Select<T extends string>({ label, value, onChange, options, empty, disabled = false, help, error, autoFocus = false }: SelectProps<T>) {
  return (
    <FieldFrame label={label} help={help} error={error}>
      {({ id, describedBy }) => (
        <div className="input-with-tool">
          <select
            id={id}
            className="input select"
            value={value}
            disabled={disabled}
            aria-describedby={describedBy}
            aria-invalid={error ? true : undefined}
            autoFocus={autoFocus}
            title={options.find((option) => option.value === value)?.label}
            onChange={(event) => onChange(event.target.value as T)}
          >
            {empty !== undefined && <option value="" disabled>{empty}</option>}
            {options.map((option) => <option key={option.value} value={option.value}>{option.label}</option>)}
          </select>
          <ChevronDown aria-hidden className="select-mark" size={18} strokeWidth={1.75} />
        </div>
      )}
    </FieldFrame>
  );
}

type CheckListProps<T extends string> = {
  readonly label: string;
  readonly options: readonly { readonly value: T; readonly label: string; readonly detail?: string }[];
  readonly chosen: readonly T[];
  readonly onChange: (chosen: readonly T[]) => void;
};

/** Several of some. A long list scrolls in its own box. */
export function CheckList<T extends string>({ label, options, chosen, onChange }: CheckListProps<T>) {
  return (
    <fieldset className="check-list">
      <legend>{label}</legend>
      <div className="check-list-items">
        {options.map((option) => (
          <label key={option.value} className="check">
            <input
              type="checkbox"
              checked={chosen.includes(option.value)}
              onChange={(event) => onChange(event.target.checked ? [...chosen, option.value] : chosen.filter((value) => value !== option.value))}
            />
            <span>{option.label}{option.detail && <small> · {option.detail}</small>}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
