import { lazy, Suspense, type ReactNode, type Ref } from 'react';
import type { ContentRef } from '../../src-shared/domain/document.ts';
import type { DocumentId } from '../../src-shared/domain/ids.ts';
import { useQuery } from '../bridge/use-query.ts';
import { useI18n } from '../i18n/context.tsx';
import { ErrorNote } from '../ui/note.tsx';
import { NotHere } from './not-here.tsx';
import { PageSkeleton } from './skeleton.tsx';

/** What lies over a page: `pxPerMm` turns the placement's millimetres into the page's pixels. */
export type PageOverlay = (page: { readonly number: number; readonly pxPerMm: number }) => ReactNode;
export type ViewerHandle = { readonly showPage: (page: number, fromTop: number) => void; readonly focus: () => void };

export type ViewerProps = {
  readonly content: ContentRef;
  /** Whose content it is, where it is a document's: its password is then told to the desk as well, so that it can be signed. */
  readonly document?: DocumentId;
  readonly overlay?: PageOverlay;
  readonly tools?: ReactNode;
  readonly title?: string;
  readonly handle?: Ref<ViewerHandle>;
  /** Whether the person may turn the pages: not where something is being placed on them. */
  readonly rotatable?: boolean;
  /** Opens the earlier version that ends here: the first so many bytes of the content. */
  readonly earlierBytes?: number;
};

// pdf.js comes in a file of its own: the desk is usable before it is.
const loadIsland = () => import('./island.tsx');
const Island = lazy(async () => ({ default: (await loadIsland()).PdfIsland }));

/** Fetches the viewer while the desk is idle, so that the first document does not wait for it. */
export function prepareViewer(): void {
  // Nobody waits for it yet: who opens a document asks for it anew, and is told if it does not come.
  void loadIsland().then((island) => island.warmUp(), () => undefined);
}

/** A PDF as continuous pages, or why there is none to show. */
export function PdfViewer(props: ViewerProps) {
  const { t } = useI18n();
  const { data: info, error } = useQuery('content.info', { sha256: props.content.sha256 });
  if (error) return <div className="viewer-message"><ErrorNote error={error} /></div>;
  if (info && !info.here) return <NotHere sizeBytes={props.content.sizeBytes} received={info.received ?? null} document={props.document} />;
  const waiting = <PageSkeleton label={t('reading.opening')} />;
  if (!info) return waiting;
  return <Suspense fallback={waiting}><Island key={`${props.content.sha256} ${props.earlierBytes ?? ''}`} {...props} sizeBytes={props.earlierBytes ?? info.sizeBytes} /></Suspense>;
}
