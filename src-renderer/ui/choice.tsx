import { Check, Minus } from 'lucide-react';
import { useId, type ReactNode } from 'react';
import { Checkbox as AriaCheckbox, Label, Radio, RadioGroup as AriaRadioGroup, Switch as AriaSwitch, Text, ToggleButton, ToggleButtonGroup, type Key } from 'react-aria-components';

type CheckboxProps = {
  readonly children: ReactNode;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  /** Some of what it stands for is chosen. */
  readonly partly?: boolean;
  readonly disabled?: boolean;
  readonly faulty?: boolean;
};

/** One thing that is so or not so. */
export function Checkbox({ children, checked, onChange, partly = false, disabled = false, faulty = false }: CheckboxProps) {
  return (
    <AriaCheckbox className="choice" isSelected={checked} onChange={onChange} isIndeterminate={partly} isDisabled={disabled} isInvalid={faulty}>
      <span className="choice-box" aria-hidden>{partly ? <Minus size={14} strokeWidth={3} /> : checked && <Check size={14} strokeWidth={3} />}</span>
      <span className="choice-words">{children}</span>
    </AriaCheckbox>
  );
}

type Option<T extends string> = { readonly value: T; readonly label: string; readonly detail?: string; readonly disabled?: boolean };

type RadioGroupProps<T extends string> = {
  readonly label: string;
  readonly options: readonly Option<T>[];
  readonly value: T | null;
  readonly onChange: (value: T) => void;
  readonly help?: string | undefined;
  readonly error?: string | undefined;
  readonly disabled?: boolean;
};

/** One of a few, all of them in sight. */
export function RadioGroup<T extends string>({ label, options, value, onChange, help, error, disabled = false }: RadioGroupProps<T>) {
  const below = error ?? help;
  return (
    <AriaRadioGroup className={`field${error ? ' field-faulty' : ''}`} value={value} onChange={(next) => onChange(next as T)} isDisabled={disabled} isInvalid={error !== undefined}>
      <Label>{label}</Label>
      <div className="radios">
        {options.map((option) => (
          <Radio key={option.value} value={option.value} className="choice" isDisabled={option.disabled ?? false}>
            <span className="choice-box choice-round" aria-hidden />
            <span className="choice-words">{option.label}{option.detail && <small>{option.detail}</small>}</span>
          </Radio>
        ))}
      </div>
      {below && <Text slot="description" className="field-below">{below}</Text>}
    </AriaRadioGroup>
  );
}

type SwitchProps = { readonly children: ReactNode; readonly on: boolean; readonly onChange: (on: boolean) => void; readonly disabled?: boolean; readonly help?: string };

/** A setting that is in force as soon as it is moved. */
export function Switch({ children, on, onChange, disabled = false, help }: SwitchProps) {
  const id = useId();
  return (
    <div className="switch-field">
      <AriaSwitch className="switch" isSelected={on} onChange={onChange} isDisabled={disabled} {...(help ? { 'aria-describedby': id } : {})}>
        <span className="switch-track" aria-hidden><span className="switch-knob" /></span>
        <span className="choice-words">{children}</span>
      </AriaSwitch>
      {help && <p id={id} className="field-below">{help}</p>}
    </div>
  );
}

type SegmentedProps<T extends string> = { readonly label: string; readonly options: readonly Option<T>[]; readonly value: T; readonly onChange: (value: T) => void; readonly labelHidden?: boolean };

/** One of two to five short choices, in force at once (theme, text size, view). */
export function SegmentedControl<T extends string>({ label, options, value, onChange, labelHidden = false }: SegmentedProps<T>) {
  const id = useId();
  return (
    <div className="field">
      <span id={id} className={labelHidden ? 'sr-only' : 'field-label'}>{label}</span>
      <ToggleButtonGroup
        className="segments"
        aria-labelledby={id}
        selectionMode="single"
        disallowEmptySelection
        selectedKeys={[value]}
        onSelectionChange={(keys: Set<Key>) => {
          const [key] = keys;
          if (key !== undefined) onChange(key as T);
        }}
      >
        {options.map((option) => <ToggleButton key={option.value} id={option.value} className="segment" isDisabled={option.disabled ?? false}>{option.label}</ToggleButton>)}
      </ToggleButtonGroup>
    </div>
  );
}
