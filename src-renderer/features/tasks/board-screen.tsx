import { ArrowLeft } from 'lucide-react';
import { useCallback, useRef, useState } from 'react';
import type { BoardRow } from '../../../src-shared/contract/tasks.ts';
import type { DocumentId } from '../../../src-shared/domain/ids.ts';
import type { AppState } from '../../app/app-state.ts';
import { useCommand } from '../../app/commands.tsx';
import { goTo, replaceRoute } from '../../app/route.ts';
import { usePanes } from '../../app/use-panes.tsx';
import { useQuery } from '../../bridge/use-query.ts';
import { useT } from '../../i18n/context.tsx';
import type { ViewerHandle } from '../../pdf/viewer.tsx';
import { Button } from '../../ui/button.tsx';
import { usePreparedViewer } from '../documents/document-pages.tsx';
import { OpenDocument, ReadingScreen } from '../documents/reading-screen.tsx';
import { AlarmBox } from './alarm-box.tsx';
import { BoardList } from './board-list.tsx';
import { BoardPeople } from './board-people.tsx';
import { BoardTop } from './board-top.tsx';
import { boardTop, peopleByLoad, type BoardPlace, type BoardView } from './board-view.ts';
import { useBoard } from './use-board.ts';

type BoardScreenProps = { readonly app: AppState; readonly id: DocumentId | null; readonly query: string };

/** “Công việc”: who has what to do, late first, and each document beside its row once it is opened. What is searched for is found among one's own. */
export function BoardScreen({ app, id, query }: BoardScreenProps) {
  return query === '' ? <Board app={app} id={id} /> : <ReadingScreen folder="tasks" id={id} query={query} />;
}

function Board({ app, id }: Omit<BoardScreenProps, 'query'>) {
  const t = useT();
  const { me, role } = app;
  // NĐ 30/2020 Art 24.1: whoever gives work out keeps an eye on all of it
  const seesAll = role === 'leader' || role === 'clerk';
  const [view, setView] = useState<BoardView>({ person: role === 'leader' ? null : me.id, state: 'open' });
  const [place, setPlace] = useState<BoardPlace>(boardTop);
  const { data: directory } = useQuery('directory.people', {});
  const board = useBoard(view, { first: 0, last: 1 });
  const viewer = useRef<ViewerHandle>(null);
  usePreparedViewer();
  const reading = usePanes('reading', t('nav.tasks'), { list: 376, side: 288 });
  const overview = usePanes('board', t('nav.tasks'), { list: 264 });
  const people = peopleByLoad(directory?.people ?? [], board.people);
  const nameOf = (person: string): string => people.find((one) => one.id === person)?.fullName ?? person;

  const change = (patch: Partial<BoardView>): void => {
    setView((old) => ({ ...old, ...patch }));
    setPlace(boardTop);
  };
  const openBeside = reading.narrow.open;
  const onOpen = useCallback(({ document }: BoardRow) => {
    openBeside();
    if (id === null) goTo('tasks', document.id);
    else replaceRoute('tasks', document.id);
  }, [id, openBeside]);

  useCommand({ id: 'board.mine', words: t('board.mine'), group: 'list', run: () => change({ person: me.id }) });
  useCommand({ id: 'board.everybody', words: t('board.everybody'), group: 'list', run: seesAll ? () => change({ person: null }) : null });
  useCommand({ id: 'board.open', words: t('board.show.open'), group: 'list', run: () => change({ state: 'open' }) });
  useCommand({ id: 'board.late', words: t('board.show.late'), group: 'list', run: () => change({ state: 'late' }) });
  useCommand({ id: 'board.done', words: t('board.show.done'), group: 'list', run: () => change({ state: 'done' }) });

  const list = (
    <BoardList view={view} open={id} place={place} onPlace={setPlace} onOpen={onOpen} nameOf={nameOf} {...(id === null ? {} : { onEscape: () => goTo('tasks') })} />
  );
  const top = <BoardTop view={view} total={board.total} people={people} me={me.id} seesAll={seesAll} beside={id !== null} onChange={change} />;

  if (id === null) {
    return (
      <div className={`panes panes-board${seesAll ? '' : ' panes-board-own'}`} style={overview.style}>
        {seesAll && <section className="pane board-whose" aria-label={t('board.whose')}><BoardPeople people={people} me={me.id} person={view.person} onChange={(person) => change({ person })} /></section>}
        <section className="pane pane-list board" data-tour="board" aria-label={t('nav.tasks')}>
          {top}
          <AlarmBox />
          {list}
        </section>
        {seesAll && overview.splitters}
      </div>
    );
  }
  return (
    <div className="panes panes-reading" style={reading.style} data-pane={reading.narrow.pane}>
      <section className="pane pane-list board" data-tour="board" aria-label={t('nav.tasks')}>
        <div className="board-back"><Button size="small" kind="quiet" icon={ArrowLeft} onPress={() => goTo('tasks')}>{t('board.back')}</Button></div>
        {top}
        {list}
      </section>
      {reading.narrow.pane === 'page' && reading.narrow.back}
      <OpenDocument key={id} id={id} folder="tasks" viewer={viewer} />
      {reading.splitters}
    </div>
  );
}
