import { useState } from 'react';
import type { DossierState } from '../../../src-shared/domain/records/dossier.ts';
import { KeptNote } from '../../app/kept-note.tsx';
import { useKeptForm } from '../../app/use-kept-form.ts';
import { useAction } from '../../bridge/use-query.ts';
import { useT } from '../../i18n/context.tsx';
import { formatDate } from '../../i18n/format.ts';
import { useToday } from '../../i18n/present.ts';
import { Button } from '../../ui/button.tsx';
import { DateField } from '../../ui/date-field.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNote, Note } from '../../ui/note.tsx';
import { NumberField } from '../../ui/number-field.tsx';
import type { Checks } from './checks-part.tsx';
import { parseStageValues } from './stage-values.ts';

type CloseDialogProps = { readonly state: DossierState; readonly checks: Checks; readonly onClose: () => void; readonly onDone: () => void };

/** The end of the work: its day, and how many pages there are where somebody counted them. */
export function CloseDialog({ state, checks, onClose, onDone }: CloseDialogProps) {
  const t = useT();
  const action = useAction('dossiers.close');
  const today = useToday();
  const form = useKeptForm(`dossier-close:${state.id}`, { date: today, text: '', pages: null }, parseStageValues);
  const { date, pages } = form.value;
  const [asked, setAsked] = useState(false);
  const fault = date === null ? t('dossier.closeNeedDate') : date < state.startDate ? t('dossier.closeBeforeStart', { date: formatDate(state.startDate) }) : null;

  async function confirm(): Promise<void> {
    setAsked(true);
    if (date === null || fault !== null) return;
    const result = await action.run({ id: state.id, endDate: date, pages });
    if (!result.ok) return;
    form.drop();
    onDone();
  }

  return (
    <Dialog
      title={t('dossier.do.close')}
      onClose={onClose}
      locked={action.busy}
      actions={
        <>
          <Button onPress={onClose} disabled={action.busy}>{t('action.cancel')}</Button>
          <Button kind="strong" disabled={action.busy} onPress={() => void confirm()}>{t('dossier.do.close')}</Button>
        </>
      }
    >
      <KeptNote form={form} />
      <p>{t('dossier.closeHelp')}</p>
      {checks.length > 0 && <Note tone="warn"><ul>{checks.map(({ check, documents }) => <li key={check}>{[t(`dossier.check.${check}`, { count: documents.length }), t(`dossier.fix.${check}`)].join('. ')}</li>)}</ul></Note>}
      <div className="columns">
        <DateField label={t('dossier.end')} value={date} onChange={(next) => form.set({ date: next })} error={asked && fault !== null ? fault : undefined} />
        <NumberField label={t('dossier.pages')} value={pages} onChange={(next) => form.set({ pages: next })} min={0} max={1_000_000} />
      </div>
      <ErrorNote error={action.error} />
    </Dialog>
  );
}
