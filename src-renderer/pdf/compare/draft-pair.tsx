import type { PDFDocumentProxy } from 'pdfjs-dist';
import { useEffect, useMemo, useState, type ReactNode } from 'react';
import type { ContentRef } from '../../../src-shared/domain/document.ts';
import type { DocumentId } from '../../../src-shared/domain/ids.ts';
import type { LaterChange } from '../../features/verification/later-changes.ts';
import { useT } from '../../i18n/context.tsx';
import { usePdf, type PdfState } from '../use-pdf.ts';
import { Failed } from './failed.tsx';
import { readDrafts, type ReadDrafts } from './read-drafts.ts';
import { SideBySide } from './side-by-side.tsx';
import { draftWords } from './words.ts';

type DraftPairProps = { readonly document: DocumentId; readonly earlier: ContentRef; readonly present: ContentRef; /** Whose the earlier one is, and of when. */ readonly about: ReactNode };

/** Two files that a document has had, side by side, with the lines outlined that are written otherwise. */
export function DraftPair({ document, earlier, present, about }: DraftPairProps) {
  const t = useT();
  const left = usePdf(earlier, earlier.sizeBytes, document);
  const right = usePdf(present, present.sizeBytes, document);
  const read = useRead(left, right);
  const changes = useMemo(
    () => (read === null || read === 'broken' ? [] : read.places.map(({ page, place }): LaterChange => ({ tone: 'warn', page, place, words: t(place ? 'versions.otherLines' : 'versions.fewerLines') }))),
    [read, t],
  );
  const failed = [left, right].find(({ state }) => state !== 'open' && state !== 'opening');
  if (failed) return <div className="compare-message"><Failed state={failed} /></div>;
  if (read === 'broken') return <p className="compare-message" role="alert">{t('compare.broken')}</p>;
  if (!read || left.state !== 'open' || right.state !== 'open') return <p className="compare-message" role="status">{t('compare.opening')}</p>;
  return <SideBySide signed={left.pdf} now={right.pdf} laid={read.laid} changes={changes} words={draftWords} about={about} />;
}

function useRead(left: PdfState, right: PdfState): ReadDrafts | 'broken' | null {
  const [read, setRead] = useState<{ readonly of: readonly PDFDocumentProxy[]; readonly drafts: ReadDrafts | 'broken' } | null>(null);
  const earlier = left.state === 'open' ? left.pdf : null;
  const later = right.state === 'open' ? right.pdf : null;
  useEffect(() => {
    if (!earlier || !later) return;
    let gone = false;
    const tell = (drafts: ReadDrafts | 'broken'): void => {
      if (!gone) setRead({ of: [earlier, later], drafts });
    };
    readDrafts(earlier, later).then(tell, () => tell('broken'));
    return () => {
      gone = true;
    };
  }, [earlier, later]);
  return read !== null && read.of[0] === earlier && read.of[1] === later ? read.drafts : null;
}
