import { Archive, ArrowLeft, CalendarClock, FolderCheck, FolderOpen, PackageOpen, Pencil, Table2 } from 'lucide-react';
import { useRef, useState } from 'react';
import type { DocumentId } from '../../../src-shared/domain/ids.ts';
import { useCommand } from '../../app/commands.tsx';
import { goTo } from '../../app/route.ts';
import { useAction, useBridge, useQuery } from '../../bridge/use-query.ts';
import { useT } from '../../i18n/context.tsx';
import { saveBytes } from '../../pdf/save-bytes.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNote, Note } from '../../ui/note.tsx';
import { useScrollStop } from '../../ui/use-scroll-stop.ts';
import { useToast } from '../../ui/toast.tsx';
import { SyncPill } from '../documents/pills.tsx';
import { ChecksPart } from './checks-part.tsx';
import { CloseDialog } from './close-dialog.tsx';
import { DescriptionPart } from './description-part.tsx';
import { DocumentsPart } from './documents-part.tsx';
import { DossierForm } from './dossier-form.tsx';
import { DossierPill } from './dossier-pill.tsx';
import { ExportProgress } from './export-progress.tsx';
import { HandOverDialog } from './hand-over-dialog.tsx';
import { KeepDialog } from './keep-dialog.tsx';
import { ReopenDialog } from './reopen-dialog.tsx';
import { useExport } from './use-export.ts';

type Asking = 'edit' | 'close' | 'reopen' | 'keep' | 'handOver';

/** One dossier: what it is, what lies in it, what stands in the way of closing it, and every step that is open now. */
export function DossierPage({ id }: { readonly id: DocumentId }) {
  const t = useT();
  const bridge = useBridge();
  const say = useToast();
  const { data, error } = useQuery('dossiers.read', { id });
  const { data: app } = useQuery('app.state', {});
  const index = useAction('dossiers.index');
  const [asking, setAsking] = useState<Asking | null>(null);
  const [stopped, setStopped] = useState(false);
  const checks = useRef<HTMLElement>(null);
  const box = useRef<HTMLDivElement>(null);
  const tabIndex = useScrollStop(box);
  const taking = useExport(bridge);
  const state = data?.state;
  const mine = state !== undefined && app !== undefined && app.role !== 'administrator' && (app.role !== 'officer' || state.keeper === app.me.id);
  const open = state?.stage === 'open';
  const closed = state?.stage === 'closed';

  /** What stops it is pointed at, not hidden behind a grey button. */
  function tryClose(): void {
    if (data?.checks.some(({ blocks }) => blocks)) {
      setStopped(true);
      checks.current?.focus();
      return;
    }
    setAsking('close');
  }
  async function saveIndex(): Promise<void> {
    const made = await index.run({ id, format: 'pdf' });
    if (made.ok) saveBytes([new Uint8Array(made.value.bytes)], made.value.fileName);
  }

  useCommand({ id: 'dossier.edit', words: t('dossier.do.edit'), group: 'document', run: mine && state?.stage !== 'handed-over' ? () => setAsking('edit') : null });
  useCommand({ id: 'dossier.close', words: t('dossier.do.close'), group: 'document', run: mine && open ? tryClose : null });
  useCommand({ id: 'dossier.handOver', words: t('dossier.do.handOver'), group: 'document', run: closed && (app?.role === 'clerk' || state?.keeper === app?.me.id) ? () => setAsking('handOver') : null });
  useCommand({ id: 'dossier.export', words: t('dossier.do.export'), group: 'document', run: state && state.documents.length > 0 ? () => void taking.begin(id) : null });
  useCommand({ id: 'dossier.back', words: t('dossier.back'), group: 'go', run: () => goTo('dossiers') });

  const back = <div><Button kind="quiet" size="small" icon={ArrowLeft} onPress={() => goTo('dossiers')}>{t('dossier.back')}</Button></div>;
  if (!data || !state) return <div className="outbox dossiers"><div className="dossiers-body">{back}<ErrorNote error={error ?? null} /></div></div>;
  const close = (): void => setAsking(null);
  return (
    <div ref={box} className="outbox dossiers" tabIndex={tabIndex}>
      <div className="list-heading dossier-heading">
        <h1>{state.code} · {state.title}</h1>
        <DossierPill view={data} /><SyncPill sync={data.sync} />
      </div>
      <div className="dossiers-body">
        {back}
        <div className="dossier-deeds" role="group" aria-label={t('dossiers.work')}>
          {mine && open && <Button kind="strong" icon={FolderCheck} onPress={tryClose}>{t('dossier.do.close')}</Button>}
          {closed && data.handOverDue !== null && (app?.role === 'clerk' || state.keeper === app?.me.id) && <Button kind="strong" icon={Archive} onPress={() => setAsking('handOver')}>{t('dossier.do.handOver')}</Button>}
          {mine && closed && data.handOverDue !== null && <Button icon={CalendarClock} onPress={() => setAsking('keep')}>{t('dossier.do.keep')}</Button>}
          {mine && closed && <Button icon={FolderOpen} onPress={() => setAsking('reopen')}>{t('dossier.do.reopen')}</Button>}
          {mine && state.stage !== 'handed-over' && <Button icon={Pencil} onPress={() => setAsking('edit')}>{t('dossier.do.edit')}</Button>}
          {state.documents.length > 0 && <Button icon={PackageOpen} busy={taking.state.step === 'saving'} onPress={() => void taking.begin(id)}>{t('dossier.do.export')}</Button>}
          {state.documents.length > 0 && <Button icon={Table2} busy={index.busy} onPress={() => void saveIndex()}>{t('dossier.do.index')}</Button>}
        </div>
        <ErrorNote error={index.error} />
        <ExportProgress taking={taking} />
        {stopped && data.checks.some(({ blocks }) => blocks) && <Note tone="bad" live>{t('dossier.checksBlock')}</Note>}
        <div className="dossier-parts">
          <div className="dossier-main">
            {open && <ChecksPart checks={data.checks} documents={data.documents} innerRef={checks} />}
            <DocumentsPart view={data} />
          </div>
          <DescriptionPart view={data} />
        </div>
      </div>
      {asking === 'edit' && <DossierForm of={{ state }} onClose={close} onDone={close} />}
      {asking === 'close' && <CloseDialog state={state} checks={data.checks} onClose={close} onDone={() => { close(); say(t('dossier.closed', { code: state.code })); }} />}
      {asking === 'reopen' && <ReopenDialog state={state} onClose={close} />}
      {asking === 'keep' && <KeepDialog state={state} onClose={close} />}
      {asking === 'handOver' && <HandOverDialog dossiers={[state]} onClose={close} />}
    </div>
  );
}
