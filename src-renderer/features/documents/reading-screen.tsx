import { FileText } from 'lucide-react';
import { useRef, useState } from 'react';
import type { Folder } from '../../../src-shared/contract/documents.ts';
import type { DocumentId } from '../../../src-shared/domain/ids.ts';
import type { MarkKind } from '../../../src-shared/domain/mark.ts';
import { usePanes } from '../../app/use-panes.tsx';
import { useQuery } from '../../bridge/use-query.ts';
import { useT } from '../../i18n/context.tsx';
import type { ViewerHandle } from '../../pdf/viewer.tsx';
import { Empty } from '../../ui/empty.tsx';
import { ErrorNote } from '../../ui/note.tsx';
import { MarkPages } from '../marks/mark-pages.tsx';
import { ActionBar } from './action-bar.tsx';
import { DocumentPages, usePreparedViewer } from './document-pages.tsx';
import { ListPane } from './list-pane.tsx';

type ReadingScreenProps = { readonly folder: Folder; readonly id: DocumentId | null; readonly query: string };

/** Three panes: the folder, the document's own pages, and what is known of it. */
export function ReadingScreen({ folder, id, query }: ReadingScreenProps) {
  const t = useT();
  const viewer = useRef<ViewerHandle>(null);
  usePreparedViewer();
  const panes = usePanes('reading', t(`nav.${folder}`), { list: 376, side: 288 });
  return (
    <div className="panes panes-reading" style={panes.style} data-pane={panes.narrow.pane}>
      <ListPane folder={folder} query={query} selected={id} onPick={panes.narrow.open} onOpen={() => {
        panes.narrow.open();
        viewer.current?.focus();
      }} />
      {id && panes.narrow.pane === 'page' && panes.narrow.back}
      {id ? <OpenDocument key={id} id={id} folder={folder} viewer={viewer} /> : <div className="pane pane-page"><Empty icon={FileText}>{t('reading.none')}</Empty></div>}
      {panes.splitters}
    </div>
  );
}

type OpenDocumentProps = { readonly id: DocumentId; readonly folder: Folder; readonly viewer: React.RefObject<ViewerHandle | null> };

/** The document's own pages with what can be done about it, and what is known of it. */
export function OpenDocument({ id, folder, viewer }: OpenDocumentProps) {
  const { data: detail, error } = useQuery('documents.read', { id });
  const [marking, setMarking] = useState<MarkKind | null>(null);
  if (!detail) return <div className="pane pane-page"><ErrorNote error={error} /></div>;
  if (marking) return <MarkPages key={marking} detail={detail} kind={marking} onClose={() => setMarking(null)} />;
  return <DocumentPages detail={detail} viewer={viewer} bar={<ActionBar detail={detail} folder={folder} onMark={setMarking} />} />;
}
