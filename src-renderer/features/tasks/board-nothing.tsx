import { ListChecks } from 'lucide-react';
import { useRef } from 'react';
import { goTo } from '../../app/route.ts';
import { useQuery } from '../../bridge/use-query.ts';
import { useT } from '../../i18n/context.tsx';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { useScrollStop } from '../../ui/use-scroll-stop.ts';
import type { BoardView } from './board-view.ts';

/** Why the board is empty, and where work comes from. */
export function BoardNothing({ view: { person, state } }: { readonly view: BoardView }) {
  const t = useT();
  const { data: app } = useQuery('app.state', {});
  const box = useRef<HTMLDivElement>(null);
  const tabIndex = useScrollStop(box);
  const whose = person === null ? 'all' : person === app?.me.id ? 'mine' : 'theirs';
  const gives = state === 'all' || (state === 'open' && whose === 'all');
  return (
    <div ref={box} className="list-nothing" tabIndex={tabIndex}>
      <Empty icon={ListChecks} {...(gives && app?.role !== 'officer' ? { action: <Button onPress={() => goTo('incoming')}>{t('board.toIncoming')}</Button> } : {})}>
        {state === 'open' ? t(`board.none.open.${whose}`) : t(`board.none.${state}`)}
      </Empty>
    </div>
  );
}
