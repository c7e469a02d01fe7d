import { CalendarPlus } from 'lucide-react';
import { useState } from 'react';
import { holidays, holidayYears } from '../../../src-shared/domain/holidays.ts';
import { useAction, useQuery } from '../../bridge/use-query.ts';
import { useI18n } from '../../i18n/context.tsx';
import { formatDate, localDay } from '../../i18n/format.ts';
import { presentMs } from '../../i18n/present.ts';
import { Button } from '../../ui/button.tsx';
import { Select } from '../../ui/field.tsx';
import { ErrorNote } from '../../ui/note.tsx';
import { useToast } from '../../ui/toast.tsx';
import { DayDialog } from './day-dialog.tsx';
import { YearCalendar } from './year-calendar.tsx';

const years = Array.from({ length: holidayYears.last - holidayYears.first + 1 }, (_, at) => String(holidayYears.first + at));

/** The year as this office keeps it: the country's days off, and beside them its own days off and worked Saturdays. Deadlines are counted by it. */
export function Days({ mayChange }: { readonly mayChange: boolean }) {
  const { t, locale } = useI18n();
  const say = useToast();
  const { data, error } = useQuery('office.settings', {});
  const set = useAction('office.setDay');
  const [year, setYear] = useState(() => localDay(presentMs()).slice(0, 4));
  const [asking, setAsking] = useState<{ readonly date: string | null } | null>(null);
  const own = data?.days.filter(({ date }) => date.startsWith(year)) ?? [];
  const ofCountry = holidays.filter(({ date }) => date.startsWith(year));

  async function asCountry(date: string): Promise<void> {
    const result = await set.run({ date, kind: 'as-country', name: '' });
    if (result.ok) say(t('days.taken', { date: formatDate(date) }));
  }

  return (
    <div className="office-part">
      <p>{t('days.help')}</p>
      <div className="dossiers-tools">
        <Select label={t('days.year')} value={year} onChange={setYear} options={years.map((value) => ({ value, label: value }))} />
        {mayChange && <Button icon={CalendarPlus} onPress={() => setAsking({ date: null })}>{t('days.set')}</Button>}
      </div>
      <ErrorNote error={error ?? (asking === null ? set.error : null)} />
      <ul className="days-legend" aria-label={t('days.legend')}>
        {(['holiday', 'own-off', 'own-working', 'worked-weekend'] as const).map((one) => <li key={one}><span className={`year-day year-day-${one}`} aria-hidden>{15}</span> {t(`days.standing.${one}`)}</li>)}
      </ul>
      <YearCalendar year={Number(year)} days={data?.days ?? []} onPick={mayChange ? (date) => setAsking({ date }) : null} />
      <div className="days-lists">
        <section aria-label={t('days.own')}>
          <h2>{t('days.own')}</h2>
          {own.length === 0 && <p className="quiet">{t('days.ownNone', { year })}</p>}
          <ul>
            {own.map(({ date, kind, name }) => (
              <li key={date}>
                <strong>{formatDate(date)}</strong> {t(kind === 'off' ? 'days.standing.own-off' : 'days.standing.own-working')}{name !== '' && `: ${name}`}{' '}
                {mayChange && <Button size="small" disabled={set.busy} onPress={() => void asCountry(date)}>{t('field.remove', { name: formatDate(date) })}</Button>}
              </li>
            ))}
          </ul>
        </section>
        <section aria-label={t('days.country')}>
          <h2>{t('days.country')}</h2>
          <ul>{ofCountry.map(({ date, name, nameEn, provisional }) => <li key={date}><strong>{formatDate(date)}</strong> {provisional ? t('calendar.provisional', { name: locale === 'vi' ? name : nameEn }) : locale === 'vi' ? name : nameEn}</li>)}</ul>
        </section>
      </div>
      {asking && <DayDialog key={asking.date} date={asking.date} days={data?.days ?? []} onClose={() => setAsking(null)} />}
    </div>
  );
}
