import { useDeferredValue } from 'react';
import { ComboBox, Input, Label, ListBox, ListBoxItem, Popover, Text } from 'react-aria-components';
import type { Correspondent } from '../../../src-shared/domain/organization.ts';
import { useQuery } from '../../bridge/use-query.ts';
import { useT } from '../../i18n/context.tsx';
import { formatDate } from '../../i18n/format.ts';

type SenderFieldProps = { readonly value: Correspondent; readonly onChange: (value: Correspondent) => void; readonly disabled?: boolean; readonly error?: string | undefined };

const mostFound = 20;

/**
 * Nơi gửi: an office of the directory, found without marks, or a name as it stands on the paper where the directory has none. What is typed is kept as it is; below stands
 * which of the two it is. Offices that ceased stay senders of what they wrote.
 */
export function SenderField({ value, onChange, disabled = false, error }: SenderFieldProps) {
  const t = useT();
  const { data } = useQuery('directory.organizations', { query: useDeferredValue(value.name.trim()), limit: mostFound });
  const items = (data?.organizations ?? []).map((office) => ({ ...office, id: office.code }));
  const below = error ?? (value.code !== null ? t('paper.fromKnown', { code: value.code }) : value.name.trim() === '' ? t('paper.fromHelp') : t('paper.fromFree'));
  return (
    <ComboBox
      className={`field${error ? ' field-faulty' : ''}`}
      items={items}
      inputValue={value.name}
      onInputChange={(name) => {
        if (name !== value.name) onChange({ code: null, name });
      }}
      selectedKey={value.code}
      onSelectionChange={(key) => {
        const one = items.find(({ id }) => id === key);
        if (one) onChange({ code: one.code, name: one.name });
      }}
      // The directory matches without marks
      defaultFilter={() => true}
      allowsEmptyCollection
      allowsCustomValue
      menuTrigger="input"
      isDisabled={disabled}
      isInvalid={error !== undefined}
    >
      <Label>{t('info.from')}</Label>
      <Input className="input" maxLength={200} />
      <Text slot="description" className="field-below">{below}</Text>
      <Popover className="popover combo-list">
        <ListBox renderEmptyState={() => <p className="quiet">{t('paper.fromNone')}</p>}>
          {(item: (typeof items)[number]) => (
            <ListBoxItem id={item.id} textValue={item.name} className="combo-item">
              {item.name}
              <small>{item.code}</small>
              {item.ceasedOn !== null && <small className="office-ceased">{t('recipients.ceased', { date: formatDate(item.ceasedOn) })}</small>}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}
