import { FileText, FilterX, SearchX } from 'lucide-react';
import type { ListQuery } from '../../../src-shared/contract/documents.ts';
import { useT } from '../../i18n/context.tsx';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';

/** Why a list is empty: nothing there, nothing found, or narrowed to nothing, with the way back. */
export function NothingHere({ of: { folder, query, quick = [] }, onClear }: { readonly of: ListQuery; readonly onClear: () => void }) {
  const t = useT();
  if (query === '' && quick.length === 0) return <Empty icon={FileText}>{t(`list.empty.${folder}`)}</Empty>;
  return (
    <div className="list-nothing">
      <Empty icon={query ? SearchX : FilterX}>{query ? t('list.noMatch', { query }) : t('list.noneLeft')}</Empty>
      <Button onPress={onClear}>{t('list.clear')}</Button>
    </div>
  );
}
