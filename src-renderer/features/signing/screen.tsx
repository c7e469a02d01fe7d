import { FileText, PenLine } from 'lucide-react';
import { useRef, useState } from 'react';
import type { DocumentId } from '../../../src-shared/domain/ids.ts';
import type { AppState } from '../../app/app-state.ts';
import { usePanes } from '../../app/use-panes.tsx';
import { useQuery } from '../../bridge/use-query.ts';
import { useT } from '../../i18n/context.tsx';
import type { ViewerHandle } from '../../pdf/viewer.tsx';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { ErrorNote } from '../../ui/note.tsx';
import { BatchDialog } from './batch-dialog.tsx';
import { OpenDraft } from './open-draft.tsx';
import { Queue, queueLimit } from './queue.tsx';
import { useChosenPlaces } from './use-chosen-places.ts';

type SigningScreenProps = { readonly app: AppState; readonly id: DocumentId | null; readonly query: string };

/** The leader's queue, made for ten minutes between meetings: read, sign, return or leave for later; sign all that were read at once. */
export function SigningScreen({ app, id, query }: SigningScreenProps) {
  const t = useT();
  const viewer = useRef<ViewerHandle>(null);
  const places = useChosenPlaces();
  const panes = usePanes('signing', t('nav.signing'), { list: 328, side: 272 });
  const { data, error } = useQuery('documents.list', { folder: 'signing', query, offset: 0, limit: queueLimit });
  // What is being signed together stays the same while it is signed, though the list beneath it grows shorter
  const [together, setTogether] = useState<readonly DocumentId[] | null>(null);
  const read = data?.rows.filter((row) => row.read && row.contentHere && row.document.stage === 'submitted') ?? [];
  const total = data?.total ?? null;
  return (
    <div className="panes panes-queue" style={panes.style} data-pane={panes.narrow.pane}>
      <section className="pane pane-list" aria-label={t('nav.signing')}>
        <div className="list-heading"><h1>{total === null ? t('nav.signing') : t('list.queue', { count: total })}</h1></div>
        <ErrorNote error={error} />
        <Queue rows={data?.rows} total={total ?? 0} query={query} selected={id} onPick={panes.narrow.open} onOpen={() => {
          panes.narrow.open();
          viewer.current?.focus();
        }} />
        {total !== null && total > 0 && (
          <div className="queue-foot">
            <Button wide size="tall" icon={PenLine} disabled={read.length === 0} onPress={() => setTogether(read.map((row) => row.document.id))}>{t('queue.signRead', { count: read.length })}</Button>
            {read.length === 0 && <p className="quiet">{t('queue.signReadHelp')}</p>}
          </div>
        )}
      </section>
      {id && panes.narrow.pane === 'page' && panes.narrow.back}
      {id ? <OpenDraft key={id} app={app} id={id} rows={data?.rows ?? []} viewer={viewer} places={places} /> : <div className="pane pane-page"><Empty icon={FileText}>{t('reading.none')}</Empty></div>}
      {panes.splitters}
      {together && <BatchDialog app={app} ids={together} places={places} onClose={() => setTogether(null)} />}
    </div>
  );
}
