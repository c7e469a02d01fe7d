import { FolderOpen, GraduationCap, Languages, LogIn } from 'lucide-react';
import type { SessionState } from '../../../src-shared/contract/session.ts';
import { useAction } from '../../bridge/use-query.ts';
import { useI18n } from '../../i18n/context.tsx';
import { Button } from '../../ui/button.tsx';
import { ErrorNote, Note } from '../../ui/note.tsx';
import { PendingStep } from './pending.tsx';
import { useWays } from './use-ways.tsx';

type SignInScreenProps = { readonly office: SessionState['office']; readonly pending: SessionState['pending']; readonly shut: SessionState['shut']; readonly linkLost: boolean };

/** The door of the real office: one card, one strong button, and the way to the practice office for who has no account. */
export function SignInScreen({ office, pending, shut, linkLost }: SignInScreenProps) {
  const { t, locale, setLocale } = useI18n();
  const ways = useWays(office);
  const practice = useAction('session.practice');
  const reopen = useAction('session.reopen');
  const busy = ways.busy || practice.busy;
  return (
    <main className="session" aria-labelledby="session-title">
      <div className={`session-middle${pending?.step === 'change-password' ? ' session-wide' : ''}`}>
        <div className="session-brand">
          <span className="brand-mark" aria-hidden>VT</span>
          <span className="session-name">{t('app.name')}</span>
          <Button kind="quiet" size="small" icon={Languages} onPress={() => setLocale(locale === 'vi' ? 'en' : 'vi')}>{t('app.language')}</Button>
        </div>
        {linkLost && <Note tone="warn" live>{t('app.linkLost')}</Note>}
        <section className="session-card">
          {pending ? <PendingStep key={pending.step} pending={pending} password={ways.password} /> : (
            <>
              <h1 id="session-title">{office ? t('session.titleAgain') : t('session.title')}</h1>
              {office && <p className="session-who"><strong>{office.person}</strong><span>{office.unit}</span></p>}
              {office && office.waiting > 0 && <Note tone="info">{t('session.waiting', { count: office.waiting })}</Note>}
              {shut && <ErrorNote error={shut} action={<Button size="small" icon={FolderOpen} disabled={reopen.busy} onPress={() => void reopen.run({})}>{t('session.reopen')}</Button>} />}
              {ways.form}
              <Button kind="strong" size="tall" wide icon={LogIn} disabled={ways.submit.disabled || practice.busy} onPress={ways.submit.run}>{ways.submit.label}</Button>
            </>
          )}
        </section>
        {!pending && (
          <section className="session-practice" aria-labelledby="session-practice-title">
            <div>
              <h2 id="session-practice-title">{office ? t('session.practiceTry') : t('session.practiceAsk')}</h2>
              <p>{practice.busy ? t('session.practiceBusy') : t('session.practiceHelp')}</p>
            </div>
            <Button icon={GraduationCap} disabled={busy} onPress={() => void practice.run({ practice: true })}>{t('session.practiceOpen')}</Button>
            <p className="sr-only" role="status">{practice.busy && t('session.practiceBusy')}</p>
            <ErrorNote error={practice.error} />
          </section>
        )}
      </div>
    </main>
  );
}
