import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

export type Tone = 'ok' | 'warn' | 'bad' | 'accent' | 'neutral' | 'seal';

/** A state in words, with an icon where there is one: never colour alone. */
export function Pill({ tone, icon: Icon, children }: { readonly tone: Tone; readonly icon?: LucideIcon; readonly children: ReactNode }) {
  return (
    <span className={`pill pill-${tone}`}>
      {Icon && <Icon aria-hidden size={13} strokeWidth={2} />}
      {children}
    </span>
  );
}
