import { DoorOpen, LogOut } from 'lucide-react';
import { useState } from 'react';
import { useAction, useQuery } from '../../bridge/use-query.ts';
import { useT } from '../../i18n/context.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNote } from '../../ui/note.tsx';
import { useSessionState } from './use-session.ts';

/** Leaves the real office's desk; asks once, and says what becomes of what has not been sent. Nothing in the practice office, which nobody signs in to. */
export function SignOutButton() {
  const t = useT();
  const state = useSessionState();
  const [asking, setAsking] = useState(false);
  if (state.practice || !state.office) return null;
  return (
    <>
      <Button kind="quiet" size="small" icon={LogOut} onPress={() => setAsking(true)}>{t('session.out')}</Button>
      {asking && <SignOutDialog person={state.office.person} onClose={() => setAsking(false)} />}
    </>
  );
}

function SignOutDialog({ person, onClose }: { readonly person: string; readonly onClose: () => void }) {
  const t = useT();
  const signOut = useAction('session.signOut');
  const { data: sync } = useQuery('sync.status', {});
  return (
    <Dialog
      title={t('session.outAsk')}
      onClose={onClose}
      locked={signOut.busy}
      actions={
        <>
          <Button onPress={onClose} disabled={signOut.busy}>{t('session.stay')}</Button>
          <Button kind="strong" icon={LogOut} onPress={() => void signOut.run({})} disabled={signOut.busy}>{t('session.out')}</Button>
        </>
      }
    >
      {sync && sync.pending > 0 && <p>{t(sync.online ? 'session.outSending' : 'session.waiting', { count: sync.pending })}</p>}
      {sync && sync.problems > 0 && <p>{t('session.outProblems', { count: sync.problems })}</p>}
      {sync?.pending === 0 && sync.problems === 0 && <p>{t('session.outAll')}</p>}
      <p>{t('session.outKept', { person })}</p>
      <ErrorNote error={signOut.error} />
    </Dialog>
  );
}

/** From the practice office to the real one: its desk if somebody is signed in there, else its door. */
export function LeavePracticeButton() {
  const t = useT();
  const { practice, office } = useSessionState();
  const leave = useAction('session.practice');
  if (!practice) return null;
  return (
    <Button size="small" icon={DoorOpen} disabled={leave.busy} onPress={() => void leave.run({ practice: false })}>
      {office ? t('session.toOffice') : t('session.title')}
    </Button>
  );
}
