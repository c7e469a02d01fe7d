import { X } from 'lucide-react';
import { useRef, type ReactNode } from 'react';
import { Button } from 'react-aria-components';
import { useT } from '../i18n/context.tsx';

type ChipEntry = { readonly id: string; readonly label: string };
type ChipsProps = { readonly label: string; readonly chips: readonly ChipEntry[]; readonly onRemove?: (id: string) => void; readonly disabled?: boolean; readonly children?: ReactNode };

/** Chosen things in a row, each taken away by its button; the focus then goes to the next one. */
export function Chips({ label, chips, onRemove, disabled = false, children }: ChipsProps) {
  const t = useT();
  const list = useRef<HTMLUListElement>(null);
  function remove(id: string, index: number): void {
    const buttons = list.current?.querySelectorAll('button');
    (buttons?.[index + 1] ?? buttons?.[index - 1])?.focus();
    onRemove?.(id);
  }
  return (
    <ul ref={list} className="chips" aria-label={label}>
      {chips.map((chip, index) => (
        <li key={chip.id} className={onRemove ? 'chip' : 'chip chip-plain'}>
          {chip.label}
          {onRemove && (
            <Button className="chip-remove" isDisabled={disabled} aria-label={t('field.remove', { name: chip.label })} onPress={() => remove(chip.id, index)}>
              <X aria-hidden size={14} strokeWidth={2} />
            </Button>
          )}
        </li>
      ))}
      {children && <li>{children}</li>}
    </ul>
  );
}
