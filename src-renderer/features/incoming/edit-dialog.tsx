import { useState } from 'react';
import type { DocumentState } from '../../../src-shared/domain/document.ts';
import { KeptNote } from '../../app/kept-note.tsx';
import { useKeptForm } from '../../app/use-kept-form.ts';
import { useAction } from '../../bridge/use-query.ts';
import { useT } from '../../i18n/context.tsx';
import { useToday } from '../../i18n/present.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNote, Note } from '../../ui/note.tsx';
import { useDone } from '../documents/use-done.ts';
import { DescriptionFields } from './description-fields.tsx';
import { changesOf, describedOf, findDescribedFaults, findTypedFaults, parseDescribed } from './paper-values.ts';
import { SameDocument } from './same-document.tsx';

/** Puts right what was written down of a document that no office of this system sent. */
export function EditReceived({ document, onClose }: { readonly document: DocumentState; readonly onClose: () => void }) {
  const t = useT();
  const done = useDone();
  const [before] = useState(() => describedOf(document));
  const form = useKeptForm(`edit:${document.id}:${document.versions.workflow}`, before, parseDescribed);
  const edit = useAction('documents.edit');
  const [asked, setAsked] = useState(false);
  const today = useToday();
  const { value, set } = form;
  const changes = changesOf(before, value);

  async function confirm(): Promise<void> {
    setAsked(true);
    if (changes === null || Object.keys(findDescribedFaults(value, today)).length > 0) return;
    const result = await edit.run({ id: document.id, ...changes });
    if (!result.ok) return;
    form.drop();
    onClose();
    done(t('paper.edited'), [result.value]);
  }

  return (
    <Dialog
      title={t('command.edit')}
      onClose={onClose}
      locked={edit.busy}
      actions={
        <>
          <Button onPress={onClose} disabled={edit.busy}>{t('action.cancel')}</Button>
          <Button kind="strong" disabled={edit.busy} onPress={() => void confirm()}>{t('paper.editSave')}</Button>
        </>
      }
    >
      <KeptNote form={form} />
      {asked && changes === null && <Note tone="warn" live>{t('paper.nothingChanged')}</Note>}
      <SameDocument value={value} except={document.id} />
      <DescriptionFields value={value} set={set} faults={asked ? findDescribedFaults(value, today) : findTypedFaults(value)} />
      <ErrorNote error={edit.error} />
    </Dialog>
  );
}
