import { CalendarDays, Square } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { PracticeClock, PracticeJourney } from '../../src-shared/contract/practice.ts';
import { createCalendar } from '../../src-shared/domain/calendar.ts';
import { practiceGoal, practiceSteps, type PracticeStep } from '../../src-shared/domain/practice-clock.ts';
import { useAction } from '../bridge/use-query.ts';
import { useI18n, useT } from '../i18n/context.tsx';
import { formatDate, formatInstant, localDay } from '../i18n/format.ts';
import { usePresent, useToday } from '../i18n/present.ts';
import type { Translate } from '../i18n/translate.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Menu } from '../ui/menu.tsx';
import { ErrorNote } from '../ui/note.tsx';
import { Progress } from '../ui/progress.tsx';
import { useCommand } from './commands.tsx';
import { longDay } from './long-day.ts';

/** As the country's offices keep it, as the backend reckons the steps. */
const calendar = createCalendar();

/** Which day it is in the practice, how to go on to another, and what the days brought. */
export function PracticeDay({ clock: { lastDay, moving } }: { readonly clock: PracticeClock }) {
  const { t, locale } = useI18n();
  const today = useToday();
  const present = usePresent();
  const goTo = useAction('practice.goTo');
  const stop = useAction('practice.stop');
  const [journey, setJourney] = useState<PracticeJourney | null>(null);
  const [reading, setReading] = useState(false);
  const goals = useMemo(() => practiceSteps.map((step) => ({ step, goal: practiceGoal(step, present, lastDay, calendar) })), [present, lastDay]);
  const until = formatDate(lastDay);
  const isMoving = moving !== null || goTo.busy;

  async function go(step: PracticeStep): Promise<void> {
    setJourney(null);
    const gone = await goTo.run({ step });
    if (gone.ok) setJourney(gone.value);
  }

  return (
    <div className="practice-day">
      <span className="practice-date"><CalendarDays aria-hidden size={16} strokeWidth={1.75} /><span>{t('practice.today', { day: longDay(today, locale) })}</span></span>
      {goals.map(({ step, goal }) => <StepCommand key={step} words={t('practice.stepCommand', { step: t(`practice.step.${step}`) })} id={step} run={goal === null || isMoving ? null : () => void go(step)} />)}
      <Menu
        label={t('practice.goTo')}
        entries={goals.map(({ step, goal }) => ({
          id: step, label: t(`practice.step.${step}`), detail: goal === null ? t('practice.stepBeyond', { until }) : longDay(localDay(goal), locale), disabled: goal === null || isMoving, run: () => void go(step),
        }))}
      />
      {moving && (
        <>
          <Progress
            label={t('practice.moving', { to: formatDate(moving.to) })}
            done={moving.done}
            total={Math.max(1, moving.total)}
            words={moving.done < moving.total ? t('practice.movingLetters', { day: formatDate(moving.day), next: moving.done + 1, total: moving.total }) : t('practice.movingDay', { day: formatDate(moving.day) })}
          />
          <Button size="small" icon={Square} disabled={stop.busy} onPress={() => void stop.run({})}>{t('practice.stop')}</Button>
        </>
      )}
      <div className="practice-told" role="status">
        {!isMoving && journey && <span>{wordsOf(journey, t)}</span>}
        {!isMoving && !journey && goals.every(({ goal }) => goal === null) && <span>{t('practice.over', { until })}</span>}
      </div>
      {!isMoving && journey && journey.happened.length > 0 && <Button size="small" onPress={() => setReading(true)}>{t('practice.seeAll')}</Button>}
      <ErrorNote error={goTo.error} />
      {reading && journey && <Happened journey={journey} onClose={() => setReading(false)} />}
    </div>
  );
}

function Happened({ journey, onClose }: { readonly journey: PracticeJourney; readonly onClose: () => void }) {
  const t = useT();
  return (
    <Dialog title={t('practice.happened', { from: formatDate(journey.from), to: formatDate(journey.to) })} onClose={onClose} actions={<Button kind="strong" onPress={onClose}>{t('action.close')}</Button>}>
      <p>{t('practice.happenedHelp')}</p>
      {/* A list longer than the window is scrolled by the keyboard too */}
      <ol className="practice-happened" tabIndex={0}>
        {journey.happened.map(({ at, what, title, from }) => (
          <li key={`${at} ${title}`}>
            <strong>{title}</strong>
            <span className="quiet">{formatInstant(at)} · {from} {t(`practice.what.${what}`)}</span>
          </li>
        ))}
      </ol>
    </Dialog>
  );
}

function StepCommand({ id, words, run }: { readonly id: PracticeStep; readonly words: string; readonly run: (() => void) | null }) {
  useCommand({ id: `practice.${id}`, words, group: 'desk', run });
  return null;
}

function wordsOf({ from, to, stopped, happened, failed, lineCut, late }: PracticeJourney, t: Translate): string {
  const what = [
    happened.length === 0 ? t('practice.nothing') : t('practice.letters', { count: happened.length }),
    lineCut && happened.length > 0 ? t('practice.lineCut') : '',
    failed === 0 ? '' : t('practice.failed', { count: failed }),
    late === 0 ? '' : t('practice.late', { count: late }),
  ].filter(Boolean).join('; ');
  return stopped ? t('practice.stopped', { to: formatDate(to), what }) : t('practice.arrived', { from: formatDate(from), to: formatDate(to), what });
}
