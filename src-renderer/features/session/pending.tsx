import { ArrowLeft, FolderOpen } from 'lucide-react';
import { useState } from 'react';
import type { SessionPending } from '../../../src-shared/contract/session.ts';
import { useAction } from '../../bridge/use-query.ts';
import { useI18n, useT } from '../../i18n/context.tsx';
import { Button } from '../../ui/button.tsx';
import { RadioGroup } from '../../ui/choice.tsx';
import { ErrorNote, Note } from '../../ui/note.tsx';
import { ChangePassword } from './change-password.tsx';

/** What the server or this machine wants to know before the desk opens. `password`: what was typed at the door, null where nothing is known of it. */
export function PendingStep({ pending, password }: { readonly pending: SessionPending; readonly password: string | null }) {
  switch (pending.step) {
    case 'change-password': return <ChangePassword pending={pending} known={password} />;
    case 'choose': return <ChooseAccount accounts={pending.accounts} />;
    case 'in-use': return <InUse />;
  }
}

function ChooseAccount({ accounts }: { readonly accounts: Extract<SessionPending, { readonly step: 'choose' }>['accounts'] }) {
  const t = useT();
  const choose = useAction('session.choose');
  const cancel = useAction('session.cancel');
  const [user, setUser] = useState(accounts[0]?.user ?? '');
  const busy = choose.busy || cancel.busy;
  return (
    <>
      <h1 id="session-title" tabIndex={-1}>{t('session.chooseTitle')}</h1>
      <p>{t('session.chooseHelp')}</p>
      <RadioGroup
        label={t('session.chooseAccount')}
        value={user}
        onChange={setUser}
        disabled={busy}
        options={accounts.map((account) => ({ value: account.user, label: `${t(`role.${account.role}`)} · ${account.unit.name}`, detail: `${account.person} · ${account.user}` }))}
      />
      <ErrorNote error={choose.error} />
      <Button kind="strong" size="tall" wide disabled={busy} onPress={() => void choose.run({ user })}>{choose.busy ? t('session.busy') : t('session.next')}</Button>
      <Button icon={ArrowLeft} disabled={busy} onPress={() => void cancel.run({})}>{t('session.back')}</Button>
    </>
  );
}

function InUse() {
  const { t, describe } = useI18n();
  const reopen = useAction('session.reopen');
  return (
    <>
      <h1 id="session-title">{t('session.inUseTitle')}</h1>
      {/* told at once, and again where the try has failed */}
      {!reopen.error && <Note tone="info">{describe({ code: 'session.in-use' })}</Note>}
      <ErrorNote error={reopen.error} />
      <Button kind="strong" size="tall" wide icon={FolderOpen} disabled={reopen.busy} onPress={() => void reopen.run({})}>{t('session.reopen')}</Button>
    </>
  );
}
