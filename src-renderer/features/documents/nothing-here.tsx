import { FileText, FilterX, SearchX } from 'lucide-react';
import { useRef } from 'react';
import type { ListQuery } from '../../../src-shared/contract/documents.ts';
import { useT } from '../../i18n/context.tsx';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { useScrollStop } from '../../ui/use-scroll-stop.ts';

/** Why a list is empty: nothing there, nothing found, or narrowed to nothing, with the way back. */
export function NothingHere({ of: { folder, query, quick = [] }, onClear }: { readonly of: ListQuery; readonly onClear: () => void }) {
  const t = useT();
  const box = useRef<HTMLDivElement>(null);
  const tabIndex = useScrollStop(box);
  const narrowed = query !== '' || quick.length > 0;
  return (
    <div ref={box} className="list-nothing" tabIndex={tabIndex}>
      {narrowed ? <Empty icon={query ? SearchX : FilterX}>{query ? t('list.noMatch', { query }) : t('list.noneLeft')}</Empty> : <Empty icon={FileText}>{t(`list.empty.${folder}`)}</Empty>}
      {narrowed && <Button onPress={onClear}>{t('list.clear')}</Button>}
    </div>
  );
}
