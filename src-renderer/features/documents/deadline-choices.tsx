import { addWorkingDays } from '../../../src-shared/domain/holidays.ts';
import { useT } from '../../i18n/context.tsx';
import { formatDate } from '../../i18n/format.ts';
import { Button } from '../../ui/button.tsx';

/** What offices give most, in working days: weekends and public holidays do not count (NĐ 30/2020 Art 24.3 leaves the days to the office). */
const workingDays = [3, 5, 10, 15];

export function DeadlineChoices({ today, onChoose }: { readonly today: string; readonly onChoose: (deadline: string | null) => void }) {
  const t = useT();
  return (
    <div className="phrases" role="group" aria-label={t('assign.deadlineChoices')}>
      <Button size="small" onPress={() => onChoose(today)}>{t('calendar.today')}</Button>
      {workingDays.map((days) => {
        const date = addWorkingDays(today, days);
        return <Button key={days} size="small" onPress={() => onChoose(date)}>{`${t('assign.deadlineIn', { days })} · ${formatDate(date).slice(0, 5)}`}</Button>;
      })}
      <Button size="small" kind="quiet" onPress={() => onChoose(null)}>{t('assign.deadlineNone')}</Button>
    </div>
  );
}
