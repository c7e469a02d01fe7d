import { useState } from 'react';
import type { DossierView } from '../../../src-shared/contract/dossiers.ts';
import type { DossierState } from '../../../src-shared/domain/records/dossier.ts';
import { KeptNote } from '../../app/kept-note.tsx';
import { useKeptForm } from '../../app/use-kept-form.ts';
import { useAction, useQuery } from '../../bridge/use-query.ts';
import { useT } from '../../i18n/context.tsx';
import { useToday } from '../../i18n/present.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/choice.tsx';
import { DateField } from '../../ui/date-field.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Select, TextField } from '../../ui/field.tsx';
import { ErrorNote } from '../../ui/note.tsx';
import { descriptionOf, findDossierFaults, newDossierValues, parseDossierValues, retentionOptions, valuesOfDossier, type DossierOrigin } from './dossier-values.ts';

type DossierFormProps = { readonly of: { readonly state: DossierState } | { readonly origin: DossierOrigin }; readonly onClose: () => void; readonly onDone: (view: DossierView) => void };

/** A dossier's description: a new one's, filled from its entry in the year's list, or one that is being mended. */
export function DossierForm({ of, onClose, onDone }: DossierFormProps) {
  const t = useT();
  const { data: app } = useQuery('app.state', {});
  const { data: directory } = useQuery('directory.people', {});
  const today = useToday();
  const editing = 'state' in of;
  const origin = editing ? null : of.origin;
  const entry = origin?.entry ?? null;
  const form = useKeptForm(
    editing ? `dossier:${of.state.id}` : `dossier-new:${origin?.year ?? ''}:${entry?.code ?? ''}`,
    editing ? valuesOfDossier(of.state) : newDossierValues(entry, app?.me.id ?? null, today),
    parseDossierValues,
  );
  const { value, set } = form;
  const open = useAction('dossiers.open');
  const edit = useAction('dossiers.edit');
  const [asked, setAsked] = useState(false);
  const faults = asked ? findDossierFaults(value) : {};
  const busy = open.busy || edit.busy;

  async function confirm(): Promise<void> {
    setAsked(true);
    const description = descriptionOf(value);
    if (description === null) return;
    const result = editing ? await edit.run({ id: of.state.id, ...description }) : await open.run({ ...description, year: of.origin.year, catalogueCode: entry?.code ?? null });
    if (!result.ok) return;
    form.drop();
    onDone(result.value);
  }

  return (
    <Dialog
      title={t(editing ? 'dossier.do.edit' : 'dossiers.open')}
      onClose={onClose}
      locked={busy}
      actions={
        <>
          <Button onPress={onClose} disabled={busy}>{t('action.cancel')}</Button>
          <Button kind="strong" disabled={busy} onPress={() => void confirm()}>{t(editing ? 'dossier.do.save' : 'dossier.do.open')}</Button>
        </>
      }
    >
      <KeptNote form={form} />
      {origin && <p className="quiet">{origin.entry ? t('dossier.fromCatalogue', { code: origin.entry.code, year: origin.year }) : t('dossier.selfDefined')}</p>}
      <TextField autoFocus label={t('dossier.code')} help={t('dossier.codeHelp')} maxLength={30} value={value.code} onChange={(code) => set({ code })} error={faults.code && t(faults.code)} />
      <TextField label={t('dossier.title')} lines={2} maxLength={500} value={value.title} onChange={(title) => set({ title })} error={faults.title && t(faults.title)} />
      <div className="columns">
        <Select label={t('dossier.retention')} value={value.retention} empty="" options={retentionOptions(value.retention, t)} onChange={(retention) => set({ retention })} error={faults.retention && t(faults.retention)} />
        <DateField label={t('dossier.start')} value={value.startDate} onChange={(startDate) => set({ startDate })} error={faults.startDate && t(faults.startDate)} />
      </div>
      <Select
        label={t('dossier.keeper')} value={value.keeper} empty={t('dossier.keeperNone')} onChange={(keeper) => set({ keeper })} error={faults.keeper && t(faults.keeper)}
        options={(directory?.people ?? []).map(({ id, fullName, position }) => ({ value: id, label: [fullName, position].filter(Boolean).join(' · ') }))}
      />
      <Checkbox checked={value.construction} onChange={(construction) => set({ construction })}>{t('dossier.construction')}</Checkbox>
      <TextField label={t('dossier.rights')} help={t('dossier.rightsHelp')} maxLength={30} value={value.rights} onChange={(rights) => set({ rights })} />
      <TextField label={t('dossier.note')} lines={2} maxLength={500} value={value.note} onChange={(note) => set({ note })} />
      <ErrorNote error={open.error ?? edit.error} />
    </Dialog>
  );
}
