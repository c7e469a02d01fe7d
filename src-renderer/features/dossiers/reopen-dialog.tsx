import { useState } from 'react';
import type { DossierState } from '../../../src-shared/domain/records/dossier.ts';
import { KeptNote } from '../../app/kept-note.tsx';
import { useKeptForm } from '../../app/use-kept-form.ts';
import { useAction } from '../../bridge/use-query.ts';
import { useT } from '../../i18n/context.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { ErrorNote } from '../../ui/note.tsx';
import { useToast } from '../../ui/toast.tsx';
import { parseStageValues } from './stage-values.ts';

/** A closed dossier is opened again for a reason that stays in its history. */
export function ReopenDialog({ state, onClose }: { readonly state: DossierState; readonly onClose: () => void }) {
  const t = useT();
  const say = useToast();
  const action = useAction('dossiers.reopen');
  const form = useKeptForm(`dossier-reopen:${state.id}`, { date: null, text: '', pages: null }, parseStageValues);
  const { text } = form.value;
  const [asked, setAsked] = useState(false);

  async function confirm(): Promise<void> {
    setAsked(true);
    if (text.trim() === '') return;
    const result = await action.run({ id: state.id, reason: text.trim() });
    if (!result.ok) return;
    form.drop();
    onClose();
    say(t('dossier.reopened', { code: state.code }));
  }

  return (
    <Dialog
      title={t('dossier.do.reopen')}
      onClose={onClose}
      locked={action.busy}
      actions={
        <>
          <Button onPress={onClose} disabled={action.busy}>{t('action.cancel')}</Button>
          <Button kind="strong" disabled={action.busy} onPress={() => void confirm()}>{t('dossier.do.reopen')}</Button>
        </>
      }
    >
      <KeptNote form={form} />
      <p>{t('dossier.reopenHelp')}</p>
      <TextField autoFocus label={t('dossier.reopenReason')} lines={3} maxLength={1000} value={text} onChange={(next) => form.set({ text: next })} error={asked && text.trim() === '' ? t('task.needReason') : undefined} />
      <ErrorNote error={action.error} />
    </Dialog>
  );
}
