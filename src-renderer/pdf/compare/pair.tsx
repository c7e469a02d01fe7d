import type { PDFDocumentProxy } from 'pdfjs-dist';
import { useEffect, useMemo, useState } from 'react';
import type { SignatureReport } from '../../../src-shared/contract/verification.ts';
import type { ContentRef } from '../../../src-shared/domain/document.ts';
import type { DocumentId } from '../../../src-shared/domain/ids.ts';
import { laterChanges } from '../../features/verification/later-changes.ts';
import { timeOf } from '../../features/verification/signature-facts.ts';
import { useI18n } from '../../i18n/context.tsx';
import { usePdf, type PdfState } from '../use-pdf.ts';
import { Failed } from './failed.tsx';
import { readSheets, type Laid } from './read-sheets.ts';
import { SideBySide } from './side-by-side.tsx';
import { signedWords } from './words.ts';

type PairProps = { readonly document: DocumentId; readonly content: ContentRef; readonly signature: SignatureReport };

/** Opens both versions and lays their pages beside each other. */
export function Pair({ document, content, signature }: PairProps) {
  const { t } = useI18n();
  const signed = usePdf(content, signature.signedBytes ?? content.sizeBytes, document);
  const now = usePdf(content, content.sizeBytes, document);
  const laid = useLaid(signed, now, signature);
  const changes = useMemo(() => laterChanges(signature), [signature]);
  const failed = [signed, now].find(({ state }) => state !== 'open' && state !== 'opening');
  if (failed) return <div className="compare-message"><Failed state={failed} /></div>;
  if (laid === 'broken') return <p className="compare-message" role="alert">{t('compare.broken')}</p>;
  if (!laid || signed.state !== 'open' || now.state !== 'open') return <p className="compare-message" role="status">{t('compare.opening')}</p>;
  return <SideBySide signed={signed.pdf} now={now.pdf} laid={laid} changes={changes} words={signedWords} about={`${signature.signer?.commonName ?? t('signatures.unknownSigner')}, ${timeOf(signature.time, t)}`} />;
}

function useLaid(signed: PdfState, now: PdfState, signature: SignatureReport): Laid | 'broken' | null {
  const [laid, setLaid] = useState<{ readonly of: readonly PDFDocumentProxy[]; readonly laid: Laid | 'broken' } | null>(null);
  const left = signed.state === 'open' ? signed.pdf : null;
  const right = now.state === 'open' ? now.pdf : null;
  useEffect(() => {
    if (!left || !right) return;
    let gone = false;
    const tell = (read: Laid | 'broken'): void => {
      if (!gone) setLaid({ of: [left, right], laid: read });
    };
    readSheets(left, right, laterChanges(signature).flatMap(({ page }) => page ?? [])).then(tell, () => tell('broken'));
    return () => {
      gone = true;
    };
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- a signature's report does not change while it is looked at
  }, [left, right]);
  return laid !== null && laid.of[0] === left && laid.of[1] === right ? laid.laid : null;
}
