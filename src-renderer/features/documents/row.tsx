import type { DocumentRow, Folder } from '../../../src-shared/contract/documents.ts';
import { useT } from '../../i18n/context.tsx';
import { daysUntil, formatWhen } from '../../i18n/format.ts';
import { Pill } from '../../ui/pill.tsx';
import { counterpart, fullNumber } from './names.ts';
import { DeadlinePill, SyncPill, UrgencyPill, VerdictPill } from './pills.tsx';

/** One document in a list: who and when, what, and where it stands. */
export function RowContent({ row, folder }: { readonly row: DocumentRow; readonly folder: Folder }) {
  const t = useT();
  const { document } = row;
  const inQueue = folder === 'signing' && document.drafter;
  const who = inQueue ? t('list.drafter', { name: document.drafter ?? '' }) : counterpart(document, t);
  const number = fullNumber(document, t);
  return (
    <>
      <span className="row-top">
        <span className="row-who" title={who}>{who}</span>
        <time dateTime={document.updatedAt}>{formatWhen(document.direction === 'incoming' ? document.createdAt : document.updatedAt, t)}</time>
      </span>
      <span className="row-title" title={document.title}>{document.title}</span>
      <span className="row-bottom">
        <span className="row-meta row-number" title={number}>{number}</span>
        <span className="row-pills">
          <UrgencyPill urgency={document.urgency} />
          {document.assignment?.deadline && <DeadlinePill deadline={document.assignment.deadline} />}
          <StagePill row={row} folder={folder} />
          <SyncPill sync={row.sync} />
        </span>
      </span>
    </>
  );
}

/** What a person most needs to know: in a folder of arrivals the verdict until it is registered, elsewhere the stage. */
function StagePill({ row, folder }: { readonly row: DocumentRow; readonly folder: Folder }) {
  const t = useT();
  const { stage, assignment } = row.document;
  const deadline = assignment?.deadline ?? null;
  const pressing = deadline !== null && daysUntil(deadline) <= 0;
  // A deadline that presses already says that it was assigned.
  if (stage === 'assigned' && pressing) return null;
  if (stage === 'refused' || stage === 'returned') return <Pill tone="bad">{t(`stage.${stage}`)}</Pill>;
  if (row.document.direction === 'incoming') {
    return stage === 'arrived' || row.verdict === 'changed' || row.verdict === 'invalid' ? <VerdictPill verdict={row.verdict} /> : <Pill tone="accent">{t(`stage.${stage}`)}</Pill>;
  }
  if (folder === 'signing' && stage === 'submitted') return null;
  // “Đã gửi” is said only when it is true: until the server has it, the sync pill says where it stands.
  if (stage === 'sent' && row.sync !== 'synced') return null;
  return <Pill tone={stage === 'sent' ? 'ok' : 'accent'}>{t(`stage.${stage}`)}</Pill>;
}
