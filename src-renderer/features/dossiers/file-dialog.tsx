import { FolderPlus } from 'lucide-react';
import { useDeferredValue, useState } from 'react';
import type { DossierView } from '../../../src-shared/contract/dossiers.ts';
import type { DocumentId } from '../../../src-shared/domain/ids.ts';
import { goTo } from '../../app/route.ts';
import { useAction, useQuery } from '../../bridge/use-query.ts';
import { useT } from '../../i18n/context.tsx';
import { useToday } from '../../i18n/present.ts';
import { Button } from '../../ui/button.tsx';
import { RadioGroup } from '../../ui/choice.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { ErrorNote } from '../../ui/note.tsx';
import { useToast } from '../../ui/toast.tsx';
import { DossierForm } from './dossier-form.tsx';

type FileDialogProps = { readonly documents: readonly DocumentId[]; readonly onClose: () => void; readonly onDone?: () => void };

/** `dossiers.file` takes as many at a time. */
export const mostFiled = 500;
const mostFound = 20;

/** “Đưa vào hồ sơ”, for one document or many: the dossiers that were used last, any other by its words, or a new one. */
export function FileDialog({ documents, onClose, onDone }: FileDialogProps) {
  const t = useT();
  const say = useToast();
  const file = useAction('dossiers.file');
  const [text, setText] = useState('');
  const [dossier, setDossier] = useState<DocumentId | null>(null);
  const [asked, setAsked] = useState(false);
  const [opening, setOpening] = useState(false);
  const year = Number(useToday().slice(0, 4));
  const words = useDeferredValue(text.trim());
  const { data: atHand } = useQuery('dossiers.atHand', {});
  const { data: found } = useQuery('dossiers.list', { text: words, stage: 'open', year: null, offset: 0, limit: mostFound });
  const rows: readonly DossierView[] = (words === '' ? atHand?.recent : found?.rows) ?? [];
  const known = words === '' ? atHand !== undefined : found !== undefined;

  async function put({ state: { id, code } }: DossierView): Promise<void> {
    const result = await file.run({ id, documents: [...documents] });
    if (!result.ok) return setOpening(false);
    onClose();
    onDone?.();
    say(t('dossier.added', { count: documents.length, code }), { label: t('file.see'), run: () => goTo('dossiers', id) });
  }

  function confirm(): void {
    setAsked(true);
    const chosen = rows.find(({ state }) => state.id === dossier);
    if (chosen) void put(chosen);
  }

  if (opening) return <DossierForm of={{ origin: { year, entry: null } }} onClose={() => setOpening(false)} onDone={(view) => void put(view)} />;
  return (
    <Dialog
      title={t('file.title', { count: documents.length })}
      onClose={onClose}
      locked={file.busy}
      actions={
        <>
          <Button onPress={onClose} disabled={file.busy}>{t('action.cancel')}</Button>
          <Button kind="strong" disabled={file.busy} onPress={confirm}>{t('action.file')}</Button>
        </>
      }
    >
      <TextField autoFocus label={t('dossiers.search')} maxLength={200} value={text} onChange={setText} />
      {rows.length > 0 && (
        <div className="dossier-choices">
          <RadioGroup
            label={t(words === '' ? 'file.recent' : 'file.found')}
            value={dossier}
            onChange={setDossier}
            error={asked && !rows.some(({ state }) => state.id === dossier) ? t('file.choose') : undefined}
            options={rows.map(({ state }) => {
              const here = documents.every((id) => state.documents.includes(id));
              return { value: state.id, label: `${state.code} · ${state.title}`, disabled: here, ...(here ? { detail: t('file.already') } : {}) };
            })}
          />
        </div>
      )}
      {known && rows.length === 0 && <p role="status">{t(words === '' ? 'file.none' : 'dossiers.notFound')}</p>}
      <div><Button icon={FolderPlus} disabled={file.busy} onPress={() => setOpening(true)}>{t('file.new')}</Button></div>
      <ErrorNote error={file.error} />
    </Dialog>
  );
}
