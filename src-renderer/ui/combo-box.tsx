import { ChevronDown } from 'lucide-react';
import { useState } from 'react';
import { Button, ComboBox as AriaComboBox, Group, Input, Label, ListBox, ListBoxItem, Popover, Text } from 'react-aria-components';
import { beginsWords } from '../../src-shared/domain/fold.ts';
import { useT } from '../i18n/context.tsx';
import { bringIntoView } from './into-view.ts';

type ComboOption<T extends string> = { readonly value: T; readonly label: string; readonly detail?: string };

type ComboBoxProps<T extends string> = {
  readonly label: string;
  readonly options: readonly ComboOption<T>[];
  readonly value: T | null;
  readonly onChange: (value: T | null) => void;
  /** Given when the options are found elsewhere (a directory): they are then shown as they come. */
  readonly onSearch?: (words: string) => void;
  readonly placeholder?: string;
  readonly help?: string | undefined;
  readonly error?: string | undefined;
  readonly disabled?: boolean;
};

/**
 * One of many, found by typing with or without marks. What is typed and chosen by nobody is not kept: leaving the field brings back
 * the chosen one's name. Emptying the field chooses none. Esc closes the list and leaves the words.
 */
export function ComboBox<T extends string>({ label, options, value, onChange, onSearch, placeholder, help, error, disabled = false }: ComboBoxProps<T>) {
  const t = useT();
  const chosen = options.find((option) => option.value === value);
  const [typed, setTyped] = useState<string | null>(null);
  const below = error ?? help;
  const items = options.map((option) => ({ ...option, id: option.value }));
  const shown = onSearch || typed === null || typed === '' ? items : items.filter((item) => beginsWords(`${item.label} ${item.detail ?? ''}`, typed));
  return (
    <AriaComboBox
      className={`field${error ? ' field-faulty' : ''}`}
      items={shown}
      inputValue={typed ?? chosen?.label ?? ''}
      onInputChange={(words) => {
        if (words === (chosen?.label ?? '') && typed === null) return;
        setTyped(words);
        onSearch?.(words);
        if (words === '') onChange(null);
      }}
      selectedKey={value}
      onSelectionChange={(key) => {
        if (key === null) return;
        setTyped(null);
        onChange(key as T);
      }}
      onFocus={bringIntoView}
      onBlur={() => setTyped(null)}
      // Filtered above, without marks
      defaultFilter={() => true}
      allowsEmptyCollection
      // Else Esc would put the old words back and open the list again
      allowsCustomValue
      menuTrigger="input"
      isDisabled={disabled}
      isInvalid={error !== undefined}
    >
      <Label>{label}</Label>
      <Group className="input-with-tool">
        <Input className="input" {...(placeholder === undefined ? {} : { placeholder })} />
        <Button className="icon-button" aria-label={t('kit.showChoices', { label })}><ChevronDown aria-hidden size={18} strokeWidth={1.75} /></Button>
      </Group>
      {below && <Text slot="description" className="field-below">{below}</Text>}
      <Popover className="popover combo-list">
        <ListBox renderEmptyState={() => <p className="quiet">{t('kit.noneFound')}</p>}>
          {(item: (typeof items)[number]) => (
            <ListBoxItem id={item.id} textValue={item.label} className="combo-item">
              {item.label}
              {item.detail && <small>{item.detail}</small>}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaComboBox>
  );
}
