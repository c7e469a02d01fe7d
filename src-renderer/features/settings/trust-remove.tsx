import type { TrustedCertificate } from '../../../src-shared/contract/trust.ts';
import { useAction } from '../../bridge/use-query.ts';
import { useT } from '../../i18n/context.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNote } from '../../ui/note.tsx';
import { useToast } from '../../ui/toast.tsx';

/** Asked for, and not undone: the file is needed again. */
export function TrustRemove({ certificate: { commonName: name, role, thumbprint }, onClose }: { readonly certificate: TrustedCertificate; readonly onClose: () => void }) {
  const t = useT();
  const say = useToast();
  const remove = useAction('trust.remove');

  async function confirm(): Promise<void> {
    const result = await remove.run({ thumbprint });
    if (!result.ok) return;
    onClose();
    say(t('trust.removed', { name }));
  }

  return (
    <Dialog
      title={t('trust.removeTitle', { name })}
      onClose={onClose}
      locked={remove.busy}
      actions={
        <>
          <Button disabled={remove.busy} onPress={onClose}>{t('trust.keep')}</Button>
          <Button kind="danger" disabled={remove.busy} onPress={() => void confirm()}>{t('trust.remove')}</Button>
        </>
      }
    >
      <p>{t(`trust.removeHelp.${role}`, { verdict: t('signatures.verdict.indeterminate') })}</p>
      <ErrorNote error={remove.error} />
    </Dialog>
  );
}
