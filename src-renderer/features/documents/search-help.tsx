import { CircleHelp } from 'lucide-react';
import { Button, Dialog, DialogTrigger, Heading, Popover } from 'react-aria-components';
import { searchOperators } from '../../../src-shared/domain/search-query.ts';
import { useSearch } from '../../app/search.ts';
import { useT } from '../../i18n/context.tsx';

/** What the search understands besides words, each with an example that a press puts into the field. */
export function SearchHelp() {
  const t = useT();
  const { query, setQuery } = useSearch();
  return (
    <DialogTrigger>
      <Button className="button button-quiet button-small"><CircleHelp aria-hidden size={16} strokeWidth={1.75} /><span className="button-words">{t('list.help')}</span></Button>
      <Popover className="search-help" placement="bottom end">
        <Dialog className="search-help-body" data-beside>
          {({ close }) => (
            <>
              <Heading slot="title">{t('list.help')}</Heading>
              <p className="quiet">{t('list.helpWords')}</p>
              <ul>
                {searchOperators.map(({ operator, example }) => (
                  <li key={operator}>
                    <button
                      type="button"
                      className="text-button"
                      onClick={() => {
                        setQuery([query.trim(), example].filter(Boolean).join(' '));
                        close();
                      }}
                    >
                      {example}
                    </button>
                    <span className="quiet">{t(`list.operator.${operator}`)}</span>
                  </li>
                ))}
              </ul>
            </>
          )}
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
