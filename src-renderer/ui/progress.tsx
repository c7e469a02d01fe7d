import { Pause, Play, X } from 'lucide-react';
import { Label, ProgressBar } from 'react-aria-components';
import { useT } from '../i18n/context.tsx';
import { Button } from './button.tsx';

type ProgressProps = {
  readonly label: string;
  readonly done: number;
  /** null while nobody knows how many there are. */
  readonly total: number | null;
  /** What `done` of `total` is in words, when a count alone says little: `12 MB / 300 MB`. */
  readonly words?: string;
  /** Time left, ms; null while it cannot be told. */
  readonly leftMs?: number | null;
  readonly paused?: boolean;
  readonly onPause?: (paused: boolean) => void;
  readonly onCancel?: () => void;
};

/** Long work by count and time left, that can be paused and cancelled. */
export function Progress({ label, done, total, words, leftMs = null, paused = false, onPause, onCancel }: ProgressProps) {
  const t = useT();
  const count = words ?? (total === null ? (done > 0 ? t('progress.done', { done }) : '') : t('progress.of', { done, total }));
  const left = paused ? t('progress.paused') : leftMs === null ? '' : leftMs < 60_000 ? t('progress.seconds', { count: Math.max(1, Math.ceil(leftMs / 1000)) }) : t('progress.minutes', { count: Math.ceil(leftMs / 60_000) });
  const says = [count, left].filter(Boolean).join(' · ');
  return (
    <div className="progress">
      <ProgressBar className="progress-bar" value={done} maxValue={total ?? 1} isIndeterminate={total === null} valueLabel={says}>
        {({ percentage = 0 }) => (
          <>
            <Label>{label}</Label>
            {says !== '' && <span className="progress-says">{says}</span>}
            {/* Of the browser's own: its filled part needs no style written into the page */}
            <progress className={paused ? 'progress-paused' : ''} aria-hidden max={100} {...(total === null ? {} : { value: percentage })} />
          </>
        )}
      </ProgressBar>
      {(onPause || onCancel) && (
        <div className="progress-tools">
          {onPause && <Button size="small" icon={paused ? Play : Pause} onPress={() => onPause(!paused)}>{t(paused ? 'progress.resume' : 'progress.pause')}</Button>}
          {onCancel && <Button size="small" kind="quiet" icon={X} onPress={onCancel}>{t('progress.cancel')}</Button>}
        </div>
      )}
    </div>
  );
}
