import { FileUp, RotateCw } from 'lucide-react';
import { useId, type DragEvent } from 'react';
import { useI18n } from '../../i18n/context.tsx';
import { formatBytes, formatInstant } from '../../i18n/format.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNote, Note } from '../../ui/note.tsx';
import { Progress } from '../../ui/progress.tsx';
import { useHandedFile } from '../opened/waiting-file.ts';
import { useBring, type Bringing } from './use-bring.ts';

/** A package from another desk's stick, on to the server over this desk's line. */
export function BringPackage() {
  const { t, locale } = useI18n();
  const { state, bring } = useBring();
  const id = useId();
  useHandedFile('package', (file) => void bring(file));
  const busy = state.step === 'looking' || state.step === 'sending' || state.step === 'opening';
  const outside = 'outside' in state ? state.outside : null;

  function onDrop(event: DragEvent): void {
    event.preventDefault();
    const file = event.dataTransfer.files[0];
    if (file && !busy) void bring(file);
  }

  return (
    <div className="packages-half">
      <div className="file-target" onDragOver={(event) => event.preventDefault()} onDrop={onDrop}>
        <FileUp aria-hidden size={22} strokeWidth={1.75} />
        <div className="file-words">
          <label htmlFor={id}>{t('packages.bring')}</label>
          <span>{t('packages.drop')}</span>
        </div>
        <input
          id={id} type="file" accept=".vtgoi" disabled={busy} aria-describedby={`${id}-help`}
          onChange={(event) => {
            const file = event.target.files?.[0];
            // The same file may be chosen again; the browser tells of it only when the field was emptied.
            event.target.value = '';
            if (file) void bring(file);
          }}
        />
      </div>
      <p className="field-below" id={`${id}-help`}>{t('packages.bringHelp')}</p>
      {outside && (
        <p>
          <strong>{t('packages.of', { person: outside.person, unit: outside.unit })}</strong><br />
          <span className="quiet">{t('packages.outside', { time: formatInstant(outside.madeAt), commands: outside.commands, contents: outside.contents })}</span>
        </p>
      )}
      {state.step === 'sending' && (
        <Progress label={t('packages.sending')} done={state.sent} total={state.total} words={t('outbox.bytes', { sent: formatBytes(state.sent, locale), total: formatBytes(state.total, locale) })} />
      )}
      {state.step === 'opening' && <Progress label={t('packages.opening')} done={0} total={null} />}
      {state.step === 'refused' && (
        <ErrorNote error={state.error} action={state.error.code.startsWith('sync.') && <Button size="small" icon={RotateCw} onPress={() => void bring(state.file)}>{t('packages.continue')}</Button>} />
      )}
      {state.step === 'done' && <Outcome actions={state.actions} />}
    </div>
  );
}

function Outcome({ actions }: Pick<Extract<Bringing, { step: 'done' }>, 'actions'>) {
  const { t } = useI18n();
  const applied = actions.filter(({ status }) => status === 'applied').length;
  const waiting = actions.filter(({ status }) => status === 'retry').length;
  const wrong = actions.filter(({ problem }) => problem !== null);
  if (applied === actions.length) return <Note tone="ok" live title={t('packages.done', { applied, count: actions.length })}>{t('packages.doneHelp')}</Note>;
  return (
    <Note tone="warn" live title={wrong.length > 0 ? t('packages.some', { count: wrong.length }) : t('packages.done', { applied, count: actions.length })}>
      {waiting > 0 && <p>{t('packages.retry', { count: waiting })}</p>}
      <ul>{wrong.map(({ id, own, problem }) => <li key={id}>{own ? `${own.title}: ` : ''}{problem?.message}</li>)}</ul>
    </Note>
  );
}
