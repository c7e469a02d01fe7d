import { X } from 'lucide-react';
import { useState } from 'react';
import { ComboBox, Input, Label, ListBox, ListBoxItem, Popover } from 'react-aria-components';
import type { Organization } from '../../../src-shared/domain/organization.ts';
import { useT } from '../../i18n/context.tsx';
import { formatDate } from '../../i18n/format.ts';
import { bringIntoView } from '../../ui/into-view.ts';
import type { OfficeChoice } from './office-choices.ts';
import { useOffices } from './use-offices.ts';

type RecipientsProps = { readonly chosen: readonly Organization[]; readonly onChange: (chosen: readonly Organization[]) => void; readonly disabled?: boolean };

/** Offices as chips, and one field that finds more of them in the directory without marks. */
export function Recipients({ chosen, onChange, disabled = false }: RecipientsProps) {
  const t = useT();
  const [adding, setAdding] = useState(false);
  const [added, setAdded] = useState(0);

  function remove(one: Organization): void {
    setAdding(false);
    onChange(chosen.filter((other) => other.code !== one.code));
  }

  function add(one: Organization): void {
    setAdding(true);
    setAdded(added + 1);
    onChange([...chosen, one]);
  }

  return (
    <div className="recipients">
      <span className="field-label">{t('delivery.label', { count: chosen.length })}</span>
      {chosen.length > 0 && (
        <ul className="chips">
          {chosen.map((one) => (
            <li key={one.code} className="chip">
              {one.name}
              <button type="button" disabled={disabled} aria-label={t('field.remove', { name: one.name })} onClick={() => remove(one)}>
                <X aria-hidden size={14} strokeWidth={2} />
              </button>
            </li>
          ))}
        </ul>
      )}
      {/* A new field for each one added: emptying the old one would open its list again over everything else. Chips that come from elsewhere leave what is being typed. */}
      {!disabled && <AddRecipient key={added} chosen={chosen} onAdd={add} autoFocus={adding} />}
    </div>
  );
}

type AddRecipientProps = { readonly chosen: readonly Organization[]; readonly onAdd: (one: Organization) => void; readonly autoFocus: boolean };

function AddRecipient({ chosen, onAdd, autoFocus }: AddRecipientProps) {
  const t = useT();
  const [words, setWords] = useState('');
  const { choices, asking } = useOffices(words, chosen);
  const items = choices.map((one) => ({ ...one, id: one.office.code }));
  return (
    <ComboBox
      className="combo"
      items={items}
      disabledKeys={choices.filter((one) => one.ceasedOn !== null).map((one) => one.office.code)}
      inputValue={words}
      onInputChange={setWords}
      selectedKey={null}
      onSelectionChange={(key) => {
        const one = items.find((item) => item.id === key);
        if (one) onAdd(one.office);
      }}
      // The directory matches without marks; filtering again here would hide what it found.
      defaultFilter={() => true}
      allowsEmptyCollection
      // Else Esc would empty the field, and an emptied field opens its list again.
      allowsCustomValue
      onFocus={bringIntoView}
      onBlur={() => setWords('')}
      menuTrigger="input"
      autoFocus={autoFocus}
    >
      <Label className="sr-only">{t('recipients.add')}</Label>
      <Input className="input" placeholder={t('recipients.placeholder')} />
      <Popover className="combo-list">
        <ListBox renderEmptyState={() => <p className="quiet">{t(asking ? 'viewer.finding' : 'recipients.none')}</p>}>
          {(item: (typeof items)[number]) => <ListBoxItem id={item.id} textValue={item.office.name} className="combo-item"><Office choice={item} /></ListBoxItem>}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}

/** Its name and its codes; of one that ceased, since when and who came after it. */
function Office({ choice: { office, codes, ceasedOn, successors, insteadOf } }: { readonly choice: OfficeChoice }) {
  const t = useT();
  return (
    <>
      {office.name}
      <small>{codes.join(' · ')}</small>
      {ceasedOn !== null && <small className="office-ceased">{successors.length > 0 ? t('recipients.ceasedTo', { date: formatDate(ceasedOn), names: successors.join(', ') }) : t('recipients.ceased', { date: formatDate(ceasedOn) })}</small>}
      {insteadOf !== null && <small>{t('recipients.insteadOf', { name: insteadOf })}</small>}
    </>
  );
}
