import type { Translate } from '../../i18n/translate.ts';
import type { Alarms } from './use-alarms.ts';

/** How much presses, in a few words: what is late already, and what soon will be. */
export function alarmWords({ soon, late }: Alarms, t: Translate): string {
  if (late === 0) return t('alarm.soon', { count: soon });
  return soon === 0 ? t('alarm.late', { count: late }) : t('alarm.both', { late, soon });
}
