import { useState } from 'react';
import type { Placement } from '../../src-shared/contract/signing.ts';
import { move, pageOf, roundMm, type SizeMm } from '../../src-shared/domain/place.ts';
import { useT } from '../i18n/context.tsx';
import { TextField } from '../ui/field.tsx';
import { setWidth } from './geometry.ts';

type PlacementFormProps = { readonly placement: Placement; readonly pages: readonly SizeMm[]; readonly onChange: (placement: Placement) => void; readonly resizable: boolean };

/** The same placing by numbers, for those who would rather type or cannot drag. */
export function PlacementForm({ placement, pages, onChange, resizable }: PlacementFormProps) {
  const t = useT();
  const { rect } = placement;
  const page = pageOf(pages, placement.page);

  function toPage(value: number): void {
    const number = Math.max(1, Math.min(pages.length, Math.round(value)));
    onChange({ page: number, rect: move(rect, 0, 0, pageOf(pages, number)) });
  }

  return (
    <div className="placement-fields">
      {pages.length > 1 && <NumberField label={t('place.page')} step={1} value={placement.page} onChange={toPage} />}
      <NumberField label={t('place.x')} value={rect.x} onChange={(value) => onChange({ ...placement, rect: move(rect, value - rect.x, 0, page) })} />
      <NumberField label={t('place.y')} value={rect.y} onChange={(value) => onChange({ ...placement, rect: move(rect, 0, value - rect.y, page) })} />
      {resizable && <NumberField label={t('place.width')} value={rect.width} onChange={(value) => onChange({ ...placement, rect: setWidth(rect, value, page) })} />}
    </div>
  );
}

type NumberFieldProps = { readonly label: string; readonly value: number; readonly step?: number; readonly onChange: (value: number) => void };

/** What is half typed (“118,”, nothing) stays as it is typed; the frame follows whatever is a number. */
function NumberField({ label, value, step = 0.5, onChange }: NumberFieldProps) {
  const [typed, setTyped] = useState<{ readonly text: string; readonly standsFor: number } | null>(null);
  const shown = roundMm(value);

  function change(text: string): void {
    const number = Number(text);
    const readable = text.trim() !== '' && Number.isFinite(number);
    setTyped({ text, standsFor: readable ? roundMm(number) : shown });
    if (readable) onChange(number);
  }

  return <TextField type="number" step={step} label={label} value={typed?.standsFor === shown ? typed.text : String(shown)} onChange={change} />;
}
