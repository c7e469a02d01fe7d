import { Calendar as CalendarIcon } from 'lucide-react';
import { useRef, useState } from 'react';
import { Dialog, Popover } from 'react-aria-components';
import { holidayOn, isWorkingDay } from '../../src-shared/domain/holidays.ts';
import { useI18n } from '../i18n/context.tsx';
import { formatDate, parseDate } from '../i18n/format.ts';
import { IconButton } from './button.tsx';
import { Calendar } from './calendar.tsx';
import { FieldFrame } from './field.tsx';

type DateFieldProps = {
  readonly label: string;
  /** `yyyy-mm-dd` */
  readonly value: string | null;
  readonly onChange: (value: string | null) => void;
  /** First day that can be chosen, `yyyy-mm-dd`. */
  readonly min?: string;
  readonly error?: string | undefined;
  readonly disabled?: boolean;
};

/**
 * A date as it is written in Vietnam, typed (`21/11/2026`, `1-2-2026`) or chosen in a calendar that knows the days off; Alt+↓ opens it.
 * Below stands which weekday it is, and whether offices are closed on it. The browser's own date field follows the machine's language
 * and would show month before day on an English Windows.
 */
export function DateField({ label, value, onChange, min, error, disabled = false }: DateFieldProps) {
  const { t } = useI18n();
  const [typed, setTyped] = useState<string | null>(null);
  const [left, setLeft] = useState(false);
  const [open, setOpen] = useState(false);
  const field = useRef<HTMLDivElement>(null);
  const about = useAbout();
  const text = typed ?? (value ? formatDate(value) : '');
  const faulty = text.trim() !== '' && parseDate(text) === null;
  return (
    <FieldFrame label={label} help={value ? about(value) : t('field.date')} error={faulty && left ? t('field.dateInvalid') : error}>
      {({ id, describedBy }) => (
        <div className="input-with-tool" ref={field}>
          <input
            id={id}
            className="input"
            value={text}
            disabled={disabled}
            inputMode="numeric"
            autoComplete="off"
            aria-describedby={describedBy}
            aria-invalid={faulty || error !== undefined || undefined}
            onChange={(event) => {
              setTyped(event.target.value);
              setLeft(false);
              onChange(parseDate(event.target.value));
            }}
            onBlur={() => {
              setLeft(true);
              if (!faulty) setTyped(null);
            }}
            onKeyDown={(event) => {
              if (event.key !== 'ArrowDown' || !event.altKey) return;
              event.preventDefault();
              setOpen(true);
            }}
          />
          <IconButton label={t('field.pickDate', { label })} icon={CalendarIcon} disabled={disabled} onPress={() => setOpen(true)} />
          <Popover className="popover calendar-popover" triggerRef={field} isOpen={open} onOpenChange={setOpen} placement="bottom end">
            <Dialog aria-label={label} className="calendar-dialog">
              <Calendar
                label={label}
                value={value}
                min={min}
                onChange={(date) => {
                  setTyped(null);
                  onChange(date);
                  setOpen(false);
                }}
              />
            </Dialog>
          </Popover>
        </div>
      )}
    </FieldFrame>
  );
}

/** `Thứ Hai`, and why offices are closed if they are. */
function useAbout(): (date: string) => string {
  const { locale, t } = useI18n();
  return (date) => {
    const weekday = new Intl.DateTimeFormat(locale === 'vi' ? 'vi-VN' : 'en-GB', { weekday: 'long', timeZone: 'UTC' }).format(new Date(`${date}T12:00:00Z`));
    const holiday = holidayOn(date);
    if (holiday) {
      const name = locale === 'vi' ? holiday.name : holiday.nameEn;
      return t('calendar.offDay', { weekday, name: holiday.provisional ? t('calendar.provisional', { name }) : name });
    }
    return isWorkingDay(date) ? weekday : t('calendar.weekend', { weekday });
  };
}
