import { BookOpen } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { AppState } from '../../app/app-state.ts';
import { useQuery } from '../../bridge/use-query.ts';
import { useT } from '../../i18n/context.tsx';
import { Empty } from '../../ui/empty.tsx';
import { ErrorNote } from '../../ui/note.tsx';
import { keyOf, wholeBook, type Part } from './books.ts';
import { OneRegister } from './register.tsx';

type Shown = { readonly key: string | null; readonly part: Part };
/** Where the person was: whoever opens a document from a register comes back to the same place of it. */
let lastShown: Shown & { readonly desk: string } = { desk: '', key: null, part: wholeBook };

/** Sổ văn bản đến, văn bản đi, sổ theo dõi giải quyết văn bản đến of each year (NĐ 30/2020 App IV). */
export function RegistersScreen({ app }: { readonly app: AppState }) {
  const t = useT();
  const { data, error } = useQuery('registers.books', {});
  const desk = app.me.id;
  const [shown, setShown] = useState<Shown>(lastShown.desk === desk ? lastShown : { key: null, part: wholeBook });
  useEffect(() => { lastShown = { desk, ...shown }; }, [desk, shown]);
  const books = data?.books ?? [];
  const book = books.find((one) => keyOf(one) === shown.key) ?? books[0];
  return (
    <div className="registers" data-tour="registers">
      {!book && <div className="list-heading"><h1>{t('nav.registers')}</h1></div>}
      <ErrorNote error={error} />
      {data && !book && <Empty icon={BookOpen} title={t('registers.none')}>{t('registers.noneHelp')}</Empty>}
      {book && (
        <OneRegister
          key={keyOf(book)} book={book} books={books} part={shown.part} mayClose={app.role === 'clerk'}
          onPart={(part) => setShown({ key: keyOf(book), part })} onBook={(key) => setShown({ key, part: wholeBook })}
        />
      )}
    </div>
  );
}
