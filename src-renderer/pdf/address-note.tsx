import { Copy, X } from 'lucide-react';
import { useState } from 'react';
import { useT } from '../i18n/context.tsx';
import { Button, IconButton } from '../ui/button.tsx';

/** Where a link in the document would lead. The program goes nowhere by itself: the person reads it, and may copy it. */
export function AddressNote({ address, onClose }: { readonly address: string; readonly onClose: () => void }) {
  const t = useT();
  const [copied, setCopied] = useState<'no' | 'yes' | 'failed'>('no');

  function copy(): void {
    navigator.clipboard.writeText(address).then(() => setCopied('yes'), () => setCopied('failed'));
  }

  return (
    <div className="address-note" role="region" aria-label={t('viewer.address')}>
      <div className="address-words">
        <span>{t('viewer.addressHelp')}</span>
        <output className="address-text">{address}</output>
        {copied === 'failed' && <span role="alert">{t('viewer.copyFailed')}</span>}
      </div>
      <Button size="small" icon={Copy} onPress={copy}>{t(copied === 'yes' ? 'viewer.copied' : 'viewer.copy')}</Button>
      <IconButton label={t('action.close')} icon={X} onPress={onClose} />
    </div>
  );
}
