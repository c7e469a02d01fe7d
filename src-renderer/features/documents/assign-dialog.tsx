import { useState } from 'react';
import type { DocumentDetail } from '../../../src-shared/contract/documents.ts';
import type { DocumentState } from '../../../src-shared/domain/document.ts';
import { KeptNote } from '../../app/kept-note.tsx';
import { useKeptForm } from '../../app/use-kept-form.ts';
import { useQuery } from '../../bridge/use-query.ts';
import { useI18n } from '../../i18n/context.tsx';
import { formatDate, parseDate } from '../../i18n/format.ts';
import { useToday } from '../../i18n/present.ts';
import { Button } from '../../ui/button.tsx';
import { DateField } from '../../ui/date-field.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { CheckList, Select, TextField } from '../../ui/field.tsx';
import { ErrorNote } from '../../ui/note.tsx';
import { LeftOut, Refused } from './assign-left-out.tsx';
import { OwnDeadlines } from './assign-own-deadlines.tsx';
import { assignmentOf, assignValuesOf, findAssignFaults, parseAssign, withDayMoved } from './assign-values.ts';
import { DeadlineChoices } from './deadline-choices.tsx';
import { Phrases } from './phrases.tsx';
import { useAssign } from './use-assign.ts';

type AssignDialogProps = {
  /** One, or many that get the same. */
  readonly documents: readonly DocumentState[];
  /** What else was chosen and cannot be given out now. */
  readonly leftOut?: readonly DocumentState[];
  readonly onClose: () => void;
  /** What was given out, for the undo bar. Documents that refused stay in the dialog with their reason. */
  readonly onDone: (done: readonly DocumentDetail[]) => void;
};

/** One leads; others support or are told; a directive and a date. Beside each name stands how much that person carries already. */
export function AssignDialog({ documents, leftOut = [], onClose, onDone }: AssignDialogProps) {
  const { t } = useI18n();
  const { data: directory } = useQuery('directory.people', {});
  const [only] = documents;
  const form = useKeptForm(documents.length === 1 && only ? `assign:${only.id}` : 'assign', assignValuesOf(documents.length === 1 && only ? only.assignment : null), parseAssign);
  const { value, set } = form;
  const assign = useAssign();
  const [asked, setAsked] = useState(false);
  const today = useToday();
  const faults = asked ? findAssignFaults(value, today) : {};
  const { busy } = assign;
  const closed = assign.error?.code === 'deadline.closed-day';
  const day = closed ? parseDate(String(assign.error?.params?.['date'] ?? '')) : null;
  const next = closed ? parseDate(String(assign.error?.params?.['next'] ?? '')) : null;
  const options = (directory?.people ?? []).map(({ id, fullName, position, load }) => ({
    value: id,
    label: fullName,
    detail: [position, load.overdue > 0 ? t('assign.loadOverdue', load) : t('assign.load', { open: load.open })].filter(Boolean).join(' · '),
  }));
  const others = options.filter((option) => option.value !== value.lead);

  const nameOf = (person: string): string => directory?.people.find(({ id }) => id === person)?.fullName ?? person;

  async function confirm(keepDay: boolean): Promise<void> {
    setAsked(true);
    const assignment = assignmentOf(value);
    if (!assignment || Object.keys(findAssignFaults(value, today)).length > 0) return;
    // Pressed again after a failure: what was given out is not given twice
    const given = await assign.run(assign.failed.length > 0 ? assign.failed.map(({ document }) => document) : documents, assignment, keepDay);
    if (given === null) return;
    const { done, failed } = given;
    if (failed.length === 0) form.drop();
    if (done.length > 0) onDone(done);
    if (failed.length === 0) onClose();
  }

  function moveDay(from: string, to: string): void {
    set(withDayMoved(value, from, to));
    assign.clear();
  }

  return (
    <Dialog
      title={documents.length === 1 ? t('assign.title') : t('assign.titleMany', { count: documents.length })}
      onClose={onClose}
      locked={busy}
      actions={
        <>
          <Button onPress={onClose} disabled={busy}>{t('action.cancel')}</Button>
          <Button kind="strong" busy={busy} onPress={() => void confirm(false)}>{t('assign.confirm')}</Button>
        </>
      }
    >
      <KeptNote form={form} />
      {(documents.length > 1 || leftOut.length > 0) && <ul className="assign-documents" aria-label={t('assign.documents')}>{documents.map((one) => <li key={one.id}>{one.title}</li>)}</ul>}
      <LeftOut documents={leftOut} />
      <Select
        autoFocus
        label={t('info.lead')}
        value={value.lead}
        onChange={(lead) => set({ lead })}
        empty={t('assign.leadNone')}
        options={options.map((option) => ({ value: option.value, label: `${option.label} · ${option.detail}` }))}
        error={faults.lead && t(faults.lead)}
      />
      <div className="columns">
        <CheckList label={t('assign.support')} options={others} chosen={value.support} onChange={(support) => set({ support })} />
        <CheckList label={t('assign.inform')} options={others} chosen={value.inform} onChange={(inform) => set({ inform })} />
      </div>
      <div className="field">
        <TextField label={t('assign.directive')} lines={2} maxLength={1000} value={value.directive} onChange={(directive) => set({ directive })} />
        <Phrases current={value.directive} onChoose={(directive) => set({ directive })} />
      </div>
      <div className="field">
        <DateField label={t('info.deadline')} value={value.deadline} onChange={(deadline) => set({ deadline })} />
        {faults.deadline && <p className="text-bad field-below" role="alert">{t(faults.deadline)}</p>}
        <DeadlineChoices today={today} onChoose={(deadline) => set({ deadline })} />
      </div>
      <OwnDeadlines value={value} nameOf={nameOf} faults={faults} onChange={(each) => set({ each })} />
      <Refused failed={assign.failed} />
      <ErrorNote
        error={assign.error}
        action={closed && (
          <div className="phrases">
            {day !== null && next !== null && <Button size="small" onPress={() => moveDay(day, next)}>{t('task.useDay', { date: formatDate(next) })}</Button>}
            <Button size="small" onPress={() => void confirm(true)}>{t('task.keepDay')}</Button>
          </div>
        )}
      />
    </Dialog>
  );
}
