import { useState } from 'react';
import { longestKept } from '../../../src-shared/domain/deadlines/hand-over.ts';
import type { DossierState } from '../../../src-shared/domain/records/dossier.ts';
import { KeptNote } from '../../app/kept-note.tsx';
import { useKeptForm } from '../../app/use-kept-form.ts';
import { useAction } from '../../bridge/use-query.ts';
import { useT } from '../../i18n/context.tsx';
import { formatDate } from '../../i18n/format.ts';
import { Button } from '../../ui/button.tsx';
import { DateField } from '../../ui/date-field.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { ErrorNote } from '../../ui/note.tsx';
import { useToast } from '../../ui/toast.tsx';
import { parseStageValues } from './stage-values.ts';

/** Kept for work beyond its day, with the head's consent in writing (NĐ 30/2020 Art 31.3d). */
export function KeepDialog({ state, onClose }: { readonly state: DossierState; readonly onClose: () => void }) {
  const t = useT();
  const say = useToast();
  const action = useAction('dossiers.keep');
  const form = useKeptForm(`dossier-keep:${state.id}`, { date: state.keptUntil, text: '', pages: null }, parseStageValues);
  const { date, text } = form.value;
  const [asked, setAsked] = useState(false);
  const longest = state.endDate === null ? null : longestKept({ endedOn: state.endDate, construction: state.construction });
  const dateFault = date === null ? t('task.needUntil') : longest !== null && date > longest ? t('dossier.keepTooLong', { date: formatDate(longest) }) : null;

  async function confirm(): Promise<void> {
    setAsked(true);
    if (date === null || dateFault !== null || text.trim() === '') return;
    const result = await action.run({ id: state.id, until: date, consent: text.trim() });
    if (!result.ok) return;
    form.drop();
    onClose();
    say(t('dossier.kept', { code: state.code, date: formatDate(date) }));
  }

  return (
    <Dialog
      title={t('dossier.do.keep')}
      onClose={onClose}
      locked={action.busy}
      actions={
        <>
          <Button onPress={onClose} disabled={action.busy}>{t('action.cancel')}</Button>
          <Button kind="strong" disabled={action.busy} onPress={() => void confirm()}>{t('dossier.do.keep')}</Button>
        </>
      }
    >
      <KeptNote form={form} />
      <p>{t('dossier.keepHelp')}</p>
      <DateField label={t('dossier.keepUntil')} value={date} onChange={(next) => form.set({ date: next })} error={asked && dateFault !== null ? dateFault : undefined} />
      <TextField label={t('dossier.keepConsent')} maxLength={300} value={text} onChange={(next) => form.set({ text: next })} error={asked && text.trim() === '' ? t('dossier.keepNeedConsent') : undefined} />
      <ErrorNote error={action.error} />
    </Dialog>
  );
}
