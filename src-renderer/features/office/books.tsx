import { BookPlus } from 'lucide-react';
import { useState } from 'react';
import type { BookRule } from '../../../src-shared/domain/numbering.ts';
import { useAction, useQuery } from '../../bridge/use-query.ts';
import { useT } from '../../i18n/context.tsx';
import { Button } from '../../ui/button.tsx';
import { ErrorNote } from '../../ui/note.tsx';
import { useToast } from '../../ui/toast.tsx';
import { BookDialog } from './book-dialog.tsx';
import { kindName, withBook, withoutBook } from './book-values.ts';

/** Which types of documents take their numbers from which book (NĐ 30/2020 Art 15.1, 22.2). */
export function Books({ mayChange }: { readonly mayChange: boolean }) {
  const t = useT();
  const say = useToast();
  const { data, error } = useQuery('office.settings', {});
  const set = useAction('office.setBooks');
  const [editing, setEditing] = useState<BookRule | 'new' | null>(null);
  const books: readonly BookRule[] = data?.books ?? [];

  async function keep(rules: readonly BookRule[], words: string): Promise<boolean> {
    const result = await set.run({ books: rules.map(({ slug, name, kinds }) => ({ slug, name, kinds: kinds === null ? null : [...kinds] })) });
    if (result.ok) say(words);
    return result.ok;
  }

  return (
    <div className="office-part">
      <p>{t('books.help')}</p>
      {mayChange ? <div><Button icon={BookPlus} onPress={() => setEditing('new')}>{t('books.add')}</Button></div> : <p className="quiet">{t('books.clerkOnly')}</p>}
      <ErrorNote error={error ?? (editing === null ? set.error : null)} />
      <ul className="grants" aria-label={t('office.books')}>
        <li className="grant"><div className="work-words"><span className="work-what">{t('books.incoming')}</span><span className="quiet">{t('books.incomingHelp')}</span></div></li>
        {books.map((book) => (
          <li key={book.slug} className="grant">
            <div className="work-words">
              <span className="work-what">{book.name}</span>
              <span>{book.kinds === null ? t('books.others') : book.kinds.map((kind) => kindName(kind, t)).join(', ')}</span>
            </div>
            {mayChange && (
              <div className="work-buttons">
                <Button size="small" disabled={set.busy} onPress={() => setEditing(book)}>{t('books.edit', { name: book.name })}</Button>
                {book.kinds !== null && books.some(({ kinds }) => kinds === null) && <Button size="small" disabled={set.busy} onPress={() => void keep(withoutBook(books, book.slug), t('books.removed', { name: book.name }))}>{t('field.remove', { name: book.name })}</Button>}
              </div>
            )}
          </li>
        ))}
        {!books.some(({ kinds }) => kinds?.includes('copy')) && <li className="grant"><div className="work-words"><span className="work-what">{t('books.copyBook')}</span><span className="quiet">{t('books.copyHelp')}</span></div></li>}
      </ul>
      {editing !== null && (
        <BookDialog
          book={editing === 'new' ? null : editing}
          books={books}
          busy={set.busy}
          error={set.error}
          onKeep={(book) => keep(withBook(books, book), t('books.kept', { name: book.name }))}
          onClose={() => {
            set.clear();
            setEditing(null);
          }}
        />
      )}
    </div>
  );
}
