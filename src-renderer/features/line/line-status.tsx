import { ChevronUp, CircleAlert, Gauge, Hourglass, LoaderCircle, LogIn, RefreshCw, Settings2, UserRoundX, Wifi, WifiOff, type LucideIcon } from 'lucide-react';
import { Button as AriaButton, Dialog, DialogTrigger, Heading, Popover } from 'react-aria-components';
import type { SyncStatus } from '../../../src-shared/contract/office.ts';
import { goTo } from '../../app/route.ts';
import { useAction } from '../../bridge/use-query.ts';
import { useI18n, useT } from '../../i18n/context.tsx';
import { formatBytes, formatWhen } from '../../i18n/format.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNote } from '../../ui/note.tsx';
import { askForSignIn } from './ask-for-sign-in.ts';
import { describeLine, type LineState } from './describe-line.ts';

const icons = { starting: LoaderCircle, up: Wifi, slow: Gauge, down: WifiOff, portal: CircleAlert, busy: Hourglass, 'signed-out': UserRoundX } as const satisfies Record<LineState, LucideIcon>;

/** The line in a sentence, which opens what else is known of it and what can be done about it. */
export function LineStatus({ sync }: { readonly sync: SyncStatus | undefined }) {
  const t = useT();
  const { state, tone, strong, rest } = describeLine(sync, t);
  const Icon = icons[state];
  return (
    <div className="line" role="status" aria-label={t('status.label')}>
      <DialogTrigger>
        <AriaButton className={`line-button line-${tone}`}>
          <Icon aria-hidden size={16} strokeWidth={1.75} />
          <span className="line-words"><strong>{strong}</strong>{rest && !sync?.filling && <span> — {rest}</span>}</span>
          <ChevronUp aria-hidden size={14} strokeWidth={2} className="line-more" />
        </AriaButton>
        <Popover className="popover line-popover" placement="top start" offset={6}>
          <Dialog className="line-details" data-beside>
            {({ close }) => sync && <Details sync={sync} state={state} close={close} />}
          </Dialog>
        </Popover>
      </DialogTrigger>
    </div>
  );
}

function Details({ sync, state, close }: { readonly sync: SyncStatus; readonly state: LineState; readonly close: () => void }) {
  const { t, locale } = useI18n();
  const syncNow = useAction('sync.now');
  const { strong, tone } = describeLine(sync, t);
  const Icon = icons[state];
  const { waiting, waitingBytes, held } = sync.files;
  const signIn = state === 'signed-out' ? askForSignIn() : null;
  return (
    <>
      <div className={`line-head line-${tone}`}>
        <Icon aria-hidden size={20} strokeWidth={1.75} />
        <Heading slot="title">{strong}</Heading>
      </div>
      {state !== 'starting' && <p>{t(`line.says.${state}`)}</p>}
      <dl className="facts line-facts">
        <div><dt>{t('line.works')}</dt><dd>{t('line.worksCount', { count: sync.pending })}</dd></div>
        <div><dt>{t('line.files')}</dt><dd>{waiting === 0 ? t('line.filesNone') : t('line.filesCount', { count: waiting, size: formatBytes(waitingBytes, locale) })}{held > 0 && <span className="line-held">{t('line.filesHeld', { count: held })}</span>}</dd></div>
        <div><dt>{t('line.last')}</dt><dd>{sync.lastSyncAt ? formatWhen(sync.lastSyncAt, t) : t('line.never')}</dd></div>
      </dl>
      <ErrorNote error={syncNow.error} />
      <div className="line-deeds">
        {signIn
          ? <Button kind="strong" icon={LogIn} onPress={() => { close(); signIn(); }}>{t('session.titleAgain')}</Button>
          : <Button kind={state === 'up' ? 'plain' : 'strong'} icon={RefreshCw} busy={syncNow.busy} onPress={() => void syncNow.run({})}>{t('augmentation.retry')}</Button>}
        <Button onPress={() => { goTo('outbox'); close(); }}>{t('line.toOutbox')}</Button>
        <Button kind="quiet" icon={Settings2} onPress={() => { goTo('settings'); close(); }}>{t('line.toSettings')}</Button>
      </div>
    </>
  );
}
