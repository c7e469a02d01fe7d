import { CircleCheck } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { DocumentId } from '../../../src-shared/domain/ids.ts';
import { useCommand } from '../../app/commands.tsx';
import { useQuery } from '../../bridge/use-query.ts';
import { useT } from '../../i18n/context.tsx';
import { Empty } from '../../ui/empty.tsx';
import { ErrorNote } from '../../ui/note.tsx';
import { useScrollStop } from '../../ui/use-scroll-stop.ts';
import { ConflictCard } from './conflict-card.tsx';
import { useConflicts } from './settling.tsx';

/** What this person did that another was quicker with: both versions beside each other, until one is chosen. `id`: the document to begin with. */
export function ConflictsScreen({ id }: { readonly id: DocumentId | null }) {
  const t = useT();
  const { conflicts, known } = useConflicts();
  const { error } = useQuery('conflicts.list', {});
  const box = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLUListElement>(null);
  const tabIndex = useScrollStop(box);

  const cards = (): readonly HTMLElement[] => [...(list.current?.querySelectorAll<HTMLElement>('.clash') ?? [])];
  const asked = conflicts.findIndex(({ document }) => document === id);
  useEffect(() => {
    if (asked >= 0) cards()[asked]?.focus();
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- once, for the document that was asked for
  }, [id, known]);

  // Whoever has settled one goes on with the next, or is told that there is none
  const from = useRef<number | null>(null);
  const count = conflicts.length;
  const before = useRef(count);
  useEffect(() => {
    if (count < before.current && from.current !== null) {
      const left = cards();
      (left[Math.min(from.current, left.length - 1)] ?? box.current?.querySelector<HTMLElement>('h1'))?.focus();
      from.current = null;
    }
    before.current = count;
  }, [count]);

  useCommand({
    id: 'conflicts.next', words: t('conflicts.next'), group: 'list', keys: 'Alt+N',
    run: count === 0 ? null : () => {
      const all = cards();
      const at = all.findIndex((card) => card.contains(document.activeElement));
      all[(at + 1) % all.length]?.focus();
    },
  });

  return (
    <div ref={box} className="outbox" tabIndex={tabIndex}>
      <div className="list-heading">
        <h1 tabIndex={-1}>{t('nav.conflicts')}</h1>
        {count > 0 && <span role="status">{t('conflicts.count', { count })}</span>}
      </div>
      <ErrorNote error={error} />
      {known && count === 0 ? (
        <Empty icon={CircleCheck} title={t('conflicts.emptyTitle')}>{t('conflicts.empty')}</Empty>
      ) : known && (
        <div className="clashes">
          <p className="clashes-intro">{t('conflicts.intro')}</p>
          <ul ref={list} aria-label={t('nav.conflicts')}>
            {conflicts.map((conflict, index) => <li key={conflict.id}><ConflictCard conflict={conflict} onSettling={() => { from.current = index; }} /></li>)}
          </ul>
        </div>
      )}
    </div>
  );
}
