import { useState } from 'react';
import { z } from 'zod';
import type { DocumentDetail } from '../../../src-shared/contract/documents.ts';
import { KeptNote } from '../../app/kept-note.tsx';
import { useKeptForm } from '../../app/use-kept-form.ts';
import { useAction } from '../../bridge/use-query.ts';
import { useT } from '../../i18n/context.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { ErrorNote } from '../../ui/note.tsx';
import { useToast } from '../../ui/toast.tsx';
import { fullNumber } from '../documents/names.ts';

const voidValues = z.object({ reason: z.string() });

/** NĐ 30/2020 Art 15.1: a number that was given and is not used stays in the register, void, with the reason; nobody gets it again. */
export function VoidDialog({ detail: { document }, onClose }: { readonly detail: DocumentDetail; readonly onClose: () => void }) {
  const t = useT();
  const say = useToast();
  const action = useAction('documents.voidNumber');
  const form = useKeptForm(`voidNumber:${document.id}`, { reason: '' }, (kept) => voidValues.safeParse(kept).data ?? null);
  const [asked, setAsked] = useState(false);
  const reason = form.value.reason.trim();
  const number = fullNumber(document, t);

  async function confirm(): Promise<void> {
    setAsked(true);
    if (reason === '') return;
    const result = await action.run({ id: document.id, reason });
    if (!result.ok) return;
    form.drop();
    say(t('void.done', { number }));
    onClose();
  }

  return (
    <Dialog
      title={t('void.title', { number })}
      onClose={onClose}
      locked={action.busy}
      actions={
        <>
          <Button onPress={onClose} disabled={action.busy}>{t('action.cancel')}</Button>
          <Button kind="danger" disabled={action.busy} onPress={() => void confirm()}>{t('void.confirm', { number })}</Button>
        </>
      }
    >
      <KeptNote form={form} />
      <p>{t('void.help', { number })}</p>
      <TextField label={t('reason.refuseLabel')} lines={3} maxLength={1000} value={form.value.reason} onChange={(text) => form.set({ reason: text })} autoFocus error={asked && reason === '' ? t('void.needReason') : undefined} />
      <ErrorNote error={action.error} />
    </Dialog>
  );
}
