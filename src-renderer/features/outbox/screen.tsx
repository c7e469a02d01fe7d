import { CircleCheck } from 'lucide-react';
import { useAction, useQuery } from '../../bridge/use-query.ts';
import { useT } from '../../i18n/context.tsx';
import { Empty } from '../../ui/empty.tsx';
import { ErrorNote, Note } from '../../ui/note.tsx';
import { LineNote } from './line-note.tsx';
import { useSending } from './use-sending.ts';
import { Work } from './work.tsx';

/** What was done here and is not on the server yet (`outbox`), or was not accepted there (`problems`). */
export function OutboxScreen({ show }: { readonly show: 'outbox' | 'problems' }) {
  const t = useT();
  const { data, error } = useQuery('outbox.list', {});
  const dismiss = useAction('outbox.dismiss');
  const undo = useAction('documents.undo');
  const rows = data?.rows.filter((row) => (row.sync === 'problem') === (show === 'problems')) ?? [];
  const leftOf = useSending(rows);
  return (
    <div className="outbox">
      <div className="list-heading">
        <h1>{t(`${show}.title`)}</h1>
        {rows.length > 0 && <span>{t('outbox.count', { count: rows.length })}</span>}
      </div>
      <ErrorNote error={error ?? dismiss.error ?? undo.error} />
      {data && rows.length === 0 ? (
        <Empty icon={CircleCheck} title={t(`${show}.emptyTitle`)}>{t(`${show}.empty`)}</Empty>
      ) : (
        <div className="works">
          {show === 'problems' && rows.length > 0 && <Note tone="bad" live title={t('problems.kept', { count: rows.length })}>{t('problems.help')} {t('problems.todo')}</Note>}
          {show === 'outbox' && <LineNote waiting={rows.length} />}
          <ul aria-label={t(`${show}.title`)}>
            {rows.map((row) => (
              <Work
                key={row.id}
                row={row}
                leftMs={leftOf(row)}
                busy={dismiss.busy || undo.busy}
                onDismiss={() => void dismiss.run({ id: row.id })}
                onWithdraw={() => undo.run({ id: row.document, commands: [row.id] }).then(({ ok }) => ok)}
              />
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}
