import { FileText, PenLine } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { Batch } from '../../../src-shared/contract/signing.ts';
import type { DocumentRow } from '../../../src-shared/contract/documents.ts';
import type { DocumentId } from '../../../src-shared/domain/ids.ts';
import type { AppState } from '../../app/app-state.ts';
import { goTo } from '../../app/route.ts';
import { usePanes } from '../../app/use-panes.tsx';
import { useQuery } from '../../bridge/use-query.ts';
import { useT } from '../../i18n/context.tsx';
import type { ViewerHandle } from '../../pdf/viewer.tsx';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { ErrorNote } from '../../ui/note.tsx';
import { BatchBlock } from './batch-block.tsx';
import { BatchDialog } from './batch-dialog.tsx';
import { BatchDocument } from './batch-document.tsx';
import { BatchView } from './batch-view.tsx';
import { OpenDraft } from './open-draft.tsx';
import { Queue, queueLimit } from './queue.tsx';
import { useBatch, useSeenBatch } from './use-batch.ts';
import { useChosenPlaces } from './use-chosen-places.ts';

type SigningScreenProps = { readonly app: AppState; readonly id: DocumentId | null; readonly query: string };

/** The leader's queue, made for ten minutes between meetings: read, sign, return or leave for later; sign many with one PIN. */
export function SigningScreen({ app, id, query }: SigningScreenProps) {
  const t = useT();
  const viewer = useRef<ViewerHandle>(null);
  const places = useChosenPlaces();
  const panes = usePanes('signing', t('nav.signing'), { list: 328, side: 272 });
  const { data, error } = useQuery('documents.list', { folder: 'signing', query, offset: 0, limit: queueLimit });
  const run = useRun();
  // What may be signed together stays the same while the dialog stands, though the list beneath it grows shorter
  const [together, setTogether] = useState<readonly DocumentRow[] | null>(null);
  const signable = data?.rows.filter((row) => row.contentHere && row.document.stage === 'submitted') ?? [];
  const read = signable.filter((row) => row.read).length;
  const total = data?.total ?? null;
  const { batch } = run;

  function openOne(one: DocumentId): void {
    setTogether(null);
    run.leave();
    panes.narrow.open();
    goTo('signing', one);
  }

  function onStarted({ mode }: Batch): void {
    setTogether(null);
    run.show();
    // Where one pane fills the window, the one that waits for a word
    if (mode === 'one-by-one') panes.narrow.open();
  }

  return (
    <div className="panes panes-queue" style={panes.style} data-pane={panes.narrow.pane}>
      <section className="pane pane-list" data-tour="queue" aria-label={t('nav.signing')}>
        {batch && run.shown ? <BatchView batch={batch} name={app.me.fullName} onLeave={run.leave} onOpen={openOne} /> : (
          <>
            <div className="list-heading"><h1>{total === null ? t('nav.signing') : t('list.queue', { count: total })}</h1></div>
            <ErrorNote error={error} />
            {batch && <div className="batch-block"><BatchBlock batch={batch} name={app.me.fullName} onShow={run.show} onClose={run.leave} /></div>}
            <Queue rows={data?.rows} total={total ?? 0} query={query} selected={id} onPick={panes.narrow.open} onOpen={() => {
              panes.narrow.open();
              viewer.current?.focus();
            }} />
            {total !== null && total > 0 && (
              <div className="queue-foot" data-tour="sign-many">
                <Button wide size="tall" icon={PenLine} disabled={signable.length === 0 || (batch !== null && batch.state !== 'ended')} onPress={() => setTogether(signable)}>{read > 0 ? t('queue.signRead', { count: read }) : t('batch.title')}</Button>
                {read === 0 && <p className="quiet">{t('queue.signReadHelp')}</p>}
              </div>
            )}
          </>
        )}
      </section>
      {(id || run.shown) && panes.narrow.pane === 'page' && panes.narrow.back}
      {batch && run.shown ? <InHand batch={batch} viewer={viewer} places={places} /> : id ? <OpenDraft key={id} app={app} id={id} rows={data?.rows ?? []} viewer={viewer} places={places} /> : <div className="pane pane-page"><Empty icon={FileText}>{t('reading.none')}</Empty></div>}
      {panes.splitters}
      {together && <BatchDialog app={app} rows={together} places={places} onOpen={openOne} onStarted={onStarted} onClose={() => setTogether(null)} />}
    </div>
  );
}

type InHandProps = { readonly batch: Batch; readonly viewer: React.RefObject<ViewerHandle | null>; readonly places: ReturnType<typeof useChosenPlaces> };

/** Beside the run: the document that waits for a word, else what is going on. */
function InHand({ batch, viewer, places }: InHandProps) {
  const t = useT();
  const { current } = batch;
  if (batch.mode === 'one-by-one' && current !== null && (batch.state === 'asking' || batch.state === 'running')) return <BatchDocument key={current} batch={batch} id={current} viewer={viewer} places={places} />;
  const title = batch.items.find((item) => item.id === current)?.title;
  return (
    <div className="pane pane-page">
      {batch.state === 'running' ? <Empty icon={PenLine} title={title ?? t('batch.heading')}>{t('batch.mayLeave')}</Empty> : <Empty icon={FileText}>{t(`batch.rest.${batch.state}`)}</Empty>}
    </div>
  );
}

type Run = { readonly batch: Batch | null; readonly shown: boolean; readonly show: () => void; readonly leave: () => void };

/** The run of signatures that concerns this screen, and whether it stands in the queue's place: always while it goes on, else as the person wants. */
function useRun(): Run {
  const found = useBatch();
  const seen = useSeenBatch();
  const batch = found && seen.loaded && !(found.state === 'ended' && seen.id === found.id) ? found : null;
  const live = batch !== null && (batch.state === 'running' || batch.state === 'asking');
  const [wanted, setWanted] = useState(false);
  useEffect(() => {
    if (live) setWanted(true);
  }, [live]);
  return {
    batch,
    shown: batch !== null && (live || wanted),
    show: () => setWanted(true),
    leave: () => {
      setWanted(false);
      if (batch?.state === 'ended') seen.close(batch.id);
    },
  };
}
