import { CircleAlert, Paperclip, X } from 'lucide-react';
import { useId, type DragEvent } from 'react';
import type { ContentRef } from '../../../src-shared/domain/document.ts';
import { useI18n } from '../../i18n/context.tsx';
import { formatBytes } from '../../i18n/format.ts';
import { IconButton } from '../../ui/button.tsx';
import { mostAttachments, type AttachmentsState, type Coming } from './use-attachments.ts';

type AttachmentsFieldProps = { readonly attached: readonly ContentRef[]; readonly state: AttachmentsState; readonly onChange: (attached: readonly ContentRef[]) => void; readonly disabled: boolean };

/** The files that go with a document, under the names by which they are kept and sent; several may be chosen or dropped at once. */
export function AttachmentsField({ attached, state, onChange, disabled }: AttachmentsFieldProps) {
  const { t, locale } = useI18n();
  const id = useId();

  function onDrop(event: DragEvent): void {
    event.preventDefault();
    if (!disabled) void state.add([...event.dataTransfer.files]);
  }

  return (
    <div className="field attachments">
      <div className="file-target file-target-low" onDragOver={(event) => event.preventDefault()} onDrop={onDrop}>
        <Paperclip aria-hidden size={20} strokeWidth={1.75} />
        <div className="file-words">
          <label htmlFor={id}>{t('attach.choose')}</label>
          <span id={`${id}-state`}>{attached.length === 0 ? t('attach.drop') : t('attach.count', { count: attached.length })}</span>
        </div>
        <input
          id={id}
          type="file"
          multiple
          disabled={disabled}
          aria-describedby={`${id}-state`}
          onChange={(event) => {
            const files = [...(event.target.files ?? [])];
            // the same file may be chosen again once it was taken out
            event.target.value = '';
            void state.add(files);
          }}
        />
      </div>
      {(attached.length > 0 || state.coming.length > 0) && (
        <ul className="attachment-list" aria-label={t('attach.list')}>
          {attached.map((one) => (
            <li key={`${one.sha256} ${one.fileName}`} className="attachment">
              <Paperclip aria-hidden size={16} strokeWidth={1.75} />
              <span className="attachment-name">{one.fileName} <span className="quiet">{formatBytes(one.sizeBytes, locale)}</span></span>
              <IconButton label={t('field.remove', { name: one.fileName })} icon={X} disabled={disabled} onPress={() => onChange(attached.filter((other) => other !== one))} />
            </li>
          ))}
          {state.coming.map((one) => <ComingFile key={one.key} file={one} onDrop={() => state.drop(one.key)} />)}
        </ul>
      )}
    </div>
  );
}

function ComingFile({ file: { name, sizeBytes, percent, refused }, onDrop }: { readonly file: Coming; readonly onDrop: () => void }) {
  const { t, locale, describe } = useI18n();
  const why = refused === null ? null : refused === 'twice' ? t('attach.twice') : refused === 'too-many' ? t('attach.tooMany', { count: mostAttachments }) : describe(refused);
  return (
    <li className={`attachment${why === null ? '' : ' attachment-refused'}`}>
      {why === null ? <Paperclip aria-hidden size={16} strokeWidth={1.75} /> : <CircleAlert aria-hidden size={16} strokeWidth={1.75} />}
      <span className="attachment-name">
        {name} <span className="quiet">{formatBytes(sizeBytes, locale)}</span>
        {why === null ? <progress value={percent} max={100} aria-label={t('attach.coming', { name })} /> : <span className="text-bad" role="alert">{why}</span>}
      </span>
      <IconButton label={t(why === null ? 'attach.stop' : 'field.remove', { name })} icon={X} onPress={onDrop} />
    </li>
  );
}
