import { LogIn, TriangleAlert } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { SessionState } from '../../../src-shared/contract/session.ts';
import { useT } from '../../i18n/context.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { PendingStep } from './pending.tsx';
import { useSessionState } from './use-session.ts';
import { useWays } from './use-ways.tsx';

/** Over a desk whose session has ended. It stands aside: the desk is used as before, and the person signs in when it suits them. */
export function ExpiredBar({ office }: { readonly office: SessionState['office'] }) {
  const t = useT();
  const [asking, setAsking] = useState(false);

  // It goes when the person has signed in; whoever was in its dialog goes on in the desk, not at the top of the page
  useEffect(() => () => { setTimeout(() => { if (document.activeElement === document.body) document.getElementById('content')?.focus(); }); }, []);

  return (
    <section className="session-expired" aria-label={t('session.expired')}>
      <TriangleAlert aria-hidden size={18} strokeWidth={1.75} />
      <p role="status"><strong>{t('session.expired')}</strong> {t('session.expiredKept')}</p>
      <Button size="small" icon={LogIn} onPress={() => setAsking(true)}>{t('session.titleAgain')}</Button>
      {asking && <AgainDialog office={office} onClose={() => setAsking(false)} />}
    </section>
  );
}

function AgainDialog({ office, onClose }: { readonly office: SessionState['office']; readonly onClose: () => void }) {
  const t = useT();
  const { pending } = useSessionState();
  const ways = useWays(office);
  if (pending) return <Dialog title={t('session.titleAgain')} onClose={onClose} actions={null}><div className="session-step"><PendingStep pending={pending} password={ways.password} /></div></Dialog>;
  return (
    <Dialog
      title={t('session.titleAgain')}
      onClose={onClose}
      locked={ways.busy}
      actions={
        <>
          <Button onPress={onClose} disabled={ways.busy}>{t('action.later')}</Button>
          <Button kind="strong" icon={LogIn} onPress={ways.submit.run} disabled={ways.submit.disabled}>{ways.submit.label}</Button>
        </>
      }
    >
      {office && <p className="session-who"><strong>{office.person}</strong><span>{office.unit}</span></p>}
      {ways.form}
    </Dialog>
  );
}
