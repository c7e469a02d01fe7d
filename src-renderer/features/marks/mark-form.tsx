import { RotateCcw, Undo2 } from 'lucide-react';
import { useState } from 'react';
import type { DocumentDetail } from '../../../src-shared/contract/documents.ts';
import { copyForms, type CopyForm } from '../../../src-shared/domain/mark.ts';
import { KeptNote } from '../../app/kept-note.tsx';
import { useShortcut } from '../../app/shortcuts.ts';
import { useAction, useQuery } from '../../bridge/use-query.ts';
import { useI18n } from '../../i18n/context.tsx';
import { PlacementForm } from '../../placement/form.tsx';
import { mmText } from '../../placement/mm-text.ts';
import { Button } from '../../ui/button.tsx';
import { RadioGroup } from '../../ui/choice.tsx';
import { TextField } from '../../ui/field.tsx';
import { ErrorNote, Note } from '../../ui/note.tsx';
import { useToast } from '../../ui/toast.tsx';
import { BeforeSigning } from '../signing/before-signing.tsx';
import { PinDialog } from '../signing/pin-dialog.tsx';
import { toldElsewhere, useBeforeSigning } from '../signing/use-before-signing.ts';
import { markIcons } from './mark-icons.ts';
import { holderOf } from './marks-of.ts';
import type { MarkState } from './use-mark.ts';

type MarkFormProps = { readonly detail: DocumentDetail; readonly mark: MarkState; readonly onClose: () => void };

/** Beside the page: what the mark says, where it stands, and the one button that signs it. */
export function MarkForm({ detail, mark, onClose }: MarkFormProps) {
  const { t } = useI18n();
  const say = useToast();
  const { data: app } = useQuery('app.state', {});
  const { kind, form, input, placement } = mark;
  const { id, title, content } = detail.document;
  const action = useAction('signing.mark');
  const before = useBeforeSigning(id, content.sha256);
  const [asking, setAsking] = useState(false);
  const [tried, setTried] = useState(false);

  function ask(): void {
    setTried(true);
    if (input !== null && mark.error === null && before.mayGoOn()) setAsking(true);
  }
  function leave(): void {
    form.drop();
    onClose();
  }
  useShortcut('Ctrl+Enter', app ? ask : null);

  return (
    <aside className="pane pane-form" aria-label={t(`marking.title.${kind}`)}>
      <div className="pane-form-body">
        <div>
          <h2 className="form-title">{t(`marking.title.${kind}`)}</h2>
          <p className="quiet">{t(`marking.help.${kind}`)}</p>
        </div>
        <KeptNote form={form} />
        <BeforeSigning state={before} />
        <Fields mark={mark} missing={tried && input === null} />
        <Place mark={mark} />
        <ErrorNote error={toldElsewhere(mark.error) ? null : mark.error} />
      </div>
      <div className="pane-form-actions">
        <Button kind="strong" size="tall" wide icon={markIcons[kind]} disabled={!app} onPress={ask}>{t(`marking.sign.${kind}`)}</Button>
        <Button wide onPress={leave}>{t('action.cancel')}</Button>
      </div>
      {asking && app && input && (
        <PinDialog
          title={t(`marking.title.${kind}`)}
          what={t(`marking.what.${kind}`, { title })}
          action={t(`marking.sign.${kind}`)}
          wanted={holderOf(kind) === 'person' ? { holder: 'person', name: app.me.fullName } : { holder: 'organization', name: app.unit.name }}
          onClose={() => setAsking(false)}
          sign={(thumbprint, pin) => action.run({ id, thumbprint, pin, mark: input, placement, accepted: before.accepted })}
          onDone={() => {
            say(t(`marking.done.${kind}`));
            leave();
          }}
        />
      )}
    </aside>
  );
}

function Fields({ mark: { kind, form }, missing }: { readonly mark: MarkState; readonly missing: boolean }) {
  const { t } = useI18n();
  const { value, set } = form;
  if (kind === 'incoming') {
    return (
      <>
        <TextField autoFocus label={t('marking.forwardTo')} help={t('marking.forwardToHelp')} maxLength={100} value={value.forwardTo} onChange={(forwardTo) => set({ forwardTo })} />
        <TextField label={t('marking.fileCode')} help={t('marking.fileCodeHelp')} maxLength={50} value={value.fileCode} onChange={(fileCode) => set({ fileCode })} />
      </>
    );
  }
  if (kind === 'copy') {
    return <RadioGroup label={t('marking.form')} value={value.form} onChange={(next) => set({ form: next })} options={(Object.keys(copyForms) as CopyForm[]).map((one) => ({ value: one, label: copyForms[one], detail: t(`marking.form.${one}`) }))} />;
  }
  if (kind === 'comment') {
    return <TextField autoFocus label={t('marking.text')} lines={5} maxLength={1000} value={value.text} onChange={(text) => set({ text })} error={missing ? t('marking.needText') : undefined} />;
  }
  return null;
}

/** Where it stands, the ways back, and the placing by numbers. */
function Place({ mark: { form, frame, pages, kind } }: { readonly mark: MarkState }) {
  const { t, locale } = useI18n();
  const { settled } = frame;
  if (!settled) return null;
  const own = form.value.place !== null;
  return (
    <section className="placement-panel">
      <h3>{t('marking.place')}</h3>
      <p className="placement-where" role="status">{t('place.where', { page: settled.page, pages: pages.length, x: mmText(settled.rect.x, locale), y: mmText(settled.rect.y, locale) })}</p>
      <p className="quiet">{own ? t('place.source.chosen') : t(`marking.belongs.${kind}`)}</p>
      <div className="placement-tools">
        <Button size="small" icon={Undo2} disabled={!frame.canUndo} onPress={frame.undo}>{t('place.undo')}</Button>
        <Button size="small" icon={RotateCcw} disabled={!own} onPress={frame.reset}>{t('place.reset')}</Button>
      </div>
      <details className="placement-form">
        <summary>{t('marking.measures')}</summary>
        <PlacementForm placement={settled} pages={pages} resizable={kind === 'comment'} onChange={frame.settle} />
      </details>
      {own && <Note tone="info">{t('marking.notOverText')}</Note>}
    </section>
  );
}
