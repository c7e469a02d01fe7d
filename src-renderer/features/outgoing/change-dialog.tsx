import { useState } from 'react';
import type { DocumentDetail } from '../../../src-shared/contract/documents.ts';
import type { Change } from '../../../src-shared/domain/change-requests.ts';
import { urgencies } from '../../../src-shared/domain/document.ts';
import { KeptNote } from '../../app/kept-note.tsx';
import { useKeptForm } from '../../app/use-kept-form.ts';
import { useAction } from '../../bridge/use-query.ts';
import { useT } from '../../i18n/context.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { CheckList, Select, TextField } from '../../ui/field.tsx';
import { ErrorNote } from '../../ui/note.tsx';
import { useToast } from '../../ui/toast.tsx';
import { fullNumber } from '../documents/names.ts';
import { changedFields, chosenOf, findChangeFaults, noChange, parseChange, whoCanBeAsked } from './change-values.ts';

type ChangeDialogProps = { readonly detail: DocumentDetail; readonly change: Change; readonly onClose: () => void };

/** Asks a sent document back from all or some who have it, or puts its description right there. Others act on it at once, so it is said before what will happen. */
export function ChangeDialog({ detail: { document }, change, onClose }: ChangeDialogProps) {
  const t = useT();
  const say = useToast();
  const action = useAction('documents.askChange');
  const form = useKeptForm(`${change}:${document.id}`, noChange, parseChange);
  const { value, set } = form;
  const able = whoCanBeAsked(document, change);
  const [asked, setAsked] = useState(false);
  const faults = asked ? findChangeFaults(change, value, document, able) : {};
  const chosen = chosenOf(value, able);
  const all = chosen.length === able.length;

  async function confirm(): Promise<void> {
    setAsked(true);
    if (Object.keys(findChangeFaults(change, value, document, able)).length > 0) return;
    const result = await action.run({
      id: document.id, change, reason: value.reason.trim(), ...(all ? {} : { recipients: [...chosen] }), ...(change === 'update' ? { fields: changedFields(value, document) } : {}),
    });
    if (!result.ok) return;
    form.drop();
    say(t(`${change}.done`));
    onClose();
  }

  return (
    <Dialog
      title={t(`${change}.title`, { number: fullNumber(document, t) })}
      onClose={onClose}
      locked={action.busy}
      actions={
        <>
          <Button onPress={onClose} disabled={action.busy}>{t('action.cancel')}</Button>
          <Button kind={change === 'recall' ? 'danger' : 'strong'} disabled={action.busy} onPress={() => void confirm()}>{t(`${change}.confirm`, { count: chosen.length })}</Button>
        </>
      }
    >
      <KeptNote form={form} />
      <p>{t(change === 'update' ? 'update.help' : all ? 'recall.helpAll' : 'recall.helpSome')}</p>
      {change === 'update' && (
        <>
          <TextField label={t('draft.subject')} lines={2} maxLength={500} value={value.title ?? document.title} onChange={(title) => set({ title })} error={faults.title && t(faults.title)} />
          <Select label={t('info.urgency')} value={value.urgency ?? document.urgency} onChange={(urgency) => set({ urgency })} options={urgencies.map((one) => ({ value: one, label: t(`urgency.${one}`) }))} />
        </>
      )}
      <TextField label={t('reason.refuseLabel')} lines={3} maxLength={1000} value={value.reason} onChange={(reason) => set({ reason })} autoFocus={change === 'recall'} error={faults.reason && t(faults.reason)} />
      <div className="field">
        <CheckList
          label={t('recall.from', { count: able.length })}
          options={able.map(({ organization, status }) => ({ value: organization.code, label: organization.name, detail: t(`delivery.${status}`) }))}
          chosen={chosen}
          onChange={(from) => set({ from })}
        />
        {faults.from && <p className="field-fault" role="alert">{t(faults.from)}</p>}
        {able.length > 1 && (
          <div className="phrases">
            <Button size="small" disabled={all} onPress={() => set({ from: null })}>{t('keys.all')}</Button>
            <Button size="small" disabled={chosen.length === 0} onPress={() => set({ from: [] })}>{t('list.chooseNone')}</Button>
          </div>
        )}
      </div>
      <ErrorNote error={action.error} />
    </Dialog>
  );
}
