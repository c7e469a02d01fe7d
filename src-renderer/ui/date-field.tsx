import { Calendar } from 'lucide-react';
import { useRef, useState } from 'react';
import { useT } from '../i18n/context.tsx';
import { formatDate, parseDate } from '../i18n/format.ts';
import { IconButton } from './button.tsx';
import { FieldFrame } from './field.tsx';

type DateFieldProps = { readonly label: string; /** `yyyy-mm-dd` */ readonly value: string | null; readonly onChange: (value: string | null) => void };

/**
 * A date as it is written in Vietnam, typed or chosen in the browser's calendar. The browser's own date field follows the
 * machine's language and would show month before day on an English Windows.
 */
export function DateField({ label, value, onChange }: DateFieldProps) {
  const t = useT();
  const [typed, setTyped] = useState<string | null>(null);
  const [left, setLeft] = useState(false);
  const picker = useRef<HTMLInputElement>(null);
  const text = typed ?? (value ? formatDate(value) : '');
  const faulty = text.trim() !== '' && parseDate(text) === null;
  return (
    <FieldFrame label={label} help={t('field.date')} error={faulty && left ? t('field.dateInvalid') : undefined}>
      {({ id, describedBy }) => (
        <div className="input-with-tool">
          <input
            id={id}
            className="input"
            value={text}
            inputMode="numeric"
            autoComplete="off"
            aria-describedby={describedBy}
            aria-invalid={faulty || undefined}
            onChange={(event) => {
              setTyped(event.target.value);
              setLeft(false);
              onChange(parseDate(event.target.value));
            }}
            onBlur={() => {
              setLeft(true);
              if (!faulty) setTyped(null);
            }}
          />
          <input
            ref={picker}
            className="date-picker"
            type="date"
            tabIndex={-1}
            aria-hidden
            value={value ?? ''}
            onChange={(event) => {
              setTyped(null);
              onChange(event.target.value || null);
            }}
          />
          <IconButton label={t('field.pickDate', { label })} icon={Calendar} onPress={() => picker.current?.showPicker()} />
        </div>
      )}
    </FieldFrame>
  );
}
