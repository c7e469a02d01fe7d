import type { SyncStatus } from '../../../src-shared/contract/office.ts';
import { formatWhen } from '../../i18n/format.ts';
import { presentMs } from '../../i18n/present.ts';
import type { Translate } from '../../i18n/translate.ts';

/** As the contract has it, and `starting` until the desk has said how it stands; a desk that was opened without a line says `down`, and since no hour. */
export type LineState = SyncStatus['line'] | 'starting';
export type LineWords = { readonly state: LineState; readonly tone: 'ok' | 'warn' | 'neutral'; /** What the line is. */ readonly strong: string; /** What that means for what waits; may be empty. */ readonly rest: string };

/** The line as real requests found it, in words. */
export function describeLine(sync: SyncStatus | undefined, t: Translate, now: number = presentMs()): LineWords {
  const state = lineStateOf(sync);
  if (!sync || state === 'starting') return { state: 'starting', tone: 'neutral', strong: t('status.starting'), rest: '' };
  const kept = sync.pending > 0 ? t('line.kept', { count: sync.pending }) : t('line.keptNone');
  const sending = sync.pending > 0 ? t('line.sending', { count: sync.pending }) : t('line.allSent');
  switch (state) {
    case 'up':
      return { state, tone: 'ok', strong: t('line.online'), rest: sending };
    case 'slow':
      return { state, tone: 'warn', strong: t('line.slow'), rest: sending };
    case 'down':
      return {
        state, tone: 'warn', strong: sync.since ? t('status.offlineSince', { time: formatWhen(sync.since, t, now) }) : t('status.offline'),
        rest: sync.pending > 0 ? t('status.offlinePending', { count: sync.pending }) : t('status.offlineNone'),
      };
    case 'portal':
      return { state, tone: 'warn', strong: t('line.portal'), rest: kept };
    case 'busy':
      return { state, tone: 'warn', strong: sync.busyUntil ? t('line.busyUntil', { time: formatWhen(sync.busyUntil, t, now) }) : t('line.busy'), rest: kept };
    case 'signed-out':
      return { state, tone: 'warn', strong: t('line.signedOut'), rest: kept };
  }
}

export function lineStateOf(sync: SyncStatus | undefined): LineState {
  if (!sync) return 'starting';
  return sync.line;
}
