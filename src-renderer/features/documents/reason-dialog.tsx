import { useState } from 'react';
import type { DocumentId } from '../../../src-shared/domain/ids.ts';
import { z } from 'zod';
import { KeptNote } from '../../app/kept-note.tsx';
import { useKeptForm } from '../../app/use-kept-form.ts';
import { useAction } from '../../bridge/use-query.ts';
import { useT } from '../../i18n/context.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { ErrorNote } from '../../ui/note.tsx';
import { useDone } from './use-done.ts';

type ReasonDialogProps = { readonly id: DocumentId; readonly verb: 'refuse' | 'returnToDrafter'; readonly onClose: () => void };

const reasonValues = z.object({ reason: z.string() });
const empty = { reason: '' };

/** Refusing and returning both need a reason, because somebody else must act on it. */
export function ReasonDialog({ id, verb, onClose }: ReasonDialogProps) {
  const t = useT();
  const done = useDone();
  const action = useAction(`documents.${verb}`);
  const form = useKeptForm(`${verb}:${id}`, empty, (kept) => reasonValues.safeParse(kept).data ?? null);
  const { reason } = form.value;
  const [asked, setAsked] = useState(false);
  const refusing = verb === 'refuse';
  const missing = asked && reason.trim() === '';

  async function confirm(): Promise<void> {
    setAsked(true);
    if (reason.trim() === '') return;
    const result = await action.run({ id, reason: reason.trim() });
    if (!result.ok) return;
    form.drop();
    done(t(`done.${verb}`), [result.value]);
    onClose();
  }

  return (
    <Dialog
      title={t(refusing ? 'reason.refuseTitle' : 'action.returnToDrafter')}
      onClose={onClose}
      locked={action.busy}
      actions={
        <>
          <Button onPress={onClose} disabled={action.busy}>{t('action.cancel')}</Button>
          <Button kind={refusing ? 'danger' : 'strong'} disabled={action.busy} onPress={() => void confirm()}>{t(refusing ? 'reason.refuseConfirm' : 'reason.returnConfirm')}</Button>
        </>
      }
    >
      <KeptNote form={form} />
      <p>{t(refusing ? 'reason.refuseHelp' : 'reason.returnHelp')}</p>
      <TextField
        label={t(refusing ? 'reason.refuseLabel' : 'reason.returnLabel')}
        lines={4}
        maxLength={1000}
        value={reason}
        onChange={(text) => form.set({ reason: text })}
        autoFocus
        error={missing ? t('reason.needed') : undefined}
      />
      <ErrorNote error={action.error} />
    </Dialog>
  );
}
