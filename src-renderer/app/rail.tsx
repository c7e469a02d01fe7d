import { BookOpen, Building2, ChartColumn, Clock, FolderKanban, GitCompareArrows, Inbox, KeyRound, ListChecks, PenLine, Plus, Send, Settings, Stamp, TriangleAlert, type LucideIcon } from 'lucide-react';
import { useEffect, useId, useRef } from 'react';
import type { Folder } from '../../src-shared/contract/documents.ts';
import { useQuery } from '../bridge/use-query.ts';
import { useWaiting } from '../features/outbox/use-waiting.ts';
import { RailSearches } from '../features/saved-searches/rail-searches.tsx';
import { RailAlarms } from '../features/tasks/rail-alarms.tsx';
import { useI18n } from '../i18n/context.tsx';
import { Button } from '../ui/button.tsx';
import { goTo, hrefOf, type Screen } from './route.ts';

const folderIcons = { incoming: Inbox, signing: PenLine, issuing: Stamp, outgoing: Send, tasks: ListChecks } as const satisfies Record<Folder, LucideIcon>;

/** The folders, in words, with how much waits in each. */
export function Rail({ current }: { readonly current: Screen }) {
  const { t } = useI18n();
  const { data: counts } = useQuery('documents.counts', {});
  const { data: atHand } = useQuery('dossiers.atHand', {});
  const { waiting, problems, conflicts } = useWaiting();
  return (
    <nav className="rail" data-tour="rail" aria-label={t('nav.label')}>
      <div className="rail-new" data-tour="new"><Button icon={Plus} wide onPress={() => goTo('draft')}>{t('nav.draft')}</Button></div>
      {(Object.keys(folderIcons) as Folder[]).map((folder) => (
        <RailLink key={folder} screen={folder} icon={folderIcons[folder]} count={counts?.[folder] ?? 0} current={current === folder} />
      ))}
      <RailAlarms />
      <RailLink screen="registers" icon={BookOpen} count={0} current={current === 'registers'} />
      <RailLink screen="dossiers" icon={FolderKanban} count={atHand?.due.length ?? 0} current={current === 'dossiers'} />
      <RailLink screen="figures" icon={ChartColumn} count={0} current={current === 'figures'} />
      <RailSearches current={current} />
      <h2 className="rail-heading">{t('nav.onThisMachine')}</h2>
      <RailLink screen="outbox" icon={Clock} count={waiting} current={current === 'outbox'} />
      <RailLink screen="conflicts" icon={GitCompareArrows} count={conflicts} current={current === 'conflicts'} bad />
      <RailLink screen="problems" icon={TriangleAlert} count={problems} current={current === 'problems'} bad />
      <div className="rail-foot">
        <RailLink screen="office" icon={Building2} count={0} current={current === 'office'} />
        <RailLink screen="tokens" icon={KeyRound} count={0} current={current === 'tokens'} />
        <RailLink screen="settings" icon={Settings} count={0} current={current === 'settings'} />
      </div>
    </nav>
  );
}

type RailLinkProps = { readonly screen: Screen; readonly icon: LucideIcon; readonly count: number; readonly current: boolean; readonly bad?: boolean };

function RailLink({ screen, icon: Icon, count, current, bad = false }: RailLinkProps) {
  const { t } = useI18n();
  const countId = useId();
  const link = useRef<HTMLAnchorElement>(null);
  // In a narrow window the folders stand in one line, which scrolls
  useEffect(() => {
    if (current) link.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [current]);
  // The name is the folder's word alone, from what stands there, so that voice control and habit find it; the count is its description.
  return (
    <a ref={link} className="rail-link" href={hrefOf(screen)} aria-current={current ? 'page' : undefined} aria-describedby={count > 0 ? countId : undefined}>
      <Icon aria-hidden size={18} strokeWidth={1.75} />
      <span>{t(`nav.${screen}`)}</span>
      {count > 0 && <span className={`rail-count${bad ? ' rail-count-bad' : ''}`} aria-hidden>{count}</span>}
      {count > 0 && <span id={countId} hidden>{t('nav.waiting', { count })}</span>}
    </a>
  );
}
