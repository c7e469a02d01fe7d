import { ArrowDown, ArrowUp, Pencil, Trash2 } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { SavedSearch } from '../../../src-shared/contract/searches.ts';
import { useAction, useQuery } from '../../bridge/use-query.ts';
import { useT } from '../../i18n/context.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNote } from '../../ui/note.tsx';
import { RenameSearch } from './rename.tsx';
import { useRemove } from './use-remove.ts';
import { describeSearch } from './use-saved-searches.ts';

/** Their order, their names, and the way to be rid of one. */
export function SavedSearchesDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useT();
  const { data } = useQuery('searches.list', {});
  const [renaming, setRenaming] = useState<string | null>(null);
  const move = useAction('searches.move');
  const { remove, error } = useRemove();
  const searches = data?.searches ?? [];
  const list = useRef<HTMLOListElement>(null);
  // A line that moves, changes or goes takes the keyboard's place with it: it goes on where it was, so that nobody begins anew at the top
  const goOnAt = useRef<{ readonly id: string | undefined; readonly tool: Tool } | null>(null);
  useEffect(() => {
    if (goOnAt.current === null || renaming !== null) return;
    const { id, tool } = goOnAt.current;
    goOnAt.current = null;
    const tools = list.current?.children[searches.findIndex((one) => one.id === id)]?.querySelectorAll('button');
    const wanted = tools?.[toolOrder.indexOf(tool)];
    (wanted?.disabled === true ? tools?.[tool === 'up' ? 1 : 0] : (wanted ?? list.current))?.focus();
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- when the lines have changed
  }, [data, renaming]);

  function endRename(id: string): void {
    goOnAt.current = { id, tool: 'rename' };
    setRenaming(null);
  }

  function moveBy(id: string, by: -1 | 1): void {
    goOnAt.current = { id, tool: by === -1 ? 'up' : 'down' };
    void move.run({ id, by });
  }

  function removeOne(search: SavedSearch): void {
    const at = searches.indexOf(search);
    goOnAt.current = { id: (searches[at + 1] ?? searches[at - 1])?.id, tool: 'remove' };
    void remove(search);
  }

  return (
    <Dialog title={t('searches.arrange')} size="wide" onClose={onClose} actions={<Button kind="strong" onPress={onClose}>{t('searches.done')}</Button>}>
      <ErrorNote error={move.error ?? error} />
      {searches.length === 0 && <p role="status">{t('searches.none')}</p>}
      <ol ref={list} className="saved-searches" tabIndex={-1} aria-label={t('searches.title')}>
        {searches.map((search, at) => (
          <li key={search.id} className="saved-search">
            {renaming === search.id ? <RenameSearch search={search} onClose={() => endRename(search.id)} /> : (
              <Line search={search} first={at === 0} last={at === searches.length - 1} onMove={(by) => moveBy(search.id, by)} onRename={() => setRenaming(search.id)} onRemove={() => removeOne(search)} />
            )}
          </li>
        ))}
      </ol>
    </Dialog>
  );
}

const toolOrder = ['up', 'down', 'rename', 'remove'] as const;
type Tool = (typeof toolOrder)[number];

type LineProps = { readonly search: SavedSearch; readonly first: boolean; readonly last: boolean; readonly onMove: (by: -1 | 1) => void; readonly onRename: () => void; readonly onRemove: () => void };

function Line({ search, first, last, onMove, onRename, onRemove }: LineProps) {
  const t = useT();
  const { name } = search;
  return (
    <>
      <span className="saved-search-words"><strong>{name}</strong><span className="quiet">{describeSearch(search, t)}</span></span>
      <span className="saved-search-tools">
        <IconButton icon={ArrowUp} label={t('searches.up', { name })} disabled={first} onPress={() => onMove(-1)} />
        <IconButton icon={ArrowDown} label={t('searches.down', { name })} disabled={last} onPress={() => onMove(1)} />
        <IconButton icon={Pencil} label={t('searches.rename', { name })} onPress={onRename} />
        <IconButton icon={Trash2} label={t('searches.remove', { name })} onPress={onRemove} />
      </span>
    </>
  );
}
