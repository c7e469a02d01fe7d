import { CircleCheck, ExternalLink } from 'lucide-react';
import type { OutboxRow } from '../../../src-shared/contract/office.ts';
import { goTo } from '../../app/route.ts';
import { useAction, useQuery } from '../../bridge/use-query.ts';
import { useI18n } from '../../i18n/context.tsx';
import { formatBytes, formatInstant } from '../../i18n/format.ts';
import { vi } from '../../i18n/vi.ts';
import type { MessageKey } from '../../i18n/translate.ts';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { ErrorNote } from '../../ui/note.tsx';
import { SyncPill } from '../documents/pills.tsx';

// Which folder shows the document of a command: work on arrivals, or on our own documents.
const incomingWork: ReadonlySet<string> = new Set(['register', 'present', 'assign', 'refuse']);

/** What was done here and is not on the server yet (`outbox`), or was not accepted there (`problems`). */
export function OutboxScreen({ show }: { readonly show: 'outbox' | 'problems' }) {
  const { t } = useI18n();
  const { data, error } = useQuery('outbox.list', {});
  const dismiss = useAction('outbox.dismiss');
  const rows = data?.rows.filter((row) => (row.sync === 'problem') === (show === 'problems')) ?? [];
  return (
    <div className="outbox">
      <div className="list-heading">
        <h1>{t(`${show}.title`)}</h1>
        {rows.length > 0 && <span>{t('outbox.count', { count: rows.length })}</span>}
      </div>
      <p className="outbox-help">{t(`${show}.help`)}</p>
      <ErrorNote error={error ?? dismiss.error} />
      {data && rows.length === 0 && <Empty icon={CircleCheck}>{t(`${show}.empty`)}</Empty>}
      <ul className="outbox-rows" aria-label={t(`${show}.title`)}>
        {rows.map((row) => <Row key={row.id} row={row} busy={dismiss.busy} onDismiss={() => void dismiss.run({ id: row.id })} />)}
      </ul>
    </div>
  );
}

function Row({ row, busy, onDismiss }: { readonly row: OutboxRow; readonly busy: boolean; readonly onDismiss: () => void }) {
  const { t, locale } = useI18n();
  const percent = row.bytes && row.bytes.total > 0 ? Math.floor((row.bytes.sent / row.bytes.total) * 100) : undefined;
  const key = `command.${row.type}`;
  const word = isKey(key) ? t(key) : t('command.other', { type: row.type });
  return (
    <li className="outbox-row">
      <div className="outbox-words">
        <strong>{word}</strong>
        <span>{row.title}</span>
        <span className="quiet">
          {formatInstant(row.at)}
          {row.bytes && ` · ${t('outbox.bytes', { sent: formatBytes(row.bytes.sent, locale), total: formatBytes(row.bytes.total, locale) })}`}
        </span>
        {row.problem && <span className="text-bad">{row.problem.message}</span>}
      </div>
      <SyncPill sync={row.sync} percent={percent} />
      <Button size="small" kind="quiet" icon={ExternalLink} onPress={() => goTo(incomingWork.has(row.type) ? 'incoming' : 'outgoing', row.document)}>{t('outbox.open')}</Button>
      {row.sync === 'problem' && <Button size="small" disabled={busy} onPress={onDismiss}>{t('outbox.dismiss')}</Button>}
    </li>
  );
}

function isKey(key: string): key is MessageKey {
  return Object.hasOwn(vi, key);
}
