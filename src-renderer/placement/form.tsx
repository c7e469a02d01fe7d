import { useState, type KeyboardEvent } from 'react';
import type { Placement } from '../../src-shared/contract/signing.ts';
import { move, pageOf, roundMm, type SizeMm } from '../../src-shared/domain/place.ts';
import { useI18n, useT } from '../i18n/context.tsx';
import { FieldFrame } from '../ui/field.tsx';
import { setWidth } from './geometry.ts';
import { mmText } from './mm-text.ts';

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
      {pages.length > 1 && <NumberField label={t('viewer.page')} step={1} value={placement.page} onChange={toPage} />}
      <NumberField label={t('place.x')} value={rect.x} onChange={(value) => onChange({ ...placement, rect: move(rect, value - rect.x, 0, page) })} />
      <NumberField label={t('place.y')} value={rect.y} onChange={(value) => onChange({ ...placement, rect: move(rect, 0, value - rect.y, page) })} />
      {resizable && <NumberField label={t('place.width')} value={rect.width} onChange={(value) => onChange({ ...placement, rect: setWidth(rect, value, page) })} />}
    </div>
  );
}

type NumberFieldProps = { readonly label: string; readonly value: number; readonly step?: number; readonly onChange: (value: number) => void };

/**
 * What is half typed (“4” on the way to “45”, “118,”, nothing) stays as it is typed until the field is left; the frame follows whatever is a
 * number, as near as the page lets it. The browser's own number field follows the machine's language, and takes no comma on an English Windows.
 */
function NumberField({ label, value, step = 0.5, onChange }: NumberFieldProps) {
  const { locale } = useI18n();
  const [typed, setTyped] = useState<string | null>(null);
  const shown = roundMm(value);

  function change(text: string): void {
    setTyped(text);
    const number = readNumber(text);
    if (number !== null) onChange(number);
  }

  function onKeyDown(event: KeyboardEvent): void {
    if ((event.key !== 'ArrowUp' && event.key !== 'ArrowDown') || event.nativeEvent.isComposing) return;
    event.preventDefault();
    setTyped(null);
    onChange(shown + (event.key === 'ArrowUp' ? step : -step));
  }

  return (
    <FieldFrame label={label}>
      {({ id }) => (
        <input
          id={id}
          className="input"
          role="spinbutton"
          aria-valuenow={shown}
          aria-invalid={typed !== null && readNumber(typed) === null ? true : undefined}
          inputMode="decimal"
          autoComplete="off"
          value={typed ?? mmText(shown, locale)}
          onChange={(event) => change(event.target.value)}
          onBlur={() => setTyped(null)}
          onKeyDown={onKeyDown}
        />
      )}
    </FieldFrame>
  );
}

/** `42,5` and `42.5` alike. */
function readNumber(text: string): number | null {
  const number = Number(text.replace(',', '.'));
  return text.trim() !== '' && Number.isFinite(number) ? number : null;
}
