import { ArrowUp, BadgeCheck, CircleAlert, CircleHelp, Clock, TriangleAlert, type LucideIcon } from 'lucide-react';
import type { SyncState } from '../../../src-shared/contract/documents.ts';
import type { Verdict } from '../../../src-shared/domain/verdict.ts';
import type { Urgency } from '../../../src-shared/domain/document.ts';
import { useT } from '../../i18n/context.tsx';
import { daysUntil, formatDate } from '../../i18n/format.ts';
import { Pill, type Tone } from '../../ui/pill.tsx';

const verdictTones = { valid: 'ok', 'valid-extended': 'ok', changed: 'warn', invalid: 'bad', indeterminate: 'neutral', unsigned: 'neutral', unchecked: 'neutral' } as const satisfies Record<Verdict, Tone>;

/** Green only for `valid` and `valid-extended`. */
export function verdictTone(verdict: Verdict): Tone {
  return verdictTones[verdict];
}

const verdictIcons = { valid: BadgeCheck, 'valid-extended': BadgeCheck, changed: TriangleAlert, invalid: CircleAlert, indeterminate: CircleHelp, unsigned: CircleHelp, unchecked: CircleHelp } as const satisfies Record<Verdict, LucideIcon>;

/** The verdict's picture; its words stand beside it. */
export function VerdictIcon({ verdict }: { readonly verdict: Verdict }) {
  const Icon = verdictIcons[verdict];
  return <Icon aria-hidden size={20} strokeWidth={1.75} className="card-icon" />;
}

export function VerdictPill({ verdict }: { readonly verdict: Verdict }) {
  const t = useT();
  return <Pill tone={verdictTone(verdict)} icon={verdictIcons[verdict]}>{t(`verdict.${verdict}`)}</Pill>;
}

const syncLook = {
  synced: { tone: 'ok', icon: BadgeCheck },
  waiting: { tone: 'neutral', icon: Clock },
  sending: { tone: 'accent', icon: ArrowUp },
  confirming: { tone: 'accent', icon: CircleHelp },
  problem: { tone: 'bad', icon: TriangleAlert },
} as const satisfies Record<SyncState, { readonly tone: Tone; readonly icon: LucideIcon }>;

/** Nothing when all is on the server: only what is still under way needs a word. */
export function SyncPill({ sync, percent }: { readonly sync: SyncState; readonly percent?: number | undefined }) {
  const t = useT();
  if (sync === 'synced') return null;
  const look = syncLook[sync];
  return <Pill tone={look.tone} icon={look.icon}>{sync === 'sending' && percent !== undefined ? t('sync.sendingPercent', { percent }) : t(`sync.${sync}`)}</Pill>;
}

export function UrgencyPill({ urgency }: { readonly urgency: Urgency }) {
  const t = useT();
  if (urgency === 'normal') return null;
  return <Pill tone={urgency === 'express' ? 'seal' : 'warn'}>{t(`urgency.${urgency}`)}</Pill>;
}

export function DeadlinePill({ deadline }: { readonly deadline: string }) {
  const t = useT();
  const days = daysUntil(deadline);
  if (days < 0) return <Pill tone="bad">{t('list.overdue', { days: -days })}</Pill>;
  if (days === 0) return <Pill tone="warn">{t('list.today')}</Pill>;
  return <span className="row-meta">{t('list.deadline', { date: formatDate(deadline).slice(0, 5) })}</span>;
}
