import type { Output } from '../../../src-shared/contract/index.ts';
import type { Screen } from '../../app/route.ts';
import { useQuery } from '../../bridge/use-query.ts';

export type AlarmRow = Output<'tasks.alarms'>['rows'][number];

export type Alarms = { readonly rows: readonly AlarmRow[]; /** Not late yet, which it will be before the end of the next working day. */ readonly soon: number; readonly late: number };

/** What this person should see to before it is late, the most pressing first. */
export function useAlarms(): Alarms {
  const { data } = useQuery('tasks.alarms', {});
  const rows = data?.rows ?? [];
  const late = rows.filter(({ deadline }) => deadline.state === 'late').length;
  return { rows, late, soon: rows.length - late };
}

/** The folder in which the step is done. */
export function folderOf({ document, deadline: { step } }: AlarmRow): Screen {
  if (step === 'task') return 'tasks';
  if (document.direction === 'incoming') return 'incoming';
  return step === 'number' || step === 'issue' || step === 'send' ? 'issuing' : 'outgoing';
}
