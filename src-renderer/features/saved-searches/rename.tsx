import { useState } from 'react';
import type { SavedSearch } from '../../../src-shared/contract/searches.ts';
import { useAction } from '../../bridge/use-query.ts';
import { useI18n } from '../../i18n/context.tsx';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';

/** In the place of its line. */
export function RenameSearch({ search, onClose }: { readonly search: SavedSearch; readonly onClose: () => void }) {
  const { t, describe } = useI18n();
  const [name, setName] = useState(search.name);
  const rename = useAction('searches.rename');

  async function confirm(): Promise<void> {
    if ((await rename.run({ id: search.id, name })).ok) onClose();
  }

  return (
    <div className="saved-search-rename">
      <TextField label={t('searches.name')} value={name} onChange={setName} maxLength={200} autoFocus onEnter={() => void confirm()} error={rename.error ? describe(rename.error) : undefined} />
      <Button kind="strong" size="small" busy={rename.busy} onPress={() => void confirm()}>{t('searches.keepName')}</Button>
      <Button size="small" onPress={onClose}>{t('searches.cancel')}</Button>
    </div>
  );
}
