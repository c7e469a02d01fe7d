import { Mail, MailOpen, UserPlus, X } from 'lucide-react';
import { useState } from 'react';
import type { DocumentState } from '../../../src-shared/domain/document.ts';
import { useAction, useBridge } from '../../bridge/use-query.ts';
import { useT } from '../../i18n/context.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { ErrorNote } from '../../ui/note.tsx';
import { AssignDialog } from './assign-dialog.tsx';
import type { ChosenDocuments } from './use-chosen.ts';
import { useDone } from './use-done.ts';

/** `documents.markRead` takes a thousand at a time; an assignment is read through by a person before it is given. */
const mostMarked = 1000;
const mostAssigned = 200;

/** How many are chosen, and what can be done with all of them. */
export function BulkBar({ chosen, total }: { readonly chosen: ChosenDocuments; readonly total: number }) {
  const t = useT();
  const bridge = useBridge();
  const done = useDone();
  const mark = useAction('documents.markRead');
  const [assigning, setAssigning] = useState<readonly DocumentState[] | null>(null);

  async function markAll(read: boolean): Promise<void> {
    for (let from = 0; from < chosen.ids.length; from += mostMarked) {
      const result = await mark.run({ ids: chosen.ids.slice(from, from + mostMarked), read });
      if (!result.ok) return;
    }
  }

  async function openAssign(): Promise<void> {
    const details = await Promise.all(chosen.ids.slice(0, mostAssigned).map((id) => bridge['documents.read']({ id })));
    setAssigning(details.flatMap((detail) => (detail.ok && detail.value.actions.includes('assign') ? [detail.value.document] : [])));
  }

  return (
    <div className="bulk-bar" role="group" aria-label={t('list.bulk')}>
      <p className="bulk-count" role="status"><strong>{t('list.chosen', { count: chosen.count })}</strong></p>
      {chosen.count < total && <Button size="small" kind="quiet" onPress={() => void chosen.all()}>{t('list.chooseAll', { count: total })}</Button>}
      <Button size="small" icon={MailOpen} disabled={mark.busy} onPress={() => void markAll(true)}>{t('list.markRead')}</Button>
      <Button size="small" icon={Mail} disabled={mark.busy} onPress={() => void markAll(false)}>{t('list.markUnread')}</Button>
      <Button size="small" icon={UserPlus} disabled={chosen.count > mostAssigned} onPress={() => void openAssign()}>{t('action.assign')}</Button>
      <IconButton label={t('list.chooseNone')} icon={X} onPress={chosen.clear} />
      <ErrorNote error={mark.error} />
      {assigning && assigning.length === 0 && <p className="field-below text-bad" role="alert">{t('list.noneToAssign')}</p>}
      {assigning && assigning.length > 0 && (
        <AssignDialog
          documents={assigning}
          onClose={() => setAssigning(null)}
          onDone={(given) => done(t('done.assignMany', { count: given.length }), given)}
        />
      )}
    </div>
  );
}
