import { BookmarkPlus } from 'lucide-react';
import { useState } from 'react';
import type { Folder, QuickFilter } from '../../../src-shared/contract/documents.ts';
import { proposeSearchName } from '../../../src-shared/domain/saved-search.ts';
import { useCommand } from '../../app/commands.tsx';
import { useAction } from '../../bridge/use-query.ts';
import { useI18n, useT } from '../../i18n/context.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { useToast } from '../../ui/toast.tsx';
import { describeSearch } from './use-saved-searches.ts';

type Asked = { readonly folder: Folder; readonly query: string; readonly quick: readonly QuickFilter[] };

/** Keeps what the list is narrowed to, under a name. */
export function SaveSearch({ asked }: { readonly asked: Asked }) {
  const t = useT();
  const [naming, setNaming] = useState(false);
  useCommand({ id: 'searches.save', words: t('searches.save'), group: 'list', run: () => setNaming(true) });
  return (
    <>
      <Button size="small" icon={BookmarkPlus} onPress={() => setNaming(true)}>{t('searches.save')}</Button>
      {naming && <SaveDialog asked={asked} onClose={() => setNaming(false)} />}
    </>
  );
}

function SaveDialog({ asked, onClose }: { readonly asked: Asked; readonly onClose: () => void }) {
  const { t, describe } = useI18n();
  const say = useToast();
  const [name, setName] = useState(() => proposeSearchName(asked.query, asked.quick.map((filter) => t(`list.filter.${filter}`))));
  const save = useAction('searches.save');

  async function confirm(): Promise<void> {
    const saved = await save.run({ ...asked, quick: [...asked.quick], name });
    if (!saved.ok) return;
    say(t('searches.saved', { name: saved.value.name }));
    onClose();
  }

  return (
    <Dialog
      title={t('searches.save')} onClose={onClose}
      actions={<><Button onPress={onClose}>{t('searches.cancel')}</Button><Button kind="strong" busy={save.busy} onPress={() => void confirm()}>{t('searches.saveDo')}</Button></>}
    >
      <p><strong>{describeSearch(asked, t)}</strong></p>
      <TextField label={t('searches.name')} value={name} onChange={setName} maxLength={200} autoFocus onEnter={() => void confirm()} help={t('searches.nameHelp')} error={save.error ? describe(save.error) : undefined} />
    </Dialog>
  );
}
