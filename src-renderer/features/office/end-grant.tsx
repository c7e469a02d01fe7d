import { useState } from 'react';
import { z } from 'zod';
import { localDate } from '../../../src-shared/domain/ids.ts';
import { earliestEnd } from '../../../src-shared/domain/records/grants.ts';
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
import { endMeans, type GrantRow } from './grant-words.ts';

const endValues = z.object({ lastDay: localDate.nullable(), reason: z.string() });

type EndGrantProps = { readonly grant: GrantRow; readonly name: string; readonly today: string; readonly onClose: () => void };

/** Takes a leave back before its time, with the reason. What was done by it stands. */
export function EndGrant({ grant, name, today, onClose }: EndGrantProps) {
  const t = useT();
  const say = useToast();
  const end = useAction('grants.end');
  // today is the last day on which it holds, so that what was done by it this morning was done in its time
  const form = useKeptForm<z.output<typeof endValues>>(`grant-end:${grant.id}`, { lastDay: today, reason: '' }, (kept) => endValues.safeParse(kept).data ?? null);
  const { value, set } = form;
  const [asked, setAsked] = useState(false);
  const earliest = earliestEnd(today);
  const dayFault = value.lastDay === null ? t('task.needUntil') : value.lastDay > grant.lastDay ? t('grant.endTooLate', { date: formatDate(grant.lastDay) }) : value.lastDay < earliest ? t('grant.endTooEarly', { date: formatDate(earliest) }) : undefined;

  async function confirm(): Promise<void> {
    setAsked(true);
    if (value.lastDay === null || dayFault !== undefined || value.reason.trim() === '') return;
    const result = await end.run({ grant: grant.id, lastDay: value.lastDay, reason: value.reason.trim() });
    if (!result.ok) return;
    form.drop();
    onClose();
    say(t(endMeans(grant, value.lastDay, today) === 'day' ? 'grant.endsOn' : 'grant.ended', { name, date: formatDate(value.lastDay) }));
  }

  return (
    <Dialog
      title={t('grant.endTitle', { name })}
      onClose={onClose}
      locked={end.busy}
      actions={
        <>
          <Button onPress={onClose} disabled={end.busy}>{t('action.cancel')}</Button>
          <Button kind="strong" disabled={end.busy} onPress={() => void confirm()}>{t('command.endGrant')}</Button>
        </>
      }
    >
      <KeptNote form={form} />
      <p>{t('grant.endHelp')}</p>
      <DateField label={t('grant.endDay')} value={value.lastDay} onChange={(lastDay) => set({ lastDay })} min={earliest} error={asked ? dayFault : undefined} />
      {value.lastDay !== null && dayFault === undefined && <p role="status" className="quiet">{t(`grant.endMeans.${endMeans(grant, value.lastDay, today)}`, { date: formatDate(value.lastDay) })}</p>}
      <TextField label={t('reason.refuseLabel')} lines={3} maxLength={1000} value={value.reason} onChange={(reason) => set({ reason })} autoFocus error={asked && value.reason.trim() === '' ? t('task.needReason') : undefined} />
      <ErrorNote error={end.error} />
    </Dialog>
  );
}
