import { useState } from 'react';
import type { DocumentId } from '../../../src-shared/domain/ids.ts';
import { evaluationGrades, type Task } from '../../../src-shared/domain/task.ts';
import { KeptNote } from '../../app/kept-note.tsx';
import { useKeptForm } from '../../app/use-kept-form.ts';
import { useQuery } from '../../bridge/use-query.ts';
import { useT } from '../../i18n/context.tsx';
import { formatDate, parseDate } from '../../i18n/format.ts';
import { useToday } from '../../i18n/present.ts';
import { Button } from '../../ui/button.tsx';
import { RadioGroup } from '../../ui/choice.tsx';
import { DateField } from '../../ui/date-field.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Select, TextField } from '../../ui/field.tsx';
import { ErrorNote } from '../../ui/note.tsx';
import { NumberField } from '../../ui/number-field.tsx';
import { DeadlineChoices } from '../documents/deadline-choices.tsx';
import { AnswerField } from './answer-field.tsx';
import { findTaskFaults, parseTaskValues, taskValuesOf, type TaskAsking } from './task-asking.ts';
import { useTaskDeeds } from './use-task-deed.ts';

type TaskDialogProps = { readonly id: DocumentId; readonly asking: TaskAsking; /** The part it is about; null where it is about the whole document. */ readonly task: Task | null; /** Whose part it is. */ readonly name: string; readonly onClose: () => void };

const steps = [25, 50, 75, 100];

/** One small form for each thing that needs more than a press; what is typed is kept when the window goes. */
export function TaskDialog({ id, asking, task, name, onClose }: TaskDialogProps) {
  const t = useT();
  const { verb, person } = asking;
  const { data: directory } = useQuery('directory.people', {});
  const { data: app } = useQuery('app.state', {});
  const form = useKeptForm(`task-${verb}:${id}:${person ?? ''}`, taskValuesOf(verb, task), parseTaskValues);
  const { value, set } = form;
  const deeds = useTaskDeeds(id);
  const [asked, setAsked] = useState(false);
  const today = useToday();
  const faults = asked ? findTaskFaults(verb, value, task, today) : {};
  const closed = deeds.error?.code === 'deadline.closed-day';
  const next = closed ? parseDate(String(deeds.error?.params?.['next'] ?? '')) : null;

  async function confirm(keepDay: boolean): Promise<void> {
    setAsked(true);
    if (Object.keys(findTaskFaults(verb, value, task, today)).length > 0) return;
    if (!(await deeds.send(asking, value, keepDay))) return;
    form.drop();
    onClose();
  }

  const dated = verb === 'extend' || verb === 'passOn';
  return (
    <Dialog
      title={person !== null && (verb === 'remind' || verb === 'evaluate' || verb === 'refuseExtension') ? t(`task.title.${verb}`, { name }) : t(`task.do.${verb}`)}
      onClose={onClose}
      locked={deeds.busy}
      actions={
        <>
          <Button onPress={onClose} disabled={deeds.busy}>{t('action.cancel')}</Button>
          <Button kind="strong" disabled={deeds.busy} onPress={() => void confirm(false)}>{t(`task.confirm.${verb}`)}</Button>
        </>
      }
    >
      <KeptNote form={form} />
      <p>{t(`task.help.${verb}`)}</p>
      {verb === 'report' && (
        <div className="field">
          <NumberField label={t('task.percent')} value={value.percent} onChange={(percent) => set({ percent })} min={0} max={100} step={5} unit="%" error={faults.percent && t(faults.percent)} />
          <div className="phrases" role="group" aria-label={t('task.percent')}>{steps.map((percent) => <Button key={percent} size="small" onPress={() => set({ percent })}>{`${percent} %`}</Button>)}</div>
        </div>
      )}
      {verb === 'passOn' && (
        <Select
          autoFocus
          label={t('task.passTo')}
          value={value.person}
          onChange={(to) => set({ person: to })}
          empty={t('task.passToNone')}
          options={(directory?.people ?? []).filter((one) => one.id !== app?.me.id).map((one) => ({
            value: one.id,
            label: `${one.fullName} · ${[one.position, one.load.overdue > 0 ? t('assign.loadOverdue', one.load) : t('assign.load', { open: one.load.open })].filter(Boolean).join(' · ')}`,
          }))}
          error={faults.person && t(faults.person)}
        />
      )}
      {verb === 'evaluate' && (
        <RadioGroup label={t('task.grade')} value={value.grade} onChange={(grade) => set({ grade })} options={evaluationGrades.map((grade) => ({ value: grade, label: t(`task.grade.${grade}`) }))} error={faults.grade && t(faults.grade)} />
      )}
      {verb === 'finish' && <AnswerField id={id} value={value.answer} onChange={(answer) => set({ answer })} />}
      {dated && (
        <div className="field">
          {verb === 'extend' && task?.deadline && <p className="quiet">{t('task.deadlineNow', { date: formatDate(task.deadline) })}</p>}
          <DateField label={t(verb === 'extend' ? 'task.until' : 'info.deadline')} value={value.until} onChange={(until) => set({ until })} error={faults.until && t(faults.until)} />
          <DeadlineChoices today={today} onChoose={(until) => set({ until })} />
        </div>
      )}
      <TextField
        label={t(`task.text.${verb}`)}
        lines={3}
        maxLength={1000}
        value={value.text}
        onChange={(text) => set({ text })}
        autoFocus={!dated && verb !== 'report' && verb !== 'evaluate'}
        error={faults.text && t(faults.text)}
      />
      <ErrorNote
        error={deeds.error}
        action={closed && (
          <div className="phrases">
            {next !== null && <Button size="small" onPress={() => set({ until: next })}>{t('task.useDay', { date: formatDate(next) })}</Button>}
            <Button size="small" onPress={() => void confirm(true)}>{t('task.keepDay')}</Button>
          </div>
        )}
      />
    </Dialog>
  );
}
