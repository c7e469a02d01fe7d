import { RefreshCw } from 'lucide-react';
import { useState } from 'react';
import type { TrustState } from '../../../src-shared/contract/trust.ts';
import { useAction } from '../../bridge/use-query.ts';
import { useT } from '../../i18n/context.tsx';
import { formatDate, formatInstant } from '../../i18n/format.ts';
import { Button } from '../../ui/button.tsx';
import { Switch } from '../../ui/choice.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNote } from '../../ui/note.tsx';
import { useToast } from '../../ui/toast.tsx';

/** What the province's server sent and when it was asked, and whether it is listened to at all. */
export function TrustServer({ trust }: { readonly trust: TrustState }) {
  const t = useT();
  const say = useToast();
  const update = useAction('trust.update');
  const follow = useAction('trust.follow');
  const [stopping, setStopping] = useState(false);
  const { server, followServer, mayChange, certificates } = trust;
  const sent = certificates.filter(({ origin }) => origin === 'server').length;

  async function ask(): Promise<void> {
    if (update.busy) return;
    const result = await update.run({});
    // what came is told as every change of the server is
    if (result.ok && result.value.version === trust.version) say(t('trust.asked'));
  }

  async function stop(): Promise<void> {
    const result = await follow.run({ followServer: false });
    setStopping(false);
    if (result.ok) say(t('trust.stopped'));
  }

  function set(on: boolean): void {
    update.clear();
    if (on) void follow.run({ followServer: true });
    else setStopping(true);
  }

  return (
    <div className="trust-server">
      <h3>{t('trust.server')}</h3>
      <p>{serverWords()}{followServer && server.askedAt !== null && <span className="quiet"> {t('trust.askedAt', { when: formatInstant(server.askedAt) })}</span>}</p>
      {server.version !== null && <p className="quiet">{server.signedBy === null ? t('trust.unsigned') : t('trust.signedBy', { name: server.signedBy })}</p>}
      <ErrorNote error={update.error ?? follow.error ?? server.problem} />
      <div className="trust-ask">
        <Button icon={RefreshCw} disabled={!followServer} onPress={() => void ask()}>{t('trust.ask')}</Button>
        <span role="status" className="quiet">{update.busy && t('trust.asking')}</span>
      </div>
      <Switch on={followServer} disabled={!mayChange || follow.busy} onChange={set} help={t('trust.followHelp')}>{t('trust.follow')}</Switch>
      {stopping && (
        <Dialog
          title={t('trust.stopTitle')}
          onClose={() => setStopping(false)}
          locked={follow.busy}
          actions={
            <>
              <Button disabled={follow.busy} onPress={() => setStopping(false)}>{t('action.cancel')}</Button>
              <Button kind="danger" disabled={follow.busy} onPress={() => void stop()}>{t('trust.stop')}</Button>
            </>
          }
        >
          <p>{t('trust.stopHelp', { count: sent, verdict: t('signatures.verdict.indeterminate') })}</p>
        </Dialog>
      )}
    </div>
  );

  function serverWords(): string {
    if (!followServer) return t('trust.serverOff');
    if (server.version !== null) return t('trust.serverTaken', { version: String(server.version), date: formatDate(server.dated ?? '') });
    return server.askedAt === null ? t('trust.serverNever') : t('trust.serverNone');
  }
}
