import { LogIn, RefreshCw } from 'lucide-react';
import { useAction, useQuery } from '../../bridge/use-query.ts';
import { useT } from '../../i18n/context.tsx';
import { formatWhen } from '../../i18n/format.ts';
import { Button } from '../../ui/button.tsx';
import { Note } from '../../ui/note.tsx';
import { askForSignIn } from '../line/ask-for-sign-in.ts';
import { describeLine } from '../line/describe-line.ts';

/** How the line stands and what that means for what waits, with the one thing that helps; nothing when nothing waits. */
export function LineNote({ waiting }: { readonly waiting: number }) {
  const t = useT();
  const { data: sync } = useQuery('sync.status', {});
  const syncNow = useAction('sync.now');
  if (!sync || waiting === 0) return null;
  const { state, strong } = describeLine(sync, t);
  if (state === 'starting') return null;
  if (state === 'up' || state === 'slow') return <Note tone={state === 'up' ? 'info' : 'warn'} live title={`${strong} — ${t('line.sending', { count: waiting })}`}>{t('outbox.help')}</Note>;
  const tryNow = <Button size="small" icon={RefreshCw} busy={syncNow.busy} onPress={() => void syncNow.run({})}>{t('outbox.tryNow')}</Button>;
  if (state === 'down') {
    const title = sync.since ? t('outbox.offlineSince', { time: formatWhen(sync.since, t), count: waiting }) : t('outbox.offline', { count: waiting });
    return <Note tone="warn" live title={title} action={tryNow}>{t('outbox.offlineHelp')}</Note>;
  }
  const signIn = state === 'signed-out' ? askForSignIn() : null;
  const action = signIn ? <Button size="small" icon={LogIn} onPress={signIn}>{t('session.titleAgain')}</Button> : tryNow;
  return <Note tone="warn" live title={`${strong} — ${t('line.kept', { count: waiting })}`} action={action}>{t(`line.says.${state}`)}</Note>;
}
