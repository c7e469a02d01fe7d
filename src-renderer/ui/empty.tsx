import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

/** Nothing here, and why, in a sentence. */
export function Empty({ icon: Icon, children }: { readonly icon: LucideIcon; readonly children: ReactNode }) {
  return (
    <div className="empty">
      <Icon aria-hidden size={28} strokeWidth={1.5} />
      <p>{children}</p>
    </div>
  );
}
