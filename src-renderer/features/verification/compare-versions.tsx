import { X } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import type { SignatureReport } from '../../../src-shared/contract/verification.ts';
import type { ContentRef } from '../../../src-shared/domain/document.ts';
import type { DocumentId } from '../../../src-shared/domain/ids.ts';
import { useT } from '../../i18n/context.tsx';
import { IconButton } from '../../ui/button.tsx';

// pdf.js comes in a file of its own.
const Pair = lazy(async () => ({ default: (await import('../../pdf/compare/pair.tsx')).Pair }));

type CompareVersionsProps = { readonly document: DocumentId; readonly content: ContentRef; readonly signature: SignatureReport; readonly onClose: () => void };

/** The version that was signed and the present one, side by side over the whole window. */
export function CompareVersions({ document, content, signature, onClose }: CompareVersionsProps) {
  const t = useT();
  return (
    <ModalOverlay className="compare-ground" isOpen onOpenChange={(open) => !open && onClose()}>
      <Modal className="compare-frame">
        <AriaDialog className="compare">
          <div className="compare-top">
            <Heading slot="title" className="compare-title">{t('compare.title')}</Heading>
            <IconButton label={t('action.close')} icon={X} shortcut="Esc" onPress={onClose} />
          </div>
          <Suspense fallback={<p className="compare-message" role="status">{t('compare.opening')}</p>}>
            <Pair document={document} content={content} signature={signature} />
          </Suspense>
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
