import { BookmarkCheck, SlidersHorizontal } from 'lucide-react';
import { useId, useState } from 'react';
import type { SavedSearch } from '../../../src-shared/contract/searches.ts';
import { useCommand } from '../../app/commands.tsx';
import type { Screen } from '../../app/route.ts';
import { useT } from '../../i18n/context.tsx';
import { IconButton } from '../../ui/button.tsx';
import { SavedSearchesDialog } from './dialog.tsx';
import { useSavedCounts } from './use-counts.ts';
import { describeSearch, useSavedSearches } from './use-saved-searches.ts';

/** Under the folders: the ways to search that were kept, each with what it finds; in the palette too. Nothing while there are none. */
export function RailSearches({ current }: { readonly current: Screen }) {
  const t = useT();
  const { searches, open, isOpen } = useSavedSearches(current);
  const counts = useSavedCounts(searches);
  const [arranging, setArranging] = useState(false);
  useCommand({ id: 'searches.arrange', words: t('searches.arrange'), group: 'list', run: searches.length > 0 ? () => setArranging(true) : null });
  const id = useId();
  return (
    <>
      {searches.length > 0 && (
        <div className="rail-searches" role="group" aria-labelledby={id}>
          <div className="rail-searches-head">
            <h2 className="rail-heading" id={id}>{t('searches.title')}</h2>
            <IconButton icon={SlidersHorizontal} label={t('searches.arrange')} onPress={() => setArranging(true)} />
          </div>
          {searches.map((search) => <RailSearch key={search.id} search={search} count={counts.get(search.id)} current={isOpen(search)} onOpen={() => open(search)} />)}
        </div>
      )}
      {arranging && <SavedSearchesDialog onClose={() => setArranging(false)} />}
    </>
  );
}

type RailSearchProps = { readonly search: SavedSearch; readonly count: number | undefined; readonly current: boolean; readonly onOpen: () => void };

function RailSearch({ search, count, current, onOpen }: RailSearchProps) {
  const t = useT();
  const id = useId();
  useCommand({ id: `search ${search.id}`, words: t('searches.command', { name: search.name }), group: 'list', run: onOpen });
  // The name alone is what it is called by; what it asks for, and how much it finds, describes it
  return (
    <button type="button" className="rail-link rail-search" aria-current={current ? 'true' : undefined} aria-describedby={id} title={`${search.name}: ${describeSearch(search, t)}`} onClick={onOpen}>
      <BookmarkCheck aria-hidden size={18} strokeWidth={1.75} />
      <span className="rail-search-name">{search.name}</span>
      {count !== undefined && <span className="rail-count" aria-hidden>{t('searches.count', { count })}</span>}
      <span id={id} hidden>{describeSearch(search, t)}{count !== undefined && `, ${t('list.count', { count })}`}</span>
    </button>
  );
}
