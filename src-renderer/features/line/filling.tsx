import type { SyncStatus } from '../../../src-shared/contract/office.ts';
import { useT } from '../../i18n/context.tsx';

/** A desk that is being filled anew says how far it is. Quietly: it can be used already, and nothing of it is read aloud by itself. */
export function Filling({ filling }: { readonly filling: SyncStatus['filling'] }) {
  const t = useT();
  if (!filling) return null;
  return (
    <div className="filling">
      <progress aria-label={t('line.fillingLabel')} max={Math.max(1, filling.total)} value={filling.done} />
      <span>{t('line.filling', filling)}</span>
    </div>
  );
}
