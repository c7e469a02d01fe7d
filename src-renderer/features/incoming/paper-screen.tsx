import { BookPlus, FileUp, Save } from 'lucide-react';
import { useState } from 'react';
import type { DocumentDetail } from '../../../src-shared/contract/documents.ts';
import { channels } from '../../../src-shared/domain/document.ts';
import { KeptNote } from '../../app/kept-note.tsx';
import { goTo } from '../../app/route.ts';
import { useShortcut } from '../../app/shortcuts.ts';
import { useKeptForm } from '../../app/use-kept-form.ts';
import { useAction } from '../../bridge/use-query.ts';
import { useT } from '../../i18n/context.tsx';
import { useToday } from '../../i18n/present.ts';
import { PdfViewer } from '../../pdf/viewer.tsx';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Select } from '../../ui/field.tsx';
import { ErrorNote } from '../../ui/note.tsx';
import { useDone } from '../documents/use-done.ts';
import { FileField } from '../draft/file-field.tsx';
import { useImport } from '../draft/use-import.ts';
import { useHandedFile } from '../opened/waiting-file.ts';
import { DescriptionFields } from './description-fields.tsx';
import { emptyPaper, findDescribedFaults, findTypedFaults, parsePaper, trimmed } from './paper-values.ts';
import { SameDocument } from './same-document.tsx';

/** A document that came as paper, or by ways beside the system: its scan beside what is written down of it, and its number in the register with the same press (NĐ 30/2020 Art 21, 22). */
export function PaperScreen() {
  const t = useT();
  const done = useDone();
  const form = useKeptForm('paper', emptyPaper, parsePaper);
  const { value, set } = form;
  const file = useImport((taken) => set({ file: taken }));
  useHandedFile('paper', (handed) => void file.take(handed));
  const receive = useAction('documents.receive');
  const register = useAction('documents.register');
  const [asked, setAsked] = useState(false);
  // Once received, a second press of “Vào sổ” numbers the same document instead of receiving another.
  const [saved, setSaved] = useState<DocumentDetail | null>(null);
  const today = useToday();
  const faults = asked ? findDescribedFaults(value, today) : findTypedFaults(value);
  const content = value.file?.content ?? null;
  const busy = receive.busy || register.busy || file.busy;
  const locked = saved !== null;
  const shown = file.state.state === 'none' && value.file ? { state: 'ready' as const, file: value.file } : file.state;

  async function save(): Promise<DocumentDetail | null> {
    if (saved) return saved;
    setAsked(true);
    if (!content || Object.keys(findDescribedFaults(value, today)).length > 0) return null;
    const result = await receive.run({ ...trimmed(value), content, channel: value.channel, inReplyTo: null });
    if (!result.ok) return null;
    setSaved(result.value);
    return result.value;
  }

  function leave(detail: DocumentDetail, words: string, steps: number): void {
    form.drop();
    done(words, [detail], steps);
    goTo('incoming', detail.document.id);
  }

  async function saveOnly(): Promise<void> {
    const detail = await save();
    if (detail) leave(detail, t('paper.done'), 1);
  }

  async function saveAndRegister(): Promise<void> {
    const detail = await save();
    if (!detail) return;
    const result = await register.run({ id: detail.document.id });
    if (result.ok) return leave(result.value, t('done.register', { number: result.value.document.arrival?.number ?? '' }), 2);
    // a file with signatures that are not in order: the question why it is registered stands at the document
    if (result.error.code === 'verification.reason-needed') leave(detail, t('paper.done'), 1);
  }
  useShortcut('Ctrl+Enter', busy ? null : () => void saveAndRegister());

  return (
    <div className="panes panes-draft">
      <section className="pane pane-draft" aria-label={t('nav.paper')}>
        <div className="list-heading"><h1>{t('nav.paper')}</h1></div>
        <div className="pane-form-body">
          <KeptNote form={form} />
          <FileField state={shown} onChoose={(chosen) => void file.take(chosen)} disabled={locked} missing={asked && content === null} words={{ help: t('paper.fileHelp'), missing: t('paper.needFile') }} />
          <Select label={t('paper.channel')} value={value.channel} onChange={(channel) => set({ channel })} options={channels.map((one) => ({ value: one, label: t(`paper.channel.${one}`) }))} disabled={locked} />
          <SameDocument value={value} {...(saved ? { except: saved.document.id } : {})} />
          <DescriptionFields value={value} set={set} faults={faults} disabled={locked} />
        </div>
        <div className="action-bar">
          <ErrorNote error={receive.error ?? register.error} />
          <div className="action-bar-buttons">
            <Button kind="strong" icon={BookPlus} disabled={busy} shortcut="Ctrl ↵" onPress={() => void saveAndRegister()}>{t('paper.saveAndRegister')}</Button>
            <Button icon={Save} disabled={busy} onPress={() => void saveOnly()}>{t('paper.save')}</Button>
          </div>
        </div>
      </section>
      <div className="pane pane-page">
        {content ? <PdfViewer key={content.sha256} content={content} rotatable /> : <div className="viewer-message"><Empty icon={FileUp}>{t('draft.preview')}</Empty></div>}
      </div>
    </div>
  );
}
