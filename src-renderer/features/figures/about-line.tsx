import { useQuery } from '../../bridge/use-query.ts';
import { useT } from '../../i18n/context.tsx';
import { formatDate, formatInstant } from '../../i18n/format.ts';
import { Note } from '../../ui/note.tsx';
import { Progress } from '../../ui/progress.tsx';
import type { Told } from './told.ts';

/** Of when the figures are, and what is not in them: nothing is told as more certain than it is. */
export function AboutLine({ told }: { readonly told: Told }) {
  const t = useT();
  const { data: sync } = useQuery('sync.status', {});
  const { report, before, counting } = told;
  const synced = sync?.lastSyncAt ?? told.lastSyncAt;
  return (
    <div className="figure-about">
      <p><strong>{t('figures.days', { from: formatDate(report.from), to: formatDate(report.to) })}</strong>{before && <span className="quiet"> {t('figures.beside', { from: formatDate(before.from), to: formatDate(before.to) })}</span>}</p>
      <p className="quiet">
        {t('figures.at', { at: formatInstant(told.at) })} · {synced === null ? t('figures.neverSynced') : t('figures.synced', { at: formatInstant(synced) })} · {t('figures.judged', { day: formatDate(report.judgedTo) })}
      </p>
      {sync?.online === false && <Note tone="warn">{t('figures.offline')}</Note>}
      {counting.left > 0 && <Progress label={t('figures.counting')} done={counting.total - counting.left} total={counting.total} />}
      {!told.seesAll && <p className="quiet">{t('figures.ownOnly')}</p>}
    </div>
  );
}
