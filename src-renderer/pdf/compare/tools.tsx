import { ChevronDown, ChevronUp, ZoomIn, ZoomOut } from 'lucide-react';
import { useT } from '../../i18n/context.tsx';
import { Button, IconButton } from '../../ui/button.tsx';

type ToolsProps = {
  /** Which stop, from 0, of how many. */
  readonly at: number;
  readonly count: number;
  readonly words: string;
  readonly onStep: (by: 1 | -1) => void;
  readonly percent: number;
  readonly onZoom: (to: 'in' | 'out' | 'fit') => void;
};

/** From one change to the next, and how large the pages are. */
export function Tools({ at, count, words, onStep, percent, onZoom }: ToolsProps) {
  const t = useT();
  return (
    <div className="compare-tools">
      {count > 1 && <div className="compare-steps" role="group" aria-label={t('signatures.changedHeading')}>
        <Button size="small" icon={ChevronUp} shortcut="Alt+↑" disabled={at <= 0} onPress={() => onStep(-1)}>{t('compare.previous')}</Button>
        <Button size="small" icon={ChevronDown} shortcut="Alt+↓" disabled={at >= count - 1} onPress={() => onStep(1)}>{t('compare.next')}</Button>
      </div>}
      <p className="compare-words" role="status">{count > 0 && <strong>{t('compare.position', { at: at + 1, count })}</strong>} {words}</p>
      <div className="viewer-zooms">
        <IconButton label={t('reading.zoomOut')} icon={ZoomOut} onPress={() => onZoom('out')} />
        <output className="compare-percent">{percent} %</output>
        <IconButton label={t('reading.zoomIn')} icon={ZoomIn} onPress={() => onZoom('in')} />
        <Button size="small" kind="quiet" onPress={() => onZoom('fit')}>{t('compare.fit')}</Button>
      </div>
    </div>
  );
}
