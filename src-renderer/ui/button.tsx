import { LoaderCircle, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { Kbd } from './kbd.tsx';
import { Tooltip } from './tooltip.tsx';

type ButtonProps = {
  readonly children: ReactNode;
  readonly onPress: () => void;
  /** One `strong` a screen; `quiet` has no border. */
  readonly kind?: 'strong' | 'plain' | 'quiet' | 'danger';
  /** `tall` is the leader's queue. */
  readonly size?: 'normal' | 'tall' | 'small';
  readonly icon?: LucideIcon;
  readonly disabled?: boolean;
  /** Under way: it stays in its place and keeps the focus, and does nothing more until it is over. */
  readonly busy?: boolean;
  /** The key that does the same, shown beside the word. */
  readonly shortcut?: string;
  readonly wide?: boolean;
  readonly describedBy?: string;
};

/** A thing to do, in words. */
export function Button({ children, onPress, kind = 'plain', size = 'normal', icon, disabled = false, busy = false, shortcut, wide = false, describedBy }: ButtonProps) {
  const Icon = busy ? LoaderCircle : icon;
  return (
    <AriaButton
      className={`button button-${kind} button-${size}${wide ? ' button-wide' : ''}${busy ? ' button-busy' : ''}`}
      onPress={onPress}
      isDisabled={disabled}
      isPending={busy}
      {...(describedBy ? { 'aria-describedby': describedBy } : {})}
    >
      {Icon && <Icon aria-hidden size={size === 'tall' ? 20 : 18} strokeWidth={1.75} />}
      <span className="button-words">{children}</span>
      {shortcut && <Kbd keys={shortcut} />}
    </AriaButton>
  );
}

type IconButtonProps = {
  readonly label: string;
  readonly icon: LucideIcon;
  readonly onPress: () => void;
  readonly disabled?: boolean;
  /** For a tool that is on or off. */
  readonly pressed?: boolean;
  readonly shortcut?: string;
};

/** For tools whose picture everybody knows (zoom, close). Its name is read aloud and shown on hover and focus. */
export function IconButton({ label, icon: Icon, onPress, disabled = false, pressed, shortcut }: IconButtonProps) {
  return (
    <Tooltip words={label} shortcut={shortcut}>
      <AriaButton className="icon-button" aria-label={label} onPress={onPress} isDisabled={disabled} {...(pressed === undefined ? {} : { 'aria-pressed': pressed })}>
        <Icon aria-hidden size={18} strokeWidth={1.75} />
      </AriaButton>
    </Tooltip>
  );
}
