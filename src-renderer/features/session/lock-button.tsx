import { LockKeyhole } from 'lucide-react';
import { useCommand } from '../../app/commands.tsx';
import { useAction } from '../../bridge/use-query.ts';
import { useT } from '../../i18n/context.tsx';
import { IconButton } from '../../ui/button.tsx';
import { useSessionState } from './use-session.ts';

/** Before one gets up: the screen is locked and the desk goes on behind it. Nothing in the practice office, where nobody has to prove themselves. */
export function LockButton() {
  const t = useT();
  const { practice } = useSessionState();
  const lock = useAction('session.lock');
  useCommand({ id: 'lock', words: t('lock.now'), group: 'desk', keys: 'Alt+L', run: practice ? null : () => void lock.run({}) });
  return practice ? null : <IconButton label={t('lock.now')} icon={LockKeyhole} shortcut="Alt+L" onPress={() => void lock.run({})} />;
}
