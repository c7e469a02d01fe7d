import type { Output } from '../../../src-shared/contract/index.ts';
import type { LegalDeadlineView } from '../../../src-shared/contract/tasks.ts';
import type { DocumentState } from '../../../src-shared/domain/document.ts';
import type { Screen } from '../../app/route.ts';
import { useQuery } from '../../bridge/use-query.ts';

/** What presses about one document, its most pressing step first. */
export type Alarm = { readonly document: DocumentState; readonly steps: readonly LegalDeadlineView[]; readonly late: boolean };

export type Alarms = { readonly documents: readonly Alarm[]; /** Documents that are not late yet, which they will be before the end of the next working day. */ readonly soon: number; readonly late: number };

/** What this person should see to before it is late, the most pressing first. */
export function useAlarms(): Alarms {
  const { data } = useQuery('tasks.alarms', {});
  const documents = alarmsByDocument(data?.rows ?? []);
  const late = documents.filter((one) => one.late).length;
  return { documents, late, soon: documents.length - late };
}

/** The rows come in the order of their times: a document stands where its first one does. */
export function alarmsByDocument(rows: Output<'tasks.alarms'>['rows']): readonly Alarm[] {
  return [...Map.groupBy(rows, ({ document }) => document.id).values()].flatMap((of) => {
    const steps = of.map(({ deadline }) => deadline);
    return of[0] ? [{ document: of[0].document, steps, late: steps.some(({ state }) => state === 'late') }] : [];
  });
}

/** The folder in which the first of its steps is done. */
export function folderOf({ document, steps: [first] }: Alarm): Screen {
  if (first?.step === 'task') return 'tasks';
  if (document.direction === 'incoming') return 'incoming';
  return first?.step === 'recall' ? 'outgoing' : 'issuing';
}
