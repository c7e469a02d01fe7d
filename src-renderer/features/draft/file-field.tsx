import { FileCheck2, FileUp } from 'lucide-react';
import { useId, type DragEvent } from 'react';
import { useI18n } from '../../i18n/context.tsx';
import { formatBytes } from '../../i18n/format.ts';
import { ErrorNote } from '../../ui/note.tsx';
import type { ImportState } from './use-import.ts';

type FileFieldProps = {
  readonly state: ImportState;
  readonly onChoose: (file: File) => void;
  readonly disabled: boolean;
  readonly missing: boolean;
  /** Where it is not a draft's: what the file is, and what is said without it. */
  readonly words?: { readonly help: string; readonly missing: string };
};

/** A real file input under a large target that also takes a dropped file. */
export function FileField({ state, onChoose, disabled, missing, words }: FileFieldProps) {
  const { t, locale } = useI18n();
  const id = useId();

  function onDrop(event: DragEvent): void {
    event.preventDefault();
    const file = event.dataTransfer.files[0];
    if (file && !disabled) onChoose(file);
  }

  return (
    <div className="field">
      <div className={`file-target${missing ? ' file-target-missing' : ''}`} onDragOver={(event) => event.preventDefault()} onDrop={onDrop}>
        {state.state === 'ready' ? <FileCheck2 aria-hidden size={22} strokeWidth={1.75} /> : <FileUp aria-hidden size={22} strokeWidth={1.75} />}
        <div className="file-words">
          <label htmlFor={id}>{t('draft.file')}</label>
          <span role="status" id={`${id}-state`}>
            {state.state === 'reading' && t('draft.fileReading', { percent: state.percent })}
            {state.state === 'ready' && t('draft.fileReady', { name: state.file.content.fileName, pages: state.file.pages, size: formatBytes(state.file.content.sizeBytes, locale) })}
            {(state.state === 'none' || state.state === 'refused') && (missing ? (words?.missing ?? t('draft.needFile')) : t('draft.drop'))}
          </span>
          {state.state === 'reading' && <progress value={state.percent} max={100} aria-labelledby={`${id}-state`} />}
        </div>
        <input
          id={id}
          type="file"
          accept="application/pdf,.pdf"
          disabled={disabled}
          aria-describedby={`${id}-state ${id}-help`}
          onChange={(event) => {
            const file = event.target.files?.[0];
            // The same file may be chosen again after it was mended; the browser tells of it only when the field was emptied.
            event.target.value = '';
            if (file) onChoose(file);
          }}
        />
      </div>
      <p className="field-below" id={`${id}-help`}>{words?.help ?? t('draft.fileHelp')}</p>
      {state.state === 'refused' && <ErrorNote error={state.error} />}
    </div>
  );
}
