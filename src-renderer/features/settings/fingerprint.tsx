import { Copy } from 'lucide-react';
import { useT } from '../../i18n/context.tsx';
import { Button } from '../../ui/button.tsx';
import { useToast } from '../../ui/toast.tsx';
import { fingerprintGroups } from './fingerprint-groups.ts';

type FingerprintProps = { readonly thumbprint: string; readonly name: string; /** Id of what names the certificate. */ readonly nameId: string };

/** In groups, to be read aloud to somebody or held against a paper. */
export function Fingerprint({ thumbprint, name, nameId }: FingerprintProps) {
  const t = useT();
  const say = useToast();
  const groups = fingerprintGroups(thumbprint);
  const copy = (): void => void navigator.clipboard.writeText(groups.join(' ')).then(() => say(t('trust.copied', { name })), () => say(t('trust.copyFailed')));
  return (
    <div className="fingerprint">
      <span className="fingerprint-label">{t('trust.fingerprint')}</span>
      <code>{groups.map((group, at) => <span key={at}>{group}</span>)}</code>
      <Button kind="quiet" size="small" icon={Copy} onPress={copy} describedBy={nameId}>{t('trust.copy')}</Button>
    </div>
  );
}
