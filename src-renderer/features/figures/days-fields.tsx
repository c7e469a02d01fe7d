import { useState } from 'react';
import { periodNames } from '../../../src-shared/domain/figures/periods.ts';
import { useT } from '../../i18n/context.tsx';
import { useToday } from '../../i18n/present.ts';
import { DateField } from '../../ui/date-field.tsx';
import { Select } from '../../ui/field.tsx';
import { spansOf, type Place } from './place.ts';

const choices = [...periodNames, 'own'] as const;

/** Which days: by a name, or from one day to another. */
export function DaysFields({ days, onChange }: { readonly days: Place['days']; readonly onChange: (days: Place['days']) => void }) {
  const t = useT();
  const { period } = spansOf(days, useToday());
  const own = typeof days !== 'string';
  return (
    <div className="figure-days">
      <Select
        label={t('figures.period')} value={own ? 'own' : days} options={choices.map((value) => ({ value, label: t(`figures.period.${value}`) }))}
        onChange={(next) => onChange(next === 'own' ? period : next)}
      />
      {own && <OwnDays days={days} onChange={onChange} />}
    </div>
  );
}

type Ends = { readonly from: string | null; readonly to: string | null };

/** The figures follow when both days are there and stand the right way round. */
function OwnDays({ days, onChange }: { readonly days: Exclude<Place['days'], string>; readonly onChange: (days: Place['days']) => void }) {
  const t = useT();
  // what is typed stays while it is no span yet, and until the address names other days
  const [held, setHeld] = useState<{ readonly of: string; readonly ends: Ends }>({ of: keyOf(days), ends: days });
  const ends = held.of === keyOf(days) ? held.ends : days;
  const wrong = ends.from !== null && ends.to !== null && ends.from > ends.to;
  function set(patch: Partial<Ends>): void {
    const next = { ...ends, ...patch };
    const span = next.from !== null && next.to !== null && next.from <= next.to ? { from: next.from, to: next.to } : null;
    setHeld({ of: keyOf(span ?? days), ends: next });
    if (span !== null) onChange(span);
  }
  return (
    <>
      <DateField label={t('registers.fromDate')} value={ends.from} onChange={(from) => set({ from })} />
      <DateField label={t('registers.toDate')} value={ends.to} onChange={(to) => set({ to })} error={wrong ? t('registers.datesWrong') : undefined} />
    </>
  );
}

function keyOf({ from, to }: Exclude<Place['days'], string>): string {
  return `${from} ${to}`;
}
