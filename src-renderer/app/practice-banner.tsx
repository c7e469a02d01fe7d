import { GraduationCap, Unplug, Wifi } from 'lucide-react';
import { useAction } from '../bridge/use-query.ts';
import { LeavePracticeButton } from '../features/session/leave-buttons.tsx';
import { useT } from '../i18n/context.tsx';
import { Button } from '../ui/button.tsx';
import type { AppState } from './app-state.ts';
import { PracticeDay } from './practice-day.tsx';

type Practice = NonNullable<AppState['practice']>;

/** Says without doubt that this is not the real office, and lets a learner be each person in turn. */
export function PracticeBanner({ practice }: { readonly practice: Practice }) {
  const t = useT();
  const switchDesk = useAction('practice.switchDesk');
  const setLine = useAction('practice.setLine');
  const current = practice.desks.find((desk) => desk.id === practice.current);
  const { moving } = practice.clock;
  return (
    <section className="practice-bars" aria-label={t('practice.mark')}>
    <div className="practice">
      <strong className="practice-mark"><GraduationCap aria-hidden size={16} strokeWidth={1.75} />{t('practice.mark')}</strong>
      <div className="desks" role="group" aria-label={t('practice.desks')}>
        {practice.desks.map((desk) => (
          <button
            key={desk.id}
            type="button"
            className="desk-button"
            aria-pressed={desk.id === practice.current}
            title={desk.unit}
            disabled={switchDesk.busy || moving !== null}
            onClick={() => desk.id !== practice.current && void switchDesk.run({ desk: desk.id })}
          >
            {desk.title} · {desk.person}
          </button>
        ))}
      </div>
      {current?.pin && <span className="practice-pin">{t('practice.pin')} <code>{current.pin}</code></span>}
      <span className="practice-note">{t('practice.note')}</span>
      <span className="practice-tools">
        <Button size="small" icon={practice.lineUp ? Unplug : Wifi} disabled={setLine.busy} onPress={() => void setLine.run({ up: !practice.lineUp })}>
          {practice.lineUp ? t('practice.cut') : t('practice.mend')}
        </Button>
        <LeavePracticeButton />
      </span>
    </div>
    <PracticeDay clock={practice.clock} />
    </section>
  );
}
