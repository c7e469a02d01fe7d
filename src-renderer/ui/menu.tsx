import { ChevronDown, type LucideIcon } from 'lucide-react';
import { Button, Menu as AriaMenu, MenuItem, MenuTrigger, Popover, Separator } from 'react-aria-components';
import { Kbd } from './kbd.tsx';

export type MenuEntry =
  | {
      readonly id: string;
      readonly label: string;
      readonly run: () => void;
      readonly icon?: LucideIcon;
      readonly detail?: string;
      readonly shortcut?: string;
      readonly disabled?: boolean;
      readonly danger?: boolean;
    }
  | 'line';

type MenuProps = { readonly label: string; readonly icon?: LucideIcon; readonly entries: readonly MenuEntry[]; readonly kind?: 'plain' | 'quiet' | 'strong'; readonly disabled?: boolean };

/** A button that opens a list of things to do. ↑↓ and the first letters choose, Enter does, Esc closes. */
export function Menu({ label, icon: Icon, entries, kind = 'plain', disabled = false }: MenuProps) {
  return (
    <MenuTrigger>
      <Button className={`button button-${kind} button-normal`} isDisabled={disabled}>
        {Icon && <Icon aria-hidden size={18} strokeWidth={1.75} />}
        <span className="button-words">{label}</span>
        <ChevronDown aria-hidden size={16} strokeWidth={2} />
      </Button>
      <Popover className="popover menu-popover">
        <AriaMenu className="menu">
          {entries.map((entry, index) =>
            entry === 'line' ? (
              <Separator key={`line ${index}`} className="menu-line" />
            ) : (
              <MenuItem key={entry.id} id={entry.id} textValue={entry.label} className={`menu-item${entry.danger ? ' menu-danger' : ''}`} isDisabled={entry.disabled ?? false} onAction={entry.run}>
                {entry.icon ? <entry.icon aria-hidden size={18} strokeWidth={1.75} /> : <span className="menu-no-icon" />}
                <span className="menu-words">
                  <span>{entry.label}</span>
                  {entry.detail && <span className="menu-detail">{entry.detail}</span>}
                </span>
                {entry.shortcut && <Kbd keys={entry.shortcut} />}
              </MenuItem>
            ),
          )}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}
