import { LockKeyhole, LockKeyholeOpen } from 'lucide-react';
import { useEffect } from 'react';
import type { SessionState } from '../../../src-shared/contract/session.ts';
import { useStore } from '../../bridge/use-query.ts';
import { useT } from '../../i18n/context.tsx';
import { Button } from '../../ui/button.tsx';
import { Note } from '../../ui/note.tsx';
import { useUnlockWays } from './use-unlock-ways.tsx';

type LockScreenProps = { readonly office: SessionState['office']; readonly reason: NonNullable<SessionState['lock']>['reason']; readonly linkLost: boolean };

/** In the desk's place while nobody has proved that they are its person: nothing of it is on the page. What was half typed is kept, and where they were stays in the address. */
export function LockScreen({ office, reason, linkLost }: LockScreenProps) {
  const t = useT();
  const store = useStore();
  const ways = useUnlockWays(office);

  // Whatever was asked meanwhile was answered with a refusal
  useEffect(() => () => store.invalidate(() => true), [store]);

  return (
    <main className="session" aria-labelledby="session-title">
      <div className="session-middle">
        <div className="session-brand">
          <span className="brand-mark" aria-hidden>VT</span>
          <span className="session-name">{t('app.name')}</span>
        </div>
        {linkLost && <Note tone="warn" live>{t('app.linkLost')}</Note>}
        <section className="session-card">
          <h1 id="session-title" className="session-locked"><LockKeyhole aria-hidden size={22} strokeWidth={1.75} />{t('lock.title')}</h1>
          <p className="quiet">{t(`lock.reason.${reason}`)} {t('lock.kept')}</p>
          {office && <p className="session-who"><strong>{office.person}</strong><span>{office.unit}</span></p>}
          {ways.form}
          <Button kind="strong" size="tall" wide icon={LockKeyholeOpen} disabled={ways.submit.disabled} onPress={ways.submit.run}>{ways.submit.label}</Button>
        </section>
      </div>
    </main>
  );
}
