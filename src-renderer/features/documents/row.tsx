import type { DocumentRow, Folder } from '../../../src-shared/contract/documents.ts';
import { useT } from '../../i18n/context.tsx';
import { daysUntil, formatWhen } from '../../i18n/format.ts';
import { Pill } from '../../ui/pill.tsx';
import { counterpart, fullNumber } from './names.ts';
import type { FoundIn } from './use-snippets.ts';
import { DeadlinePill, SyncPill, UrgencyPill, VerdictPill } from './pills.tsx';

/** One document in a list: who and when, what, and where it stands. `foundIn`: where its content has the words that were searched for, in the place of the title's second line. */
export function RowContent({ row, folder, foundIn }: { readonly row: DocumentRow; readonly folder: Folder; readonly foundIn: FoundIn | undefined }) {
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
      <span className={foundIn ? 'row-title row-title-one' : 'row-title'} title={document.title}>{document.title}</span>
      {foundIn && <FoundLine found={foundIn} />}
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

/** A line of the content, with the words that were searched for. */
function FoundLine({ found: { text, marks } }: { readonly found: FoundIn }) {
  const t = useT();
  const pieces = marks.map(([from, to], index) => ({ from, before: text.slice(marks[index - 1]?.[1] ?? 0, from), marked: text.slice(from, to) }));
  return (
    <span className="row-found" title={text}>
      <span className="sr-only">{t('list.inContent')} </span>
      {pieces.map(({ from, before, marked }) => <span key={from}>{before}<mark>{marked}</mark></span>)}
      {text.slice(marks.at(-1)?.[1] ?? 0)}
    </span>
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
