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

type ReasonDialogProps = { readonly id: DocumentId; readonly verb: 'refuse' | 'returnToDrafter' | 'sendBack'; readonly onClose: () => void };

const reasonValues = z.object({ reason: z.string() });
const empty = { reason: '' };

/** Refusing, sending back and returning all need a reason, because somebody else must act on it. */
export function ReasonDialog({ id, verb, onClose }: ReasonDialogProps) {
  const t = useT();
  const done = useDone();
  const action = useAction(`documents.${verb}`);
  const form = useKeptForm(`${verb}:${id}`, empty, (kept) => reasonValues.safeParse(kept).data ?? null);
  const { reason } = form.value;
  const [asked, setAsked] = useState(false);
  const refusing = verb !== 'returnToDrafter';
  const words = verb === 'returnToDrafter' ? 'return' : verb;
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
      title={t(verb === 'returnToDrafter' ? 'action.returnToDrafter' : `reason.${verb}Title`)}
      onClose={onClose}
      locked={action.busy}
      actions={
        <>
          <Button onPress={onClose} disabled={action.busy}>{t('action.cancel')}</Button>
          <Button kind={refusing ? 'danger' : 'strong'} disabled={action.busy} onPress={() => void confirm()}>{t(`reason.${words}Confirm`)}</Button>
        </>
      }
    >
      <KeptNote form={form} />
      <p>{t(`reason.${words}Help`)}</p>
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
