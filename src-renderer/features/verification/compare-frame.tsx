import { X } from 'lucide-react';
import { Suspense, type ReactNode } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { useT } from '../../i18n/context.tsx';
import { IconButton } from '../../ui/button.tsx';

type CompareFrameProps = { readonly title: string; readonly opening: string; readonly onClose: () => void; readonly children: ReactNode };

/** Versions of a document over the whole window, until Esc. What is laid into it may be fetched first. */
export function CompareFrame({ title, opening, onClose, children }: CompareFrameProps) {
  const t = useT();
  return (
    <ModalOverlay className="compare-ground" isOpen onOpenChange={(open) => !open && onClose()}>
      <Modal className="compare-frame">
        <AriaDialog className="compare">
          <div className="compare-top">
            <Heading slot="title" className="compare-title">{title}</Heading>
            <IconButton label={t('action.close')} icon={X} shortcut="Esc" onPress={onClose} />
          </div>
          <Suspense fallback={<p className="compare-message" role="status">{opening}</p>}>{children}</Suspense>
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
