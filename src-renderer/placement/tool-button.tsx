import type { LucideIcon } from 'lucide-react';

type ToolButtonProps = { readonly label: string; readonly icon: LucideIcon; readonly onPress: () => void; readonly disabled?: boolean; /** Given for one that stays pressed. */ readonly on?: boolean };

/** A tool above the pages: its words stand beside its picture where there is room, and are its name where there is none. */
export function ToolButton({ label, icon: Icon, onPress, disabled = false, on }: ToolButtonProps) {
  return (
    <button type="button" className="icon-button tool-toggle tool-worded" aria-label={label} title={label} aria-pressed={on} disabled={disabled} onClick={onPress}>
      <Icon aria-hidden size={18} strokeWidth={1.75} />
      <span className="tool-words" aria-hidden>{label}</span>
    </button>
  );
}
