import { Lock } from 'lucide-react';
import { useState } from 'react';
import { useAction } from '../../bridge/use-query.ts';
import { useT } from '../../i18n/context.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { ErrorNote, Note } from '../../ui/note.tsx';
import type { Book } from './books.ts';

type CloseDialogProps = { readonly book: Book; readonly onClose: () => void; readonly onDone: () => void };

/** Khóa sổ: for good, so the year is typed by hand (NĐ 30/2020 Art 15.1, 22.2: a year's numbers end with it). */
export function CloseDialog({ book, onClose, onDone }: CloseDialogProps) {
  const t = useT();
  const action = useAction('registers.close');
  const [typed, setTyped] = useState('');
  const [asked, setAsked] = useState(false);
  const { year, name } = book;
  const right = typed.trim() === String(year);

  async function confirm(): Promise<void> {
    setAsked(true);
    if (!right || action.busy) return;
    if ((await action.run({ book: book.book })).ok) onDone();
  }

  return (
    <Dialog
      title={t('registers.closeTitle', { year })}
      onClose={onClose}
      locked={action.busy}
      actions={
        <>
          <Button onPress={onClose} disabled={action.busy}>{t('action.cancel')}</Button>
          <Button kind="danger" icon={Lock} busy={action.busy} onPress={() => void confirm()}>{t('registers.closeDo')}</Button>
        </>
      }
    >
      <Note tone="warn" title={t('registers.closeWhat', { name, year })}>{t('registers.closeKept')}</Note>
      <p>{t('registers.closeLine')}</p>
      <TextField label={t('registers.closeYear', { year })} value={typed} onChange={setTyped} maxLength={4} autoFocus onEnter={() => void confirm()} error={asked && !right ? t('registers.closeYearWrong', { year }) : undefined} />
      <ErrorNote error={action.error} />
    </Dialog>
  );
}
