import { useState } from 'react';
import type { DocumentState } from '../../../src-shared/domain/document.ts';
import { KeptNote } from '../../app/kept-note.tsx';
import { useKeptForm } from '../../app/use-kept-form.ts';
import { useAction } from '../../bridge/use-query.ts';
import { useT } from '../../i18n/context.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNote, Note } from '../../ui/note.tsx';
import { useDone } from '../documents/use-done.ts';
import { DraftFields } from './draft-fields.tsx';
import { draftChanges, draftOf, findDescriptionFaults, findSecretFaults, parseDescription } from './draft-values.ts';
import { useAttachments } from './use-attachments.ts';

/** Puts right what a draft says of itself, its receivers and the files that go with it; its own file is changed by another dialog. */
export function EditDraft({ document, onClose }: { readonly document: DocumentState; readonly onClose: () => void }) {
  const t = useT();
  const done = useDone();
  const [before] = useState(() => draftOf(document));
  const form = useKeptForm(`edit:${document.id}:${document.versions.workflow}`, before, parseDescription);
  const edit = useAction('documents.edit');
  const [asked, setAsked] = useState(false);
  const { value, set } = form;
  const attachments = useAttachments(value.attachments, (attached) => set({ attachments: attached }));
  const changes = draftChanges(before, value);

  async function confirm(): Promise<void> {
    setAsked(true);
    if (changes === null || Object.keys(findDescriptionFaults(value)).length > 0) return;
    const result = await edit.run({ id: document.id, ...changes });
    if (!result.ok) return;
    form.drop();
    onClose();
    done(t('draft.edited'), [result.value]);
  }

  return (
    <Dialog
      title={t('command.edit')}
      onClose={onClose}
      locked={edit.busy}
      actions={
        <>
          <Button onPress={onClose} disabled={edit.busy}>{t('action.cancel')}</Button>
          <Button kind="strong" disabled={edit.busy || attachments.busy} onPress={() => void confirm()}>{t('paper.editSave')}</Button>
        </>
      }
    >
      <KeptNote form={form} />
      {asked && changes === null && <Note tone="warn" live>{t('paper.nothingChanged')}</Note>}
      <DraftFields value={value} set={set} faults={asked ? findDescriptionFaults(value) : findSecretFaults(value)} attachments={attachments} disabled={edit.busy} />
      <ErrorNote error={edit.error} />
    </Dialog>
  );
}
