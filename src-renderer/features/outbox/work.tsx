import { CornerDownRight, ExternalLink, Trash2, Undo2 } from 'lucide-react';
import { canBeTakenBack } from '../../../src-shared/domain/undo.ts';
import type { OutboxRow } from '../../../src-shared/contract/office.ts';
import { goTo, hrefOf } from '../../app/route.ts';
import { useQuery } from '../../bridge/use-query.ts';
import { useI18n } from '../../i18n/context.tsx';
import { formatBytes, formatInstant } from '../../i18n/format.ts';
import { presentMs } from '../../i18n/present.ts';
import { Button } from '../../ui/button.tsx';
import { Progress } from '../../ui/progress.tsx';
import { useToast } from '../../ui/toast.tsx';
import { SyncPill } from '../documents/pills.tsx';
import { isKnownCommand, placeOf, titleOfWork, wordsOfCommand } from './command-words.ts';

type WorkProps = {
  readonly row: OutboxRow;
  /** The one above is of the same document, and goes first. */
  readonly behind: boolean;
  /** An earlier work of its document was not taken, and this one waits until a person has settled that. */
  readonly stopped: 'clash' | 'problem' | null;
  readonly leftMs: number | null;
  readonly busy: boolean;
  readonly onDismiss: () => void;
  readonly onWithdraw: () => Promise<boolean>;
};

/** One thing that was done here: what, with which document, since when, where it stands, why not, and what can be done about it. */
export function Work({ row, behind, stopped, leftMs, busy, onDismiss, onWithdraw }: WorkProps) {
  const { t, locale } = useI18n();
  const say = useToast();
  const what = wordsOfCommand(row.type, t);
  const { bytes } = row;
  const place = placeOf(row);

  async function withdraw(): Promise<void> {
    if (await onWithdraw()) say(t('outbox.withdrawn', { what }));
  }

  return (
    <li className={behind ? 'work work-behind' : 'work'}>
      <div className="work-words">
        <span className="work-what">{what} <SyncPill sync={row.sync} percent={row.sync === 'sending' && bytes && bytes.total > 0 ? Math.floor((bytes.sent / bytes.total) * 100) : undefined} /></span>
        <span className="work-title">{behind ? <><CornerDownRight aria-hidden size={14} strokeWidth={2} />{t('outbox.behind')}</> : titleOfWork(row, t)}</span>
        <span className="quiet">{t('outbox.at', { time: formatInstant(row.at) })}</span>
        {row.sync === 'confirming' && <span className="work-help">{t('outbox.confirming')}</span>}
        {row.problem && <span className="work-reason">{row.problem.message}</span>}
        {stopped && row.sync !== 'problem' && (
          <span className="work-help">{t(`outbox.stopped.${stopped}`)} <a className="work-link" href={stopped === 'clash' ? hrefOf('conflicts', row.document) : hrefOf('problems')}>{t(stopped === 'clash' ? 'conflicts.compare' : 'problems.open')}</a></span>
        )}
      </div>
      <div className="work-buttons">
        <Button size="small" icon={ExternalLink} onPress={() => goTo(place.screen, place.id)}>{t(place.id === row.document && place.screen !== 'dossiers' ? 'outbox.open' : 'outbox.openOther')}</Button>
        {row.sync === 'waiting' && isKnownCommand(row.type) && canBeTakenBack(row.type) && <Withdraw row={row} busy={busy} onPress={() => void withdraw()} />}
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
  const newest = detail?.undo.at(-1);
  if (newest?.command !== row.id) return null;
  return (
    <>
      {isYetToCome(newest.until) && <span className="quiet">{t('outbox.held')}</span>}
      <Button size="small" icon={Undo2} disabled={busy} onPress={onPress}>{t('outbox.withdraw')}</Button>
    </>
  );
}

function isYetToCome(instant: string): boolean {
  return Date.parse(instant) > presentMs();
}
