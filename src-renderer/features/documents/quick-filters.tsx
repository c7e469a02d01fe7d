import type { Folder, QuickFilter } from '../../../src-shared/contract/documents.ts';
import { useT } from '../../i18n/context.tsx';

/** What narrows a folder in one press; only those that can be true there. */
const filtersOf: Readonly<Record<Folder, readonly QuickFilter[]>> = {
  incoming: ['unread', 'mine', 'due-soon', 'express', 'waiting'],
  signing: ['unread', 'express', 'waiting'],
  issuing: ['express', 'waiting'],
  outgoing: ['express', 'waiting'],
  tasks: ['unread', 'due-soon', 'express', 'waiting'],
};

type QuickFiltersProps = { readonly folder: Folder; readonly chosen: readonly QuickFilter[]; readonly onChange: (chosen: readonly QuickFilter[]) => void };

export function QuickFilters({ folder, chosen, onChange }: QuickFiltersProps) {
  const t = useT();
  return (
    <div className="quick-filters" role="group" aria-label={t('list.filters')}>
      {filtersOf[folder].map((filter) => {
        const on = chosen.includes(filter);
        return (
          <button key={filter} type="button" className="quick-filter" aria-pressed={on} onClick={() => onChange(on ? chosen.filter((one) => one !== filter) : [...chosen, filter])}>
            {t(`list.filter.${filter}`)}
          </button>
        );
      })}
    </div>
  );
}
