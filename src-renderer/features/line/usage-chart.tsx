import { useQuery } from '../../bridge/use-query.ts';
import { useI18n } from '../../i18n/context.tsx';
import { formatBytes, formatDate } from '../../i18n/format.ts';
import { useToday } from '../../i18n/present.ts';
import { ErrorNote } from '../../ui/note.tsx';
import { barsOf, bytesOf, usageOfDay, usageOfMonth, type UsageBar, type UsageSum } from './usage.ts';

/** As many days as the desk keeps. */
const shownDays = 31;
// Of the picture, in its own dots
const [width, height, barWidth, foot] = [620, 96, 14, 18];

/** What the line was used for: today and this month in words, the last days as bars, and the same as a table. */
export function UsageChart({ dailyMb }: { readonly dailyMb: number | null }) {
  const { t, locale } = useI18n();
  const { data, error } = useQuery('line.usage', {});
  const today = useToday();
  const days = data?.days ?? [];
  const bars = barsOf(days, today, shownDays);
  const most = bars.reduce((a, b) => (bytesOf(b) > bytesOf(a) ? b : a));
  const size = (bytes: number): string => formatBytes(bytes, locale);
  const used = (sum: UsageSum): string => t('line.sentReceived', { sent: size(sum.sentBytes), received: size(sum.receivedBytes) });
  const now = usageOfDay(days, today);
  const month = usageOfMonth(days, today);
  return (
    <section className="usage" aria-label={t('line.usage')}>
      <h3>{t('line.usage')}</h3>
      <ErrorNote error={error} />
      <dl className="usage-sums">
        <div><dt>{t('calendar.today')}</dt><dd><strong>{size(bytesOf(now))}</strong><span>{used(now)}</span><span>{dailyMb === null ? t('line.bulk', { used: size(now.bulkBytes) }) : t('line.bulkOf', { used: size(now.bulkBytes), limit: `${dailyMb.toLocaleString(locale)}\u00a0MB` })}</span></dd></div>
        <div><dt>{t('line.month')}</dt><dd><strong>{size(bytesOf(month))}</strong><span>{used(month)}</span><span>{t('line.bulk', { used: size(month.bulkBytes) })}</span></dd></div>
      </dl>
      {bytesOf(most) === 0 ? <p className="quiet">{t('line.chartNone')}</p> : (
        <>
          <svg className="usage-bars" viewBox={`0 0 ${width} ${height + foot}`} role="img" aria-label={t('line.chart', { count: shownDays, most: size(bytesOf(most)), day: formatDate(most.day) })}>
            <line className="usage-ground" x1={0} x2={width} y1={height + 0.5} y2={height + 0.5} />
            {bars.map((bar, at) => <Bar key={bar.day} bar={bar} at={at} />)}
          </svg>
          <p className="usage-key"><span className="usage-key-all" aria-hidden />{t('line.keyWork')}<span className="usage-key-bulk" aria-hidden />{t('line.bulkColumn')}</p>
          <details className="policy-more">
            <summary>{t('line.table')}</summary>
            <UsageTable bars={bars.filter((bar) => bytesOf(bar) > 0).toReversed()} size={size} />
          </details>
        </>
      )}
    </section>
  );
}

function Bar({ bar, at }: { readonly bar: UsageBar; readonly at: number }) {
  const x = at * (width / shownDays) + (width / shownDays - barWidth) / 2;
  // What was used at all is seen, however little beside the largest
  const all = bar.share === 0 ? 0 : Math.max(2, bar.share * height);
  const bulk = bar.bulkShare * height;
  return (
    <g>
      <rect className="usage-bar-bulk" x={x} y={height - bulk} width={barWidth} height={bulk} />
      <rect className="usage-bar" x={x} y={height - all} width={barWidth} height={Math.max(0, all - bulk - (bulk > 0 ? 1 : 0))} />
      {(at === shownDays - 1 || (shownDays - 1 - at) % 5 === 0) && <text x={at === 0 ? 0 : at === shownDays - 1 ? width : x + barWidth / 2} y={height + foot - 4} textAnchor={at === 0 ? 'start' : at === shownDays - 1 ? 'end' : 'middle'}>{formatDate(bar.day).slice(0, 5)}</text>}
    </g>
  );
}

function UsageTable({ bars, size }: { readonly bars: readonly UsageBar[]; readonly size: (bytes: number) => string }) {
  const { t } = useI18n();
  return (
    <table className="usage-table">
      <thead><tr><th scope="col">{t('line.day')}</th><th scope="col">{t('line.sent')}</th><th scope="col">{t('line.received')}</th><th scope="col">{t('line.bulkColumn')}</th></tr></thead>
      <tbody>
        {bars.map((bar) => <tr key={bar.day}><th scope="row">{formatDate(bar.day)}</th><td>{size(bar.sentBytes)}</td><td>{size(bar.receivedBytes)}</td><td>{size(bar.bulkBytes)}</td></tr>)}
      </tbody>
    </table>
  );
}
