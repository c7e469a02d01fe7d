import { parseSearch, removeFault, removeTerm } from '../../../src-shared/domain/search-query.ts';
import { useSearch } from '../../app/search.ts';
import { useT } from '../../i18n/context.tsx';
import { Chips } from '../../ui/chip.tsx';

/** What the search field was understood to ask for, each part with its cross; and what was not understood. */
export function SearchTerms() {
  const t = useT();
  const { query, setQuery } = useSearch();
  const { terms, faults } = parseSearch(query);
  if (terms.length === 0 && faults.length === 0) return null;
  return (
    <div className="search-terms">
      {terms.length > 0 && (
        <Chips label={t('list.terms')} chips={terms.map(({ text }, index) => ({ id: String(index), label: text }))} onRemove={(index) => setQuery(removeTerm(query, Number(index)).trim())} />
      )}
      {faults.map((fault, index) => (
        <p key={`${index} ${fault.text}`} className="field-below text-bad" role="alert">
          {t(`list.fault.${fault.reason}`, { text: fault.text })}{' '}
          <button type="button" className="text-button" onClick={() => setQuery(removeFault(query, index).trim())}>{t('list.dropTerm')}</button>
        </p>
      ))}
    </div>
  );
}
