import { Columns2, History, Undo2 } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { SignatureReport } from '../../../src-shared/contract/verification.ts';
import type { ContentRef } from '../../../src-shared/domain/document.ts';
import type { DocumentId } from '../../../src-shared/domain/ids.ts';
import { useT } from '../../i18n/context.tsx';
import { PdfViewer } from '../../pdf/viewer.tsx';
import { Button } from '../../ui/button.tsx';
import { timeOf } from './signature-facts.ts';

type EarlierVersionProps = { readonly document: DocumentId; readonly content: ContentRef; readonly signature: SignatureReport; readonly onCompare: (() => void) | null; readonly onBack: () => void };

/** The pages as they were when this signature was made: an earlier version, to be read and nothing else. Esc goes back. */
export function EarlierVersion({ document: id, content, signature, onCompare, onBack }: EarlierVersionProps) {
  const t = useT();
  const bar = useRef<HTMLDivElement>(null);
  const latest = useRef(onBack);
  latest.current = onBack;
  useEffect(() => {
    // Whoever came by the keyboard stays beside what they opened, hears what it is, and goes back to where they were
    const before = document.activeElement;
    bar.current?.focus();
    function onKey(event: KeyboardEvent): void {
      if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing || document.querySelector('[role="dialog"]')) return;
      if (event.target instanceof HTMLElement && event.target.matches('input, textarea')) return;
      event.preventDefault();
      latest.current();
    }
    window.addEventListener('keydown', onKey);
    return () => {
      window.removeEventListener('keydown', onKey);
      if (before instanceof HTMLElement) before.focus({ preventScroll: true });
    };
  }, []);
  if (signature.signedBytes === null) return null;
  const name = signature.signer?.commonName || t('signatures.unknownSigner');
  return (
    <>
      <div ref={bar} className="earlier-bar" role="region" aria-label={t('earlier.title')} tabIndex={-1}>
        <History aria-hidden size={20} strokeWidth={1.75} />
        <p><strong>{t('earlier.title')}</strong> {t('earlier.of', { name, when: timeOf(signature.time, t) })}</p>
        {onCompare && <Button size="small" icon={Columns2} onPress={onCompare}>{t('signatures.compare')}</Button>}
        <Button size="small" kind="strong" icon={Undo2} shortcut="Esc" onPress={onBack}>{t('earlier.back')}</Button>
      </div>
      <PdfViewer content={{ ...content, fileName: t('earlier.fileName', { name: content.fileName }) }} document={id} earlierBytes={signature.signedBytes} rotatable />
    </>
  );
}
