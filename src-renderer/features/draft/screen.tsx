import { FileSignature, FileUp, Save } from 'lucide-react';
import { useState } from 'react';
import type { DocumentDetail } from '../../../src-shared/contract/documents.ts';
import type { Relation } from '../../../src-shared/domain/document.ts';
import type { DocumentId } from '../../../src-shared/domain/ids.ts';
import type { Organization } from '../../../src-shared/domain/organization.ts';
import { KeptNote } from '../../app/kept-note.tsx';
import { goTo } from '../../app/route.ts';
import { useShortcut } from '../../app/shortcuts.ts';
import { useKeptForm } from '../../app/use-kept-form.ts';
import { useAction, useQuery } from '../../bridge/use-query.ts';
import { useT } from '../../i18n/context.tsx';
import { PdfViewer } from '../../pdf/viewer.tsx';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { ErrorNote, Note } from '../../ui/note.tsx';
import { useToast } from '../../ui/toast.tsx';
import { useHandedFile } from '../opened/waiting-file.ts';
import { fullNumber } from '../documents/names.ts';
import { DraftFields } from './draft-fields.tsx';
import { emptyDraft, findDraftFaults, findSecretFaults, parseDraft, relatedDraft, type DraftFaults, type DraftValues } from './draft-values.ts';
import { FileField } from './file-field.tsx';
import { useAttachments } from './use-attachments.ts';
import { useImport } from './use-import.ts';

type DraftScreenProps = { /** The document that it answers, or is to replace or correct. */ readonly from: DocumentId | null; readonly relation: Relation['type'] | null };

/** A new document of ours: an answer to one that came, one in place of one that has gone, or neither. What is typed stays until it is saved or thrown away, whatever happens to the window. */
export function DraftScreen({ from, relation }: DraftScreenProps) {
  return from ? <FromAnother id={from} relation={relation} /> : <DraftForm from={null} relation={null} />;
}

function FromAnother({ id, relation }: { readonly id: DocumentId; readonly relation: Relation['type'] | null }) {
  const { data, error } = useQuery('documents.read', { id });
  if (!data) return <div className="pane"><ErrorNote error={error} /></div>;
  return <DraftForm from={data} relation={relation} />;
}

/** Whoever is in no directory cannot be sent to from here. */
function knownOffice({ code, name }: DocumentDetail['document']['from']): readonly Organization[] {
  return code === null ? [] : [{ code, name }];
}

function beginning(from: DocumentDetail | null, relation: Relation['type'] | null): DraftValues {
  if (from === null) return emptyDraft([]);
  return relation === null ? emptyDraft(knownOffice(from.document.from)) : relatedDraft(from.document, relation);
}

function DraftForm({ from, relation }: { readonly from: DocumentDetail | null; readonly relation: Relation['type'] | null }) {
  const t = useT();
  const say = useToast();
  const older = from?.document ?? null;
  const answered = relation === null ? older : null;
  const form = useKeptForm(older ? ['draft', older.id, ...(relation === null ? [] : [relation])].join(':') : 'draft', beginning(from, relation), parseDraft);
  const { value, set } = form;
  const attachments = useAttachments(value.attachments, (attached) => set({ attachments: attached }));
  const heading = t(relation ? `draft.${relation}` : answered ? 'action.reply' : 'nav.draft');
  const file = useImport((taken) => set({ file: taken }));
  useHandedFile('draft', (handed) => void file.take(handed));
  const draft = useAction('documents.draft');
  const submit = useAction('documents.submit');
  const [asked, setAsked] = useState(false);
  // Once saved, a second press of “Trình ký” hands over the same draft instead of making another.
  const [saved, setSaved] = useState<DocumentId | null>(null);
  const faults: DraftFaults = asked ? findDraftFaults(value) : findSecretFaults(value);
  const content = value.file?.content ?? null;
  const busy = draft.busy || submit.busy || file.busy || attachments.busy;
  const locked = saved !== null;
  const shown = file.state.state === 'none' && value.file ? { state: 'ready' as const, file: value.file } : file.state;

  async function save(): Promise<DocumentId | null> {
    if (saved) return saved;
    setAsked(true);
    if (!content || Object.keys(findDraftFaults(value)).length > 0) return null;
    const result = await draft.run({
      title: value.title.trim(), kind: value.kind, notation: value.notation.trim(), urgency: value.urgency, content, recipients: [...value.recipients], inReplyTo: answered?.id ?? null,
      ...(value.attachments.length > 0 ? { attachments: [...value.attachments] } : {}), ...(relation !== null && older !== null ? { relation: { type: relation, document: older.id } } : {}),
    });
    if (!result.ok) return null;
    setSaved(result.value.document.id);
    return result.value.document.id;
  }

  function leave(id: DocumentId, words: string): void {
    form.drop();
    say(words);
    goTo('signing', id);
  }

  async function saveOnly(): Promise<void> {
    const id = await save();
    if (id) leave(id, t('done.draft'));
  }

  async function saveAndSubmit(): Promise<void> {
    const id = await save();
    if (!id) return;
    const result = await submit.run({ id });
    if (result.ok) leave(id, t('done.submit'));
  }
  useShortcut('Ctrl+Enter', busy ? null : () => void saveAndSubmit());

  return (
    <div className="panes panes-draft">
      <section className="pane pane-draft" aria-label={heading}>
        <div className="list-heading"><h1>{heading}</h1></div>
        <div className="pane-form-body">
          <KeptNote form={form} />
          {answered && <Note tone="info">{t('draft.replyTo', { title: answered.title })}</Note>}
          {relation && older && <Note tone="info" title={t(`draft.${relation}Of`, { number: fullNumber(older, t), title: older.title })}>{t(`draft.${relation}Help`)}</Note>}
          <FileField state={shown} onChoose={(chosen) => void file.take(chosen)} disabled={locked} missing={faults.file !== undefined} />
          <DraftFields value={value} set={set} faults={faults} attachments={attachments} disabled={locked} />
        </div>
        <div className="action-bar">
          <ErrorNote error={draft.error ?? submit.error} />
          <div className="action-bar-buttons">
            <Button kind="strong" icon={FileSignature} disabled={busy} shortcut="Ctrl ↵" onPress={() => void saveAndSubmit()}>{t('action.submit')}</Button>
            <Button icon={Save} disabled={busy || locked} onPress={() => void saveOnly()}>{t('command.draft')}</Button>
          </div>
        </div>
      </section>
      <div className="pane pane-page">
        {content ? <PdfViewer key={content.sha256} content={content} /> : <div className="viewer-message"><Empty icon={FileUp}>{t('draft.preview')}</Empty></div>}
      </div>
    </div>
  );
}
