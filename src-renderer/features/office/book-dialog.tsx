import { useState } from 'react';
import { z } from 'zod';
import type { BookRule } from '../../../src-shared/domain/numbering.ts';
import type { AppError } from '../../../src-shared/result.ts';
import { KeptNote } from '../../app/kept-note.tsx';
import { useKeptForm } from '../../app/use-kept-form.ts';
import { useT } from '../../i18n/context.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { CheckList, TextField } from '../../ui/field.tsx';
import { ErrorNote, Note } from '../../ui/note.tsx';
import { kindName, kindsOfBooks, slugOf } from './book-values.ts';

const bookValues = z.object({ name: z.string(), kinds: z.array(z.string()).readonly() });

type BookDialogProps = {
  /** Null: a new one. */
  readonly book: BookRule | null;
  readonly books: readonly BookRule[];
  readonly busy: boolean;
  readonly error: AppError | null;
  readonly onKeep: (book: BookRule) => Promise<boolean>;
  readonly onClose: () => void;
};

/** A book's name and the types that it numbers; of the book of all others, its name alone. */
export function BookDialog({ book, books, busy, error, onKeep, onClose }: BookDialogProps) {
  const t = useT();
  const form = useKeptForm<z.output<typeof bookValues>>(`book:${book?.slug ?? ''}`, { name: book?.name ?? '', kinds: book?.kinds ?? [] }, (kept) => bookValues.safeParse(kept).data ?? null);
  const { value, set } = form;
  const [asked, setAsked] = useState(false);
  const ofOthers = book !== null && book.kinds === null;
  const name = value.name.trim();
  const noKinds = !ofOthers && value.kinds.length === 0;

  async function confirm(): Promise<void> {
    setAsked(true);
    if (name === '' || noKinds) return;
    const slug = book?.slug ?? slugOf(name, ['van-ban-den', 'ban-sao', ...books.map((one) => one.slug)]);
    if (!(await onKeep({ slug, name, kinds: ofOthers ? null : [...value.kinds] }))) return;
    form.drop();
    onClose();
  }

  return (
    <Dialog
      title={book === null ? t('books.add') : t('books.edit', { name: book.name })}
      onClose={onClose}
      locked={busy}
      actions={
        <>
          <Button onPress={onClose} disabled={busy}>{t('action.cancel')}</Button>
          <Button kind="strong" disabled={busy} onPress={() => void confirm()}>{t('books.keep')}</Button>
        </>
      }
    >
      <KeptNote form={form} />
      <TextField autoFocus label={t('books.name')} maxLength={100} value={value.name} onChange={(next) => set({ name: next })} error={asked && name === '' ? t('books.needName') : undefined} />
      {ofOthers ? <p>{t('books.others')}</p> : (
        <CheckList label={t('books.kinds')} chosen={value.kinds} onChange={(kinds) => set({ kinds })} options={kindsOfBooks.map((kind) => ({ value: kind as string, label: kindName(kind, t) }))} />
      )}
      {asked && noKinds && <Note tone="bad" live>{t('books.needKinds')}</Note>}
      <Note tone="info">{t('books.fromNow')}</Note>
      <ErrorNote error={error} />
    </Dialog>
  );
}
