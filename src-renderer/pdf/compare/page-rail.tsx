import type { Sheet } from '../../features/verification/sheets.ts';
import type { Stop } from '../../features/verification/stops.ts';
import { useT } from '../../i18n/context.tsx';

type PageRailProps = { readonly sheets: readonly Sheet[]; readonly stops: readonly Stop[]; readonly current: number; readonly onlyChanged: boolean; readonly onGo: (sheet: number) => void };

/** Every page with how much was changed on it, a press away. */
export function PageRail({ sheets, stops, current, onlyChanged, onGo }: PageRailProps) {
  const t = useT();
  return (
    <nav className="compare-rail" aria-label={t('compare.pages')}>
      {onlyChanged && <p className="quiet">{t('compare.onlyChanged')}</p>}
      <ol>
        {sheets.map(({ signed, now }, index) => {
          const here = stops.filter(({ sheet }) => sheet === index);
          const tone = here.some((stop) => stop.tone === 'bad') ? 'bad' : 'warn';
          return (
            <li key={`${signed} ${now}`}>
              <button type="button" className="compare-rail-page" aria-current={index === current ? 'page' : undefined} onClick={() => onGo(index)}>
                <span>{t('reading.pageLabel', { page: now ?? signed ?? index + 1 })}</span>
                {here.length > 0 && <span className={`text-${tone}`}>{signed === null ? t('compare.railAdded') : now === null ? t('compare.railRemoved') : t('compare.places', { count: here.length })}</span>}
              </button>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
