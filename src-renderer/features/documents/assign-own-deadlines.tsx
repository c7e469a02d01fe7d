import { CalendarClock } from 'lucide-react';
import { useState } from 'react';
import type { PersonId } from '../../../src-shared/domain/ids.ts';
import { useT } from '../../i18n/context.tsx';
import { Button } from '../../ui/button.tsx';
import { DateField } from '../../ui/date-field.tsx';
import { withOwnDeadline, workersOf, type AssignFaults, type AssignValues } from './assign-values.ts';

type OwnDeadlinesProps = { readonly value: AssignValues; readonly nameOf: (person: PersonId) => string; readonly faults: AssignFaults; readonly onChange: (each: AssignValues['each']) => void };

/** A deadline each for those who work on it, opened by one press; empty is the common one. Nothing where one person does it all. */
export function OwnDeadlines({ value, nameOf, faults, onChange }: OwnDeadlinesProps) {
  const t = useT();
  const [asked, setAsked] = useState(false);
  const workers = workersOf(value);
  const given = value.each.some(({ person }) => workers.includes(person));
  if (workers.length < 2 && !given) return null;
  if (!asked && !given) return <div><Button size="small" icon={CalendarClock} onPress={() => setAsked(true)}>{t('assign.each')}</Button></div>;
  return (
    <fieldset className="own-deadlines">
      <legend>{t('assign.each')}</legend>
      <p className="quiet">{t('assign.eachHelp')}</p>
      <div className="columns">
        {workers.map((person) => (
          <DateField
            key={person}
            label={t('assign.ownDeadline', { name: nameOf(person) })}
            value={value.each.find((one) => one.person === person)?.deadline ?? null}
            onChange={(deadline) => onChange(withOwnDeadline(value.each, person, deadline))}
            error={faults.each?.includes(person) ? t('assign.deadlinePassed') : undefined}
          />
        ))}
      </div>
    </fieldset>
  );
}
