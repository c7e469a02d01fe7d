import { useState } from 'react';
import { useAction, useQuery } from '../../bridge/use-query.ts';
import { useI18n } from '../../i18n/context.tsx';
import { formatBytes } from '../../i18n/format.ts';
import { Button } from '../../ui/button.tsx';
import { RadioGroup } from '../../ui/choice.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { ErrorNote, Note } from '../../ui/note.tsx';
import { useToast } from '../../ui/toast.tsx';

const typed = 'typed';

/** Where backups go: one of the drives that are there, or a folder by its path. */
export function BackupPlaceDialog({ folder, onClose }: { readonly folder: string | null; readonly onClose: () => void }) {
  const { t, locale } = useI18n();
  const say = useToast();
  const { data } = useQuery('backup.places', {});
  const set = useAction('backup.setFolder');
  const [chosen, setChosen] = useState<string | null>(null);
  const [path, setPath] = useState<string | null>(null);
  const [asked, setAsked] = useState(false);
  const places = data?.places ?? [];
  const known = places.some((place) => place.path === folder);
  const value = chosen ?? (folder === null ? (places[0]?.path ?? typed) : known ? folder : typed);
  const written = path ?? (known ? '' : (folder ?? ''));
  const target = value === typed ? written.trim() : value;

  async function confirm(): Promise<void> {
    setAsked(true);
    if (target === '') return;
    const result = await set.run({ folder: target });
    if (!result.ok) return;
    onClose();
    say(t('backup.placeSet'));
  }

  async function turnOff(): Promise<void> {
    const result = await set.run({ folder: null });
    if (!result.ok) return;
    onClose();
    say(t('backup.placeOff'));
  }

  return (
    <Dialog
      title={t('backup.choose')}
      onClose={onClose}
      locked={set.busy}
      actions={
        <>
          {folder !== null && <Button disabled={set.busy} onPress={() => void turnOff()}>{t('backup.turnOff')}</Button>}
          <Button onPress={onClose} disabled={set.busy}>{t('action.cancel')}</Button>
          <Button kind="strong" disabled={set.busy} onPress={() => void confirm()}>{t('backup.placeConfirm')}</Button>
        </>
      }
    >
      <p>{t('backup.placeHelp')}</p>
      <RadioGroup
        label={t('backup.place')} value={value} onChange={setChosen}
        options={[
          ...places.map((place) => ({ value: place.path, label: place.path, detail: t(place.removable ? 'backup.placeFree' : 'backup.placeOwn', { free: formatBytes(place.freeBytes, locale) }) })),
          { value: typed, label: t('backup.placeTyped') },
        ]}
      />
      {value === typed && <TextField label={t('backup.path')} maxLength={1000} value={written} onChange={setPath} help={t('backup.pathHelp')} error={asked && target === '' ? t('backup.needPath') : undefined} />}
      {places.find((place) => place.path === value)?.removable === false && <Note tone="warn">{t('backup.placeOwnWarn')}</Note>}
      <ErrorNote error={set.error} />
    </Dialog>
  );
}
