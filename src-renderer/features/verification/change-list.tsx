import { useT } from '../../i18n/context.tsx';
import type { SignatureDeeds } from './deeds.ts';
import { wordsOf, type LaterChange } from './later-changes.ts';

type ChangeListProps = { readonly heading: string | null; readonly changes: readonly LaterChange[]; readonly onShow: SignatureDeeds['onShow'] };

/** What came after a signature, each with its page; pressed, the page comes and the place is lit. */
export function ChangeList({ heading, changes, onShow }: ChangeListProps) {
  const t = useT();
  return (
    <div className="changes">
      {heading !== null && <h4>{heading}</h4>}
      <ul>
        {changes.map((change) => {
          const { page, place, tone } = change;
          const words = wordsOf(change, t);
          return (
            <li key={JSON.stringify([page, place, words])} className={`change change-${tone}`}>
              {page !== null && onShow ? <button type="button" className="change-button" title={t('signatures.showPlace')} onClick={() => onShow({ page, place })}>{words}</button> : <span>{words}</span>}
            </li>
          );
        })}
      </ul>
    </div>
  );
}
