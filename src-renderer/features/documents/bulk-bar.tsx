import { FolderInput, Mail, MailOpen, UserPlus, X } from 'lucide-react';
import { useState } from 'react';
import { maxChosen, type ListQuery } from '../../../src-shared/contract/documents.ts';
import type { DocumentState } from '../../../src-shared/domain/document.ts';
import { useAction, useBridge } from '../../bridge/use-query.ts';
import { useT } from '../../i18n/context.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { ErrorNote } from '../../ui/note.tsx';
import { ExportResults } from '../results/export-results.tsx';
import { FileDialog, mostFiled } from '../dossiers/file-dialog.tsx';
import { AssignDialog } from './assign-dialog.tsx';
import type { ChosenDocuments } from './use-chosen.ts';
import { useDone } from './use-done.ts';

/** `documents.markRead` takes a thousand at a time; an assignment is read through by a person before it is given. */
const mostMarked = 1000;
const mostAssigned = 200;

/** Of those chosen: what can be assigned, and what cannot (not presented yet, or done with). */
type Assigning = { readonly can: readonly DocumentState[]; readonly cannot: readonly DocumentState[]; readonly tooMany: boolean };

/** How many are chosen, and what can be done with all of them. */
export function BulkBar({ of, chosen, total }: { readonly of: ListQuery; readonly chosen: ChosenDocuments; readonly total: number }) {
  const t = useT();
  const bridge = useBridge();
  const done = useDone();
  const mark = useAction('documents.markRead');
  const [assigning, setAssigning] = useState<Assigning | null>(null);
  const [filing, setFiling] = useState(false);
  const most = Math.min(total, maxChosen);

  async function markAll(read: boolean): Promise<void> {
    for (let from = 0; from < chosen.ids.length; from += mostMarked) {
      const result = await mark.run({ ids: chosen.ids.slice(from, from + mostMarked), read });
      if (!result.ok) return;
    }
  }

  async function openAssign(): Promise<void> {
    if (chosen.count > mostAssigned) return setAssigning({ can: [], cannot: [], tooMany: true });
    const details = await Promise.all(chosen.ids.map((id) => bridge['documents.read']({ id })));
    const of = (assignable: boolean): readonly DocumentState[] => details.flatMap((detail) => (detail.ok && detail.value.actions.includes('assign') === assignable ? [detail.value.document] : []));
    setAssigning({ can: of(true), cannot: of(false), tooMany: false });
  }

  return (
    <div className="bulk-bar" role="group" aria-label={t('list.bulk')}>
      <p className="bulk-count" role="status"><strong>{t('list.chosen', { count: chosen.count })}</strong></p>
      {chosen.count < most && (
        <Button size="small" kind="quiet" onPress={() => void chosen.all()}>{t(total > maxChosen ? 'list.chooseFirst' : 'list.chooseAll', { count: most })}</Button>
      )}
      {total > maxChosen && chosen.count >= maxChosen && <span className="quiet">{t('list.mostChosen', { count: maxChosen })}</span>}
      <IconButton label={t('list.chooseNone')} icon={X} onPress={chosen.clear} />
      <Button size="small" icon={MailOpen} disabled={mark.busy} onPress={() => void markAll(true)}>{t('queue.read')}</Button>
      <Button size="small" icon={Mail} disabled={mark.busy} onPress={() => void markAll(false)}>{t('queue.unread')}</Button>
      <Button size="small" icon={UserPlus} onPress={() => void openAssign()}>{t('action.assign')}</Button>
      <Button size="small" icon={FolderInput} onPress={() => setFiling(true)}>{t('action.file')}</Button>
      <ExportResults of={of} total={total} chosen={chosen.ids} />
      <ErrorNote error={mark.error} />
      {filing && chosen.count > mostFiled && <p className="field-below text-bad" role="alert">{t('file.tooMany', { count: mostFiled })}</p>}
      {filing && chosen.count <= mostFiled && <FileDialog documents={chosen.ids} onClose={() => setFiling(false)} onDone={chosen.clear} />}
      {assigning && assigning.can.length === 0 && (
        <p className="field-below text-bad" role="alert">{assigning.tooMany ? t('list.tooManyToAssign', { count: mostAssigned }) : t('list.noneToAssign')}</p>
      )}
      {assigning && assigning.can.length > 0 && (
        <AssignDialog
          documents={assigning.can}
          leftOut={assigning.cannot}
          onClose={() => setAssigning(null)}
          onDone={(given) => done(t('done.assignMany', { count: given.length }), given)}
        />
      )}
    </div>
  );
}
