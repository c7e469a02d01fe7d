import { useState } from 'react';
import type { DocumentId } from '../../../src-shared/domain/ids.ts';
import { useAction } from '../../bridge/use-query.ts';
import { useT } from '../../i18n/context.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { ErrorNote } from '../../ui/note.tsx';
import { useToast } from '../../ui/toast.tsx';

type ReasonDialogProps = { readonly id: DocumentId; readonly verb: 'refuse' | 'returnToDrafter'; readonly onClose: () => void };

/** Refusing and returning both need a reason, because somebody else must act on it. */
export function ReasonDialog({ id, verb, onClose }: ReasonDialogProps) {
  const t = useT();
  const say = useToast();
  const action = useAction(`documents.${verb}`);
  const [reason, setReason] = useState('');
  const [asked, setAsked] = useState(false);
  const refusing = verb === 'refuse';
  const missing = asked && reason.trim() === '';

  async function confirm(): Promise<void> {
    setAsked(true);
    if (reason.trim() === '') return;
    const result = await action.run({ id, reason: reason.trim() });
    if (!result.ok) return;
    say(t(`done.${verb}`));
    onClose();
  }

  return (
    <Dialog
      title={t(refusing ? 'reason.refuseTitle' : 'reason.returnTitle')}
      onClose={onClose}
      locked={action.busy}
      actions={
        <>
          <Button onPress={onClose} disabled={action.busy}>{t('action.cancel')}</Button>
          <Button kind={refusing ? 'danger' : 'strong'} disabled={action.busy} onPress={() => void confirm()}>{t(refusing ? 'reason.refuseConfirm' : 'reason.returnConfirm')}</Button>
        </>
      }
    >
      <p>{t(refusing ? 'reason.refuseHelp' : 'reason.returnHelp')}</p>
      <TextField
        label={t(refusing ? 'reason.refuseLabel' : 'reason.returnLabel')}
        lines={4}
        maxLength={1000}
        value={reason}
        onChange={setReason}
        autoFocus
        error={missing ? t('field.required') : undefined}
      />
      <ErrorNote error={action.error} />
    </Dialog>
  );
}
