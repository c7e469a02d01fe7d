import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button as AriaButton } from 'react-aria-components';

type ButtonProps = {
  readonly children: ReactNode;
  readonly onPress: () => void;
  /** One `strong` a screen; `quiet` has no border. */
  readonly kind?: 'strong' | 'plain' | 'quiet' | 'danger';
  /** `tall` is the leader's queue. */
  readonly size?: 'normal' | 'tall' | 'small';
  readonly icon?: LucideIcon;
  readonly disabled?: boolean;
  /** The key that does the same, shown beside the word. */
  readonly shortcut?: string;
  readonly wide?: boolean;
  readonly describedBy?: string;
};

export function Button({ children, onPress, kind = 'plain', size = 'normal', icon: Icon, disabled = false, shortcut, wide = false, describedBy }: ButtonProps) {
  return (
    <AriaButton
      className={`button button-${kind} button-${size}${wide ? ' button-wide' : ''}`}
      onPress={onPress}
      isDisabled={disabled}
      {...(describedBy ? { 'aria-describedby': describedBy } : {})}
    >
      {Icon && <Icon aria-hidden size={size === 'tall' ? 20 : 18} strokeWidth={1.75} />}
      <span className="button-words">{children}</span>
      {shortcut && <kbd aria-hidden>{shortcut}</kbd>}
    </AriaButton>
  );
}

type IconButtonProps = { readonly label: string; readonly icon: LucideIcon; readonly onPress: () => void; readonly disabled?: boolean };

/** For tools whose picture everybody knows (zoom, close). Its name is read aloud and shown on hover and focus. */
export function IconButton({ label, icon: Icon, onPress, disabled = false }: IconButtonProps) {
  return (
    <AriaButton className="icon-button" aria-label={label} onPress={onPress} isDisabled={disabled} render={(props) => <button {...props} title={label} />}>
      <Icon aria-hidden size={18} strokeWidth={1.75} />
    </AriaButton>
  );
}
