import type { ReactNode } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';

type DialogProps = { readonly title: string; readonly onClose: () => void; readonly children: ReactNode; readonly actions: ReactNode; /** While a deed is under way the dialog stays. */ readonly locked?: boolean; readonly size?: 'normal' | 'wide' };

/** Modal, closed by Esc or its own buttons; focus goes in and comes back where it was. */
export function Dialog({ title, onClose, children, actions, locked = false, size = 'normal' }: DialogProps) {
  return (
    <ModalOverlay className="dialog-ground" isOpen onOpenChange={(open) => !open && !locked && onClose()} isKeyboardDismissDisabled={locked}>
      <Modal className={`dialog-frame dialog-${size}`}>
        <AriaDialog className="dialog">
          <Heading slot="title" className="dialog-title">{title}</Heading>
          <div className="dialog-body">{children}</div>
          <div className="dialog-actions">{actions}</div>
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
