import type { PersonId } from '../../../src-shared/domain/ids.ts';
import { useT } from '../../i18n/context.tsx';
import { SegmentedControl } from '../../ui/choice.tsx';
import { Select } from '../../ui/field.tsx';
import { boardStates, type BoardView, type LoadedPerson } from './board-view.ts';

type BoardTopProps = {
  readonly view: BoardView;
  readonly total: number | null;
  readonly people: readonly LoadedPerson[];
  readonly me: PersonId;
  readonly seesAll: boolean;
  /** A document stands beside it, and the people have no pane of their own. */
  readonly beside: boolean;
  readonly onChange: (patch: Partial<BoardView>) => void;
};

const everybody = 'everybody';

/** What the board shows now and how much of it; which work, and (where the people have no pane) whose. */
export function BoardTop({ view, total, people, me, seesAll, beside, onChange }: BoardTopProps) {
  const t = useT();
  const carries = ({ open, late }: LoadedPerson): string => [t('board.open', { count: open }), late > 0 && t('board.late', { count: late })].filter(Boolean).join(', ');
  return (
    <div className="list-top">
      <div className="list-heading">
        <h1>{t('nav.tasks')}</h1>
        {total !== null && <span role="status">{t('board.open', { count: total })}</span>}
      </div>
      <div className="board-tools">
        <SegmentedControl label={t('board.which')} labelHidden options={boardStates.map((state) => ({ value: state, label: t(`board.state.${state}`) }))} value={view.state} onChange={(state) => onChange({ state })} />
        {seesAll && (
          <div className={`board-whose-select${beside ? ' board-whose-beside' : ''}`}>
            <Select
              label={t('board.whose')}
              value={view.person ?? everybody}
              onChange={(whose: string) => onChange({ person: whose === everybody ? null : (whose as PersonId) })}
              options={[
                { value: everybody, label: t('board.everybody') },
                { value: me, label: t('board.mine') },
                ...people.filter(({ id }) => id !== me).map((one) => ({ value: one.id, label: `${one.fullName} · ${carries(one)}` })),
              ]}
            />
          </div>
        )}
      </div>
    </div>
  );
}
