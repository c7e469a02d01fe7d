import { FilePlus2 } from 'lucide-react';
import { useEffect } from 'react';
import type { Folder, ListQuery } from '../../../src-shared/contract/documents.ts';
import type { DocumentId } from '../../../src-shared/domain/ids.ts';
import { goTo } from '../../app/route.ts';
import { useSearch } from '../../app/search.ts';
import { useQuery } from '../../bridge/use-query.ts';
import { useT } from '../../i18n/context.tsx';
import { Button } from '../../ui/button.tsx';
import { ExportResults } from '../results/export-results.tsx';
import { SaveSearch } from '../saved-searches/save-search.tsx';
import { BulkBar } from './bulk-bar.tsx';
import { DocumentListBox } from './list.tsx';
import { QuickFilters } from './quick-filters.tsx';
import { SearchHelp } from './search-help.tsx';
import { SearchTerms } from './search-terms.tsx';
import { useChosen } from './use-chosen.ts';
import { useDocumentList } from './use-document-list.ts';

type ListPaneProps = { readonly folder: Folder; readonly query: string; readonly selected: DocumentId | null; readonly onOpen?: () => void; /** A press with the pointer, which in a narrow window opens the document. */ readonly onPick?: () => void };

/** One folder: what it is and how much of it is shown, ways to narrow it, what is chosen, and the rows. */
export function ListPane({ folder, query, selected, onOpen, onPick }: ListPaneProps) {
  const t = useT();
  const { data: app } = useQuery('app.state', {});
  const { setQuery, quickOf, setQuick, forgetQuick } = useSearch();
  const quick = quickOf(folder);
  // oxlint-disable-next-line react-hooks/exhaustive-deps -- only when the folder is left
  useEffect(() => () => forgetQuick(folder), [folder]);
  const of: ListQuery = { folder, query, quick: [...quick] };
  const total = useDocumentList(of, { first: 0, last: 1 }).total;
  const chosen = useChosen(of, selected);
  const narrowed = query !== '' || quick.length > 0;
  return (
    <section className="pane pane-list" data-tour="list" aria-label={t(`nav.${folder}`)}>
      <div className="list-top">
        <div className="list-heading">
          <h1>{t(`nav.${folder}`)}</h1>
          {total !== null && <span role="status">{t(narrowed ? 'list.found' : 'list.count', { count: total })}</span>}
          {folder === 'incoming' && app?.role === 'clerk' && <Button size="small" icon={FilePlus2} onPress={() => goTo('paper')}>{t('list.paper')}</Button>}
        </div>
        <div className="list-tools">
          <QuickFilters folder={folder} chosen={quick} onChange={(next) => setQuick(folder, next)} />
          <SearchHelp />
        </div>
        <SearchTerms />
        {narrowed && <div className="search-deeds"><SaveSearch asked={{ folder, query, quick }} /><ExportResults of={of} total={total ?? 0} chosen={null} /></div>}
      </div>
      <DocumentListBox of={of} selected={selected} chosen={chosen} onClear={() => { setQuick(folder, []); setQuery(''); }} {...(onOpen ? { onOpen } : {})} {...(onPick ? { onPick } : {})} />
      {chosen.count > 0 && <BulkBar of={of} chosen={chosen} total={total ?? 0} />}
    </section>
  );
}
