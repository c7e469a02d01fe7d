import { lazy } from 'react';
import type { SignatureReport } from '../../../src-shared/contract/verification.ts';
import type { ContentRef } from '../../../src-shared/domain/document.ts';
import type { DocumentId } from '../../../src-shared/domain/ids.ts';
import { useT } from '../../i18n/context.tsx';
import { CompareFrame } from './compare-frame.tsx';

// pdf.js comes in a file of its own.
const Pair = lazy(async () => ({ default: (await import('../../pdf/compare/pair.tsx')).Pair }));

type CompareVersionsProps = { readonly document: DocumentId; readonly content: ContentRef; readonly signature: SignatureReport; readonly onClose: () => void };

/** The version that was signed and the present one, side by side over the whole window. */
export function CompareVersions({ document, content, signature, onClose }: CompareVersionsProps) {
  const t = useT();
  return (
    <CompareFrame title={t('compare.title')} opening={t('compare.opening')} onClose={onClose}>
      <Pair document={document} content={content} signature={signature} />
    </CompareFrame>
  );
}
