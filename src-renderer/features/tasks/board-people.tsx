import { ListBox, ListBoxItem, type Key } from 'react-aria-components';
import type { PersonId } from '../../../src-shared/domain/ids.ts';
import { useT } from '../../i18n/context.tsx';
import type { Load, LoadedPerson } from './board-view.ts';

type PeopleProps = { readonly people: readonly LoadedPerson[]; readonly me: PersonId; readonly person: PersonId | null; readonly onChange: (person: PersonId | null) => void };

const everybody = 'everybody';

/** Everybody's work together, one's own, then each person with what they carry, late first. One stop for Tab; ↑↓ choose. */
export function BoardPeople({ people, me, person, onChange }: PeopleProps) {
  const t = useT();
  const most = Math.max(1, ...people.map(({ open }) => open));
  const mine = people.find(({ id }) => id === me) ?? { open: 0, late: 0 };
  const all = people.reduce((sum, { open, late }) => ({ open: sum.open + open, late: sum.late + late }), { open: 0, late: 0 });
  return (
    <ListBox
      className="board-people"
      aria-label={t('board.whose')}
      selectionMode="single"
      selectionBehavior="replace"
      disallowEmptySelection
      selectedKeys={[person ?? everybody]}
      onSelectionChange={(keys: 'all' | Set<Key>) => {
        const [key] = keys === 'all' ? [] : keys;
        if (key !== undefined) onChange(key === everybody ? null : (key as PersonId));
      }}
    >
      <ListBoxItem id={everybody} className="board-person" textValue={t('board.everybody')}><Person name={t('board.everybody')} load={all} most={null} /></ListBoxItem>
      <ListBoxItem id={me} className="board-person" textValue={t('board.mine')}><Person name={t('board.mine')} load={mine} most={most} /></ListBoxItem>
      {people.filter(({ id }) => id !== me).map((one) => (
        <ListBoxItem key={one.id} id={one.id} className="board-person" textValue={one.fullName}><Person name={one.fullName} position={one.position} load={one} most={most} /></ListBoxItem>
      ))}
    </ListBox>
  );
}

/** `most`: what the fullest bar stands for; null shows none. */
function Person({ name, position = '', load: { open, late }, most }: { readonly name: string; readonly position?: string; readonly load: Load; readonly most: number | null }) {
  const t = useT();
  return (
    <>
      <span className="board-person-name">{name}</span>
      {position !== '' && <small>{position}</small>}
      <span className="board-load">
        <span className={open === 0 ? 'quiet' : ''}>{t('board.open', { count: open })}</span>
        {late > 0 && <strong className="text-bad">{t('board.late', { count: late })}</strong>}
      </span>
      {most !== null && open > 0 && (
        <span className="board-load-bar" aria-hidden>
          <span className="board-load-late" style={{ flexGrow: late }} />
          <span className="board-load-open" style={{ flexGrow: Math.max(0, open - late) }} />
          <span style={{ flexGrow: most - open }} />
        </span>
      )}
    </>
  );
}
