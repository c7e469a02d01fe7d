import { ExternalLink, Trash2, Undo2 } from 'lucide-react';
import { canBeTakenBack } from '../../../src-shared/domain/undo.ts';
import type { CommandType } from '../../../src-shared/domain/document.ts';
import type { OutboxRow } from '../../../src-shared/contract/office.ts';
import { goTo } from '../../app/route.ts';
import { useQuery } from '../../bridge/use-query.ts';
import { useI18n } from '../../i18n/context.tsx';
import { formatBytes, formatInstant } from '../../i18n/format.ts';
import { vi } from '../../i18n/vi.ts';
import type { MessageKey } from '../../i18n/translate.ts';
import { Button } from '../../ui/button.tsx';
import { Progress } from '../../ui/progress.tsx';
import { useToast } from '../../ui/toast.tsx';
import { SyncPill } from '../documents/pills.tsx';

type CommandKey = MessageKey & `command.${CommandType}`;

// Which folder shows the document of a command: work on arrivals, or on our own documents.
const incomingWork: ReadonlySet<string> = new Set(['register', 'present', 'assign', 'refuse', 'mark']);

type WorkProps = {
  readonly row: OutboxRow;
  readonly leftMs: number | null;
  readonly busy: boolean;
  readonly onDismiss: () => void;
  readonly onWithdraw: () => Promise<boolean>;
};

/** One thing that was done here: what, with which document, since when, where it stands, why not, and what can be done about it. */
export function Work({ row, leftMs, busy, onDismiss, onWithdraw }: WorkProps) {
  const { t, locale } = useI18n();
  const say = useToast();
  const key = `command.${row.type}`;
  const known = isCommandKey(key);
  const what = known ? t(key) : t('command.other', { type: row.type });
  const { bytes } = row;

  async function withdraw(): Promise<void> {
    if (await onWithdraw()) say(t('outbox.withdrawn', { what }));
  }

  return (
    <li className="work">
      <div className="work-words">
        <span className="work-what">{what} <SyncPill sync={row.sync} percent={row.sync === 'sending' && bytes && bytes.total > 0 ? Math.floor((bytes.sent / bytes.total) * 100) : undefined} /></span>
        <span className="work-title">{row.title}</span>
        <span className="quiet">{t('outbox.at', { time: formatInstant(row.at) })}</span>
        {row.problem && <span className="work-reason">{row.problem.message}</span>}
      </div>
      <div className="work-buttons">
        <Button size="small" icon={ExternalLink} onPress={() => goTo(incomingWork.has(row.type) ? 'incoming' : 'outgoing', row.document)}>{t('outbox.open')}</Button>
        {row.sync === 'waiting' && known && canBeTakenBack(row.type as CommandType) && <Withdraw row={row} busy={busy} onPress={() => void withdraw()} />}
        {row.sync === 'problem' && <Button size="small" icon={Trash2} disabled={busy} onPress={onDismiss}>{t('outbox.dismiss')}</Button>}
      </div>
      {bytes && bytes.total > 0 && row.sync !== 'problem' && (
        <Progress
          label={t('outbox.sendingFile')}
          done={bytes.sent}
          total={bytes.total}
          words={t('outbox.bytes', { sent: formatBytes(bytes.sent, locale), total: formatBytes(bytes.total, locale) })}
          leftMs={leftMs}
        />
      )}
    </li>
  );
}

/** Only the newest deed of a document can be taken back, and only while nothing of it has left; the document itself says so. */
function Withdraw({ row, busy, onPress }: { readonly row: OutboxRow; readonly busy: boolean; readonly onPress: () => void }) {
  const { t } = useI18n();
  const { data: detail } = useQuery('documents.read', { id: row.document });
  if (detail?.undo.at(-1)?.command !== row.id) return null;
  return <Button size="small" icon={Undo2} disabled={busy} onPress={onPress}>{t('outbox.withdraw')}</Button>;
}

function isCommandKey(key: string): key is CommandKey {
  return Object.hasOwn(vi, key);
}
