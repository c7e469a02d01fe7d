import { useState } from 'react';
import { z } from 'zod';
import { isWorkingDay } from '../../../src-shared/domain/holidays.ts';
import { localDate } from '../../../src-shared/domain/ids.ts';
import type { DayOverride } from '../../../src-shared/domain/records/office.ts';
import { KeptNote } from '../../app/kept-note.tsx';
import { useKeptForm } from '../../app/use-kept-form.ts';
import { useAction } from '../../bridge/use-query.ts';
import { useT } from '../../i18n/context.tsx';
import { formatDate } from '../../i18n/format.ts';
import { Button } from '../../ui/button.tsx';
import { RadioGroup } from '../../ui/choice.tsx';
import { DateField } from '../../ui/date-field.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { ErrorNote } from '../../ui/note.tsx';
import { useToast } from '../../ui/toast.tsx';

const dayKinds = ['off', 'working', 'as-country'] as const;
const dayValues = z.object({ date: localDate.nullable(), kind: z.enum(dayKinds), name: z.string() });

type DayDialogProps = { readonly date: string | null; readonly days: readonly DayOverride[]; readonly onClose: () => void };

/** A day that this office keeps otherwise than the country's calendar: off, or worked instead of another. */
export function DayDialog({ date, days, onClose }: DayDialogProps) {
  const t = useT();
  const say = useToast();
  const set = useAction('office.setDay');
  const own = days.find((day) => day.date === date);
  const usual = date !== null && !isWorkingDay(date) ? 'working' : 'off';
  const form = useKeptForm<z.output<typeof dayValues>>(`day:${date ?? ''}`, { date, kind: own?.kind ?? usual, name: own?.name ?? '' }, (kept) => dayValues.safeParse(kept).data ?? null);
  const { value } = form;
  const [asked, setAsked] = useState(false);
  const unnamed = value.kind !== 'as-country' && value.name.trim() === '';

  async function confirm(): Promise<void> {
    setAsked(true);
    if (value.date === null || unnamed) return;
    const result = await set.run({ date: value.date, kind: value.kind, name: value.kind === 'as-country' ? '' : value.name.trim() });
    if (!result.ok) return;
    form.drop();
    onClose();
    say(t('days.kept', { date: formatDate(value.date) }));
  }

  return (
    <Dialog
      title={t('days.set')}
      onClose={onClose}
      locked={set.busy}
      actions={
        <>
          <Button onPress={onClose} disabled={set.busy}>{t('action.cancel')}</Button>
          <Button kind="strong" disabled={set.busy} onPress={() => void confirm()}>{t('days.keep')}</Button>
        </>
      }
    >
      <KeptNote form={form} />
      <DateField label={t('info.date')} value={value.date} onChange={(next) => form.set({ date: next })} error={asked && value.date === null ? t('task.needUntil') : undefined} />
      <RadioGroup label={t('days.how')} value={value.kind} onChange={(kind) => form.set({ kind })} options={dayKinds.map((kind) => ({ value: kind, label: t(`days.kind.${kind}`) }))} />
      {value.kind !== 'as-country' && <TextField label={t('days.why')} maxLength={100} value={value.name} onChange={(name) => form.set({ name })} help={t('days.whyHelp')} error={asked && unnamed ? t('days.needWhy') : undefined} />}
      <ErrorNote error={set.error} />
    </Dialog>
  );
}
