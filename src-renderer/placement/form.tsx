import { LocateFixed, RotateCcw } from 'lucide-react';
import type { Placement } from '../../src-shared/contract/signing.ts';
import { useT } from '../i18n/context.tsx';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { move, setWidth, type SizeMm } from './geometry.ts';

type PlacementFormProps = {
  readonly placement: Placement;
  readonly pages: readonly SizeMm[];
  readonly onChange: (placement: Placement) => void;
  readonly onReset: () => void;
  readonly onShow: () => void;
  readonly resizable: boolean;
};

/** The same placing by numbers, for those who would rather type or cannot drag. */
export function PlacementForm({ placement, pages, onChange, onReset, onShow, resizable }: PlacementFormProps) {
  const t = useT();
  const { rect } = placement;
  const page = pages[placement.page - 1] ?? { widthMm: 210, heightMm: 297 };

  function set(part: 'x' | 'y' | 'width' | 'page', text: string): void {
    const value = Number(text);
    if (text.trim() === '' || !Number.isFinite(value)) return;
    if (part === 'page') {
      const number = Math.max(1, Math.min(pages.length, Math.round(value)));
      const target = pages[number - 1] ?? page;
      return onChange({ page: number, rect: move(rect, 0, 0, target) });
    }
    const next = part === 'width' ? setWidth(rect, value, page) : move(rect, part === 'x' ? value - rect.x : 0, part === 'y' ? value - rect.y : 0, page);
    onChange({ ...placement, rect: next });
  }

  return (
    <details className="placement-form">
      <summary>{t('place.form')}</summary>
      <div className="placement-fields">
        {pages.length > 1 && <TextField type="number" label={t('place.page')} value={String(placement.page)} onChange={(text) => set('page', text)} />}
        <TextField type="number" step={0.5} label={t('place.x')} value={String(rect.x)} onChange={(text) => set('x', text)} />
        <TextField type="number" step={0.5} label={t('place.y')} value={String(rect.y)} onChange={(text) => set('y', text)} />
        {resizable && <TextField type="number" step={0.5} label={t('place.width')} value={String(rect.width)} onChange={(text) => set('width', text)} />}
      </div>
      <div className="placement-tools">
        <Button size="small" icon={LocateFixed} onPress={onShow}>{t('place.goTo')}</Button>
        <Button size="small" icon={RotateCcw} onPress={onReset}>{t('place.reset')}</Button>
      </div>
    </details>
  );
}
