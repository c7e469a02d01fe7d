import { useState } from 'react';
import type { Output } from '../../../src-shared/contract/index.ts';
import type { DocumentId } from '../../../src-shared/domain/ids.ts';
import { useAction } from '../../bridge/use-query.ts';
import { useT } from '../../i18n/context.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNote } from '../../ui/note.tsx';
import { FileField } from '../draft/file-field.tsx';
import { useImport } from '../draft/use-import.ts';
import { useDone } from './use-done.ts';

/** Another file for a draft, most often one that the leader sent back. */
export function ReviseDialog({ id, onClose }: { readonly id: DocumentId; readonly onClose: () => void }) {
  const t = useT();
  const done = useDone();
  const [taken, setTaken] = useState<Output<'content.finishImport'> | null>(null);
  const file = useImport(setTaken);
  const revise = useAction('documents.revise');
  const [asked, setAsked] = useState(false);
  const content = taken?.content ?? null;
  const shown = file.state.state === 'none' && taken ? { state: 'ready' as const, file: taken } : file.state;

  async function confirm(): Promise<void> {
    setAsked(true);
    if (!content) return;
    const result = await revise.run({ id, content });
    if (!result.ok) return;
    done(t('done.revise'), [result.value]);
    onClose();
  }

  return (
    <Dialog
      title={t('revise.title')}
      onClose={onClose}
      locked={revise.busy}
      actions={
        <>
          <Button onPress={onClose} disabled={revise.busy}>{t('action.cancel')}</Button>
          <Button kind="strong" disabled={revise.busy || file.busy} onPress={() => void confirm()}>{t('revise.confirm')}</Button>
        </>
      }
    >
      <p>{t('revise.help')}</p>
      <FileField state={shown} onChoose={(chosen) => void file.take(chosen)} disabled={revise.busy} missing={asked && !content} />
      <ErrorNote error={revise.error} />
    </Dialog>
  );
}
