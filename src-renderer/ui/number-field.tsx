import { Minus, Plus } from 'lucide-react';
import { Button, Group, Input, Label, NumberField as AriaNumberField, Text } from 'react-aria-components';
import { useT } from '../i18n/context.tsx';

type NumberFieldProps = {
  readonly label: string;
  /** null while the field is empty. */
  readonly value: number | null;
  readonly onChange: (value: number | null) => void;
  readonly min?: number;
  readonly max?: number;
  readonly step?: number;
  /** Behind the number: `mm`, `MB`. */
  readonly unit?: string;
  readonly help?: string | undefined;
  readonly error?: string | undefined;
  readonly disabled?: boolean;
};

/** A number typed, or stepped by its buttons and ↑↓; Vietnamese commas are read. What is out of bounds is brought back when the field is left. */
export function NumberField({ label, value, onChange, min, max, step, unit, help, error, disabled = false }: NumberFieldProps) {
  const t = useT();
  const below = error ?? help;
  return (
    <AriaNumberField
      className={`field${error ? ' field-faulty' : ''}`}
      value={value ?? Number.NaN}
      onChange={(next) => onChange(Number.isNaN(next) ? null : next)}
      isDisabled={disabled}
      isInvalid={error !== undefined}
      isWheelDisabled
      {...(min === undefined ? {} : { minValue: min })}
      {...(max === undefined ? {} : { maxValue: max })}
      {...(step === undefined ? {} : { step })}
    >
      <Label>{unit ? `${label} (${unit})` : label}</Label>
      <Group className="number-group">
        <Input className="input" />
        <Button slot="decrement" className="icon-button" aria-label={t('kit.less', { label })}><Minus aria-hidden size={16} strokeWidth={2} /></Button>
        <Button slot="increment" className="icon-button" aria-label={t('kit.more', { label })}><Plus aria-hidden size={16} strokeWidth={2} /></Button>
      </Group>
      {below && <Text slot="description" className="field-below">{below}</Text>}
    </AriaNumberField>
  );
}
