import { GitCompareArrows } from 'lucide-react';
import type { DocumentId } from '../../../src-shared/domain/ids.ts';
import { goTo } from '../../app/route.ts';
import { useT } from '../../i18n/context.tsx';
import { Button } from '../../ui/button.tsx';
import { useConflicts } from './settling.tsx';

/** Over the pages of a document on which two did different things; nothing on all others. */
export function ConflictBar({ document }: { readonly document: DocumentId }) {
  const t = useT();
  const { conflicts } = useConflicts();
  if (!conflicts.some((one) => one.document === document)) return null;
  return (
    <div className="clash-bar">
      <GitCompareArrows aria-hidden size={18} strokeWidth={1.75} />
      <p role="status">{t('conflicts.bar')}</p>
      <Button size="small" onPress={() => goTo('conflicts', document)}>{t('conflicts.compare')}</Button>
    </div>
  );
}
