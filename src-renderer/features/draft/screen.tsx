import { FileSignature, FileUp, Save } from 'lucide-react';
import { useState } from 'react';
import type { DocumentDetail } from '../../../src-shared/contract/documents.ts';
import { documentKinds, urgencies, type DocumentKind, type Urgency } from '../../../src-shared/domain/document.ts';
import type { DocumentId } from '../../../src-shared/domain/ids.ts';
import type { Organization } from '../../../src-shared/domain/organization.ts';
import { goTo } from '../../app/route.ts';
import { useShortcut } from '../../app/shortcuts.ts';
import { useAction, useQuery } from '../../bridge/use-query.ts';
import { useT } from '../../i18n/context.tsx';
import { PdfViewer } from '../../pdf/viewer.tsx';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Select, TextField } from '../../ui/field.tsx';
import { ErrorNote, Note } from '../../ui/note.tsx';
import { useToast } from '../../ui/toast.tsx';
import { Recipients } from '../issuing/recipients.tsx';
import { FileField } from './file-field.tsx';
import { useImport } from './use-import.ts';

const kinds = (Object.keys(documentKinds) as DocumentKind[]).map((value) => ({ value, label: documentKinds[value].name }));

/** A new document of ours, or an answer to one that came. */
export function DraftScreen({ replyTo }: { readonly replyTo: DocumentId | null }) {
  return replyTo ? <Reply id={replyTo} /> : <DraftForm answered={null} />;
}

function Reply({ id }: { readonly id: DocumentId }) {
  const { data, error } = useQuery('documents.read', { id });
  if (!data) return <div className="pane"><ErrorNote error={error} /></div>;
  return <DraftForm answered={data} />;
}

function DraftForm({ answered }: { readonly answered: DocumentDetail | null }) {
  const t = useT();
  const say = useToast();
  const file = useImport();
  const draft = useAction('documents.draft');
  const submit = useAction('documents.submit');
  const [title, setTitle] = useState('');
  const [kind, setKind] = useState<DocumentKind>('cong-van');
  const [notation, setNotation] = useState('');
  const [urgency, setUrgency] = useState<Urgency>('normal');
  const [recipients, setRecipients] = useState<readonly Organization[]>(answered ? [answered.document.from] : []);
  const [asked, setAsked] = useState(false);
  // Once saved, a second press of “Trình ký” hands over the same draft instead of making another.
  const [saved, setSaved] = useState<DocumentId | null>(null);
  const content = file.state.state === 'ready' ? file.state.file.content : null;
  const busy = draft.busy || submit.busy;
  const locked = saved !== null;

  async function save(): Promise<DocumentId | null> {
    if (saved) return saved;
    setAsked(true);
    if (!content || title.trim() === '') return null;
    const result = await draft.run({ title: title.trim(), kind, notation: notation.trim(), urgency, content, recipients: [...recipients], inReplyTo: answered?.document.id ?? null });
    if (!result.ok) return null;
    setSaved(result.value.document.id);
    return result.value.document.id;
  }

  async function saveOnly(): Promise<void> {
    const id = await save();
    if (!id) return;
    say(t('done.draft'));
    goTo('signing', id);
  }

  async function saveAndSubmit(): Promise<void> {
    const id = await save();
    if (!id) return;
    const result = await submit.run({ id });
    if (!result.ok) return;
    say(t('done.submit'));
    goTo('signing', id);
  }
  useShortcut('Ctrl+Enter', busy ? null : () => void saveAndSubmit());

  return (
    <div className="panes panes-draft">
      <section className="pane pane-draft" aria-label={t(answered ? 'draft.replyTitle' : 'draft.title')}>
        <div className="list-heading"><h1>{t(answered ? 'draft.replyTitle' : 'draft.title')}</h1></div>
        <div className="pane-form-body">
          {answered && <Note tone="info">{t('draft.replyTo', { title: answered.document.title })}</Note>}
          <FileField state={file.state} onChoose={(chosen) => void file.take(chosen)} disabled={locked} missing={asked && file.state.state === 'none'} />
          <TextField label={t('draft.subject')} lines={2} maxLength={500} value={title} onChange={setTitle} disabled={locked} error={asked && title.trim() === '' ? t('field.required') : undefined} />
          <div className="columns">
            <Select label={t('draft.kind')} value={kind} onChange={setKind} options={kinds} disabled={locked} />
            <Select label={t('draft.urgency')} value={urgency} onChange={setUrgency} options={urgencies.map((value) => ({ value, label: t(`urgency.${value}`) }))} disabled={locked} />
          </div>
          <TextField label={t('draft.notation')} maxLength={30} value={notation} onChange={setNotation} help={t('draft.notationHelp')} disabled={locked} />
          <Recipients chosen={recipients} onChange={setRecipients} disabled={locked} />
        </div>
        <div className="action-bar">
          <ErrorNote error={draft.error ?? submit.error} />
          <div className="action-bar-buttons">
            <Button kind="strong" icon={FileSignature} disabled={busy} shortcut="Ctrl ↵" onPress={() => void saveAndSubmit()}>{t('draft.submit')}</Button>
            <Button icon={Save} disabled={busy || locked} onPress={() => void saveOnly()}>{t('draft.save')}</Button>
          </div>
        </div>
      </section>
      <div className="pane pane-page">
        {content ? <PdfViewer key={content.sha256} content={content} /> : <div className="viewer-message"><Empty icon={FileUp}>{t('draft.preview')}</Empty></div>}
      </div>
    </div>
  );
}
