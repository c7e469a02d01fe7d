import { FileText } from 'lucide-react';
import { useRef, useState } from 'react';
import type { DossierState } from '../../../src-shared/domain/records/dossier.ts';
import { KeptNote } from '../../app/kept-note.tsx';
import { useKeptForm } from '../../app/use-kept-form.ts';
import { useAction } from '../../bridge/use-query.ts';
import { useT } from '../../i18n/context.tsx';
import { useToday } from '../../i18n/present.ts';
import { saveBytes } from '../../pdf/save-bytes.ts';
import { Button } from '../../ui/button.tsx';
import { DateField } from '../../ui/date-field.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { ErrorNote, Note } from '../../ui/note.tsx';
import { useToast } from '../../ui/toast.tsx';
import { useScrollStop } from '../../ui/use-scroll-stop.ts';
import { parseStageValues } from './stage-values.ts';

/** One or many go to the archive: the minutes for both sides to sign (NĐ 30/2020 Art 30.3), then the step itself. */
export function HandOverDialog({ dossiers, onClose }: { readonly dossiers: readonly DossierState[]; readonly onClose: () => void }) {
  const t = useT();
  const say = useToast();
  const minutes = useAction('dossiers.minutes');
  const handOver = useAction('dossiers.handOver');
  const today = useToday();
  const [only] = dossiers;
  const form = useKeptForm(dossiers.length === 1 && only ? `dossier-hand-over:${only.id}` : 'dossier-hand-over', { date: today, text: '', pages: null }, parseStageValues);
  const { date, text } = form.value;
  const [asked, setAsked] = useState(false);
  const [made, setMade] = useState<string | null>(null);
  // What was handed over is not handed over twice when one of many is refused
  const [done, setDone] = useState<readonly string[]>([]);
  const busy = minutes.busy || handOver.busy;
  const list = useRef<HTMLUListElement>(null);
  const tabIndex = useScrollStop(list);

  async function makeMinutes(): Promise<void> {
    setAsked(true);
    if (date === null || text.trim() === '') return;
    const result = await minutes.run({ ids: dossiers.map(({ id }) => id), receiver: text.trim(), date });
    if (!result.ok) return;
    saveBytes([new Uint8Array(result.value.bytes)], result.value.fileName);
    setMade(result.value.fileName);
  }

  async function confirm(): Promise<void> {
    setAsked(true);
    if (date === null || text.trim() === '') return;
    const gone = new Set(done);
    for (const { id } of dossiers.filter((one) => !gone.has(one.id))) {
      const result = await handOver.run({ id, receiver: text.trim(), date });
      if (!result.ok) return setDone([...gone]);
      gone.add(id);
    }
    form.drop();
    onClose();
    say(t('dossier.handedOver', { count: dossiers.length }));
  }

  return (
    <Dialog
      title={t('dossier.do.handOver')}
      onClose={onClose}
      locked={busy}
      actions={
        <>
          <Button onPress={onClose} disabled={busy}>{t('action.cancel')}</Button>
          <Button kind="strong" disabled={busy} onPress={() => void confirm()}>{t('dossier.handOverConfirm')}</Button>
        </>
      }
    >
      <KeptNote form={form} />
      <p>{t('dossier.handOverHelp')}</p>
      <ul ref={list} tabIndex={tabIndex} className="assign-documents" aria-label={t('dossier.handOverOf', { count: dossiers.length })}>{dossiers.map(({ id, code, title }) => <li key={id}>{code} · {title}</li>)}</ul>
      <TextField autoFocus label={t('dossier.receiver')} maxLength={200} value={text} onChange={(next) => form.set({ text: next })} error={asked && text.trim() === '' ? t('dossier.receiverNeeded') : undefined} />
      <DateField label={t('dossier.handOverDate')} value={date} onChange={(next) => form.set({ date: next })} error={asked && date === null ? t('dossier.handOverNeedDate') : undefined} />
      <div><Button icon={FileText} busy={minutes.busy} onPress={() => void makeMinutes()}>{t('dossier.minutes')}</Button></div>
      {made !== null && <Note tone="ok" live>{t('dossier.minutesMade', { name: made })}</Note>}
      <ErrorNote error={minutes.error ?? handOver.error} />
    </Dialog>
  );
}
