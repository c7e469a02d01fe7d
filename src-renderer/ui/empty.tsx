import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

type EmptyProps = { readonly icon: LucideIcon; readonly title?: string; readonly children: ReactNode; /** What can be done about it. */ readonly action?: ReactNode };

/** Nothing here, and why, in a sentence. */
export function Empty({ icon: Icon, title, children, action }: EmptyProps) {
  return (
    <div className="empty">
      <Icon aria-hidden size={28} strokeWidth={1.5} />
      {title && <strong>{title}</strong>}
      <p>{children}</p>
      {action}
    </div>
  );
}
