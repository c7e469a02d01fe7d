import { useState } from 'react';
import { z } from 'zod';
import { contentRef } from '../../../src-shared/domain/content.ts';
import { localDate, personId } from '../../../src-shared/domain/ids.ts';
import { grantCapacities } from '../../../src-shared/domain/records/office.ts';
import type { AppState } from '../../app/app-state.ts';
import { KeptNote } from '../../app/kept-note.tsx';
import { useKeptForm } from '../../app/use-kept-form.ts';
import { useAction, useQuery } from '../../bridge/use-query.ts';
import { useT } from '../../i18n/context.tsx';
import { useToday } from '../../i18n/present.ts';
import { Button } from '../../ui/button.tsx';
import { DateField } from '../../ui/date-field.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Select, TextField } from '../../ui/field.tsx';
import { ErrorNote } from '../../ui/note.tsx';
import { useToast } from '../../ui/toast.tsx';
import { FileField } from '../draft/file-field.tsx';
import { useImport } from '../draft/use-import.ts';

const grantValues = z.object({
  to: personId.or(z.literal('')), capacity: z.enum(grantCapacities), firstDay: localDate.nullable(), lastDay: localDate.nullable(), basis: z.string(),
  file: z.object({ content: contentRef, pages: z.int() }).nullable(),
});
type GrantValues = z.output<typeof grantValues>;

/** Gives somebody leave to act for the person at this desk, in their own role, for a time (NĐ 30/2020 Art 13). */
export function GiveGrant({ app, onClose }: { readonly app: AppState; readonly onClose: () => void }) {
  const t = useT();
  const say = useToast();
  const { data: directory } = useQuery('directory.people', {});
  const give = useAction('grants.give');
  const today = useToday();
  const form = useKeptForm<GrantValues>('grant', { to: '', capacity: app.role === 'leader' ? 'KT.' : 'TL.', firstDay: today, lastDay: null, basis: '', file: null }, (kept) => grantValues.safeParse(kept).data ?? null);
  const { value, set } = form;
  const file = useImport((taken) => set({ file: taken }));
  const [asked, setAsked] = useState(false);
  const { to, firstDay, lastDay } = value;
  const paperNeeded = value.capacity === 'TUQ.' && value.basis.trim() === '';
  const wrongOrder = firstDay !== null && lastDay !== null && lastDay < firstDay;
  const people = (directory?.people ?? []).filter(({ id }) => id !== app.me.id);

  async function confirm(): Promise<void> {
    setAsked(true);
    if (to === '' || firstDay === null || lastDay === null || wrongOrder || paperNeeded) return;
    const result = await give.run({ to, capacity: value.capacity, lends: app.role, firstDay, lastDay, basis: value.basis.trim(), content: value.file?.content ?? null });
    if (!result.ok) return;
    form.drop();
    onClose();
    say(t('grant.given'));
  }

  return (
    <Dialog
      title={t('grant.give')}
      onClose={onClose}
      locked={give.busy}
      actions={
        <>
          <Button onPress={onClose} disabled={give.busy}>{t('action.cancel')}</Button>
          <Button kind="strong" disabled={give.busy || file.busy} onPress={() => void confirm()}>{t('grant.giveConfirm')}</Button>
        </>
      }
    >
      <KeptNote form={form} />
      <p>{t('grant.giveHelp', { role: t(`role.${app.role}`).toLowerCase() })}</p>
      <Select
        autoFocus label={t('grant.to')} value={to} empty={t('grant.toNone')} onChange={(next) => set({ to: next })} error={asked && to === '' ? t('grant.needTo') : undefined}
        options={people.map(({ id, fullName, position }) => ({ value: id, label: [fullName, position].filter(Boolean).join(' · ') }))}
      />
      <Select label={t('grant.capacity')} value={value.capacity} onChange={(capacity) => set({ capacity })} options={grantCapacities.map((one) => ({ value: one, label: t(`grant.capacity.${one}`) }))} />
      <div className="columns">
        <DateField label={t('grant.firstDay')} value={firstDay} onChange={(next) => set({ firstDay: next })} error={asked && firstDay === null ? t('task.needUntil') : undefined} />
        <DateField
          label={t('grant.lastDay')} value={lastDay} onChange={(next) => set({ lastDay: next })} {...(firstDay === null ? {} : { min: firstDay })}
          error={!asked ? undefined : lastDay === null ? t('task.needUntil') : wrongOrder ? t('grant.wrongOrder') : undefined}
        />
      </div>
      <TextField label={t('grant.basis')} maxLength={300} value={value.basis} onChange={(basis) => set({ basis })} help={t('grant.basisHelp')} error={asked && paperNeeded ? t('grant.needBasis') : undefined} />
      <FileField
        state={file.state.state === 'none' && value.file ? { state: 'ready', file: value.file } : file.state} onChoose={(chosen) => void file.take(chosen)} disabled={give.busy} missing={false}
        words={{ help: t('grant.fileHelp'), missing: '' }}
      />
      <ErrorNote error={give.error} />
    </Dialog>
  );
}
