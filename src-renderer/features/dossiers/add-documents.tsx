import { useDeferredValue, useState } from 'react';
import type { DocumentId } from '../../../src-shared/domain/ids.ts';
import type { DossierState } from '../../../src-shared/domain/records/dossier.ts';
import { useAction, useQueries } from '../../bridge/use-query.ts';
import { useT } from '../../i18n/context.tsx';
import { formatDate } from '../../i18n/format.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { CheckList, TextField } from '../../ui/field.tsx';
import { ErrorNote } from '../../ui/note.tsx';
import { useToast } from '../../ui/toast.tsx';
import { fullNumber } from '../documents/names.ts';

const folders = ['incoming', 'outgoing'] as const;
const mostFound = 30;

/** Found by words or by number among what came and what goes out; several at once. What was chosen stays chosen while another word is looked for. */
export function AddDocuments({ state, onClose }: { readonly state: DossierState; readonly onClose: () => void }) {
  const t = useT();
  const say = useToast();
  const file = useAction('dossiers.file');
  const [query, setQuery] = useState('');
  const [chosen, setChosen] = useState<ReadonlyMap<DocumentId, string>>(new Map());
  const words = useDeferredValue(query.trim());
  const answers = useQueries('documents.list', folders.map((folder) => ({ folder, query: words, offset: 0, limit: mostFound })));
  const known = answers.every(({ data }) => data !== undefined);
  const here = new Set(state.documents);
  const found = answers.flatMap(({ data }) => data?.rows ?? []).filter(({ document }) => !here.has(document.id)).map(({ document }) => document);
  const options = found.map((one) => ({ value: one.id, label: one.title, detail: [fullNumber(one, t), one.issuedDate && formatDate(one.issuedDate), one.from.name].filter(Boolean).join(' · ') }));
  const kept = [...chosen].filter(([id]) => !found.some((one) => one.id === id)).map(([value, label]) => ({ value, label }));

  function choose(ids: readonly DocumentId[]): void {
    const titles = new Map([...chosen, ...found.map((one) => [one.id, one.title] as const)]);
    setChosen(new Map(ids.map((id) => [id, titles.get(id) ?? ''])));
  }

  async function confirm(): Promise<void> {
    const result = await file.run({ id: state.id, documents: [...chosen.keys()] });
    if (!result.ok) return;
    say(t('dossier.added', { count: chosen.size, code: state.code }));
    onClose();
  }

  return (
    <Dialog
      size="wide"
      title={t('dossier.add')}
      onClose={onClose}
      locked={file.busy}
      actions={
        <>
          <Button onPress={onClose} disabled={file.busy}>{t('action.cancel')}</Button>
          <Button kind="strong" disabled={file.busy || chosen.size === 0} onPress={() => void confirm()}>{t('dossier.addConfirm', { count: chosen.size })}</Button>
        </>
      }
    >
      <TextField autoFocus label={t('dossier.addSearch')} help={t('dossier.addHelp')} maxLength={200} value={query} onChange={setQuery} />
      {known && options.length + kept.length === 0 ? <p role="status">{t('dossier.addNone')}</p> : (
        <div className="dossier-choices"><CheckList label={t('dossier.addFound')} options={[...kept, ...options]} chosen={[...chosen.keys()]} onChange={choose} /></div>
      )}
      <ErrorNote error={file.error} />
    </Dialog>
  );
}
