import type { ReactNode } from 'react';
import type { SessionState } from '../../../src-shared/contract/session.ts';
import { useT } from '../../i18n/context.tsx';
import { ExpiredBar } from './expired-bar.tsx';
import { LockScreen } from './lock-screen.tsx';
import { SignInScreen } from './sign-in-screen.tsx';
import { useActivity } from './use-activity.ts';
import { SessionContext } from './use-session.ts';

type SessionGateProps = { readonly state: SessionState | null; readonly linkLost: boolean; readonly children: ReactNode };

/** Shows the desk to whom it belongs, and the sign-in screen until somebody is there. */
export function SessionGate({ state, linkLost, children }: SessionGateProps) {
  const t = useT();
  useActivity(state !== null && state.status !== 'signed-out' && !state.practice && state.lock === undefined);
  if (!state) return <main className="opening"><p role="status">{linkLost ? t('app.linkLost') : t('app.loading')}</p></main>;
  if (state.status === 'signed-out') return <SignInScreen office={state.office} pending={state.pending} shut={state.shut} linkLost={linkLost} />;
  if (state.lock) return <LockScreen office={state.office} reason={state.lock.reason} linkLost={linkLost} />;
  return (
    <SessionContext value={state}>
      <div className="session-desk">
        {state.status === 'expired' && <ExpiredBar office={state.office} />}
        <div className="session-desk-rest">{children}</div>
      </div>
    </SessionContext>
  );
}
