import { useState } from 'react';
import { z } from 'zod';
import { personId } from '../../../src-shared/domain/ids.ts';
import type { CatalogueEntry } from '../../../src-shared/domain/records/catalogue.ts';
import type { AppError } from '../../../src-shared/result.ts';
import { KeptNote } from '../../app/kept-note.tsx';
import { useKeptForm } from '../../app/use-kept-form.ts';
import { useQuery } from '../../bridge/use-query.ts';
import { useT } from '../../i18n/context.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Select, TextField } from '../../ui/field.tsx';
import { ErrorNote, Note } from '../../ui/note.tsx';
import { readRetention, retentionOptions } from './dossier-values.ts';

type EntryDialogProps = {
  readonly year: number;
  readonly asking: 'heading' | 'entry' | 'edit';
  /** The one that is changed; null: a new one. */
  readonly entry: CatalogueEntry | null;
  /** Any change takes the approval away. */
  readonly approved: boolean;
  readonly busy: boolean;
  readonly error: AppError | null;
  readonly onClose: () => void;
  /** Whether it was stored. */
  readonly onKeep: (entry: CatalogueEntry) => Promise<boolean>;
};

const entryValues = z.object({ code: z.string(), title: z.string(), retention: z.string(), keeper: personId.or(z.literal('')), note: z.string() });

/** One line of the year's list: a heading with its name, or a dossier that is planned. */
export function EntryDialog({ year, asking, entry, approved, busy, error, onClose, onKeep }: EntryDialogProps) {
  const t = useT();
  const heading = entry?.heading ?? asking === 'heading';
  const { data: directory } = useQuery('directory.people', {});
  const form = useKeptForm<z.output<typeof entryValues>>(
    `catalogue:${year}:${asking}:${entry?.code ?? ''}`,
    { code: entry?.code ?? '', title: entry?.title ?? '', retention: entry?.retention ? String(entry.retention) : '', keeper: entry?.keeper ?? '', note: entry?.note ?? '' },
    (kept) => entryValues.safeParse(kept).data ?? null,
  );
  const { value, set } = form;
  const [asked, setAsked] = useState(false);
  const retention = heading ? null : readRetention(value.retention);

  async function confirm(): Promise<void> {
    setAsked(true);
    if (value.code.trim() === '' || value.title.trim() === '' || (!heading && retention === null)) return;
    const stored = await onKeep({ code: value.code.trim(), heading, title: value.title.trim(), retention, keeper: heading || value.keeper === '' ? null : value.keeper, note: value.note.trim() });
    if (!stored) return;
    form.drop();
    onClose();
  }

  return (
    <Dialog
      title={t(asking === 'edit' ? 'catalogue.edit' : heading ? 'catalogue.addHeading' : 'catalogue.addEntry')}
      onClose={onClose}
      locked={busy}
      actions={
        <>
          <Button onPress={onClose} disabled={busy}>{t('action.cancel')}</Button>
          <Button kind="strong" disabled={busy} onPress={() => void confirm()}>{t('catalogue.save')}</Button>
        </>
      }
    >
      <KeptNote form={form} />
      {approved && <Note tone="warn">{t('catalogue.again')}</Note>}
      <TextField
        autoFocus label={t(heading ? 'catalogue.headingCode' : 'dossier.code')} help={t(heading ? 'catalogue.headingCodeHelp' : 'dossier.codeHelp')} maxLength={30}
        value={value.code} onChange={(code) => set({ code })} error={asked && value.code.trim() === '' ? t('dossier.needCode') : undefined}
      />
      <TextField label={t(heading ? 'catalogue.headingTitle' : 'dossiers.list.title')} lines={2} maxLength={500} value={value.title} onChange={(title) => set({ title })} error={asked && value.title.trim() === '' ? t('dossier.needTitle') : undefined} />
      {!heading && (
        <div className="columns">
          <Select
            label={t('dossier.retention')} value={value.retention} empty="" options={retentionOptions(value.retention, t)} onChange={(next) => set({ retention: next })}
            error={asked && retention === null ? t('dossier.needRetention') : undefined}
          />
          <Select
            label={t('dossier.keeper')} value={value.keeper} empty={t('dossier.keeperNone')} onChange={(keeper) => set({ keeper })}
            options={(directory?.people ?? []).map(({ id, fullName }) => ({ value: id, label: fullName }))}
          />
        </div>
      )}
      <TextField label={t('dossier.note')} maxLength={500} value={value.note} onChange={(note) => set({ note })} />
      <ErrorNote error={error} />
    </Dialog>
  );
}
