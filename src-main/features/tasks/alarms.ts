import type { LegalDeadlineView } from '../../../src-shared/contract/tasks.ts';
import type { LegalDeadline } from '../../../src-shared/domain/deadlines.ts';
import { endOfDay } from '../../../src-shared/domain/calendar.ts';
import type { DocumentState } from '../../../src-shared/domain/document.ts';
import type { DeskContext } from '../context.ts';
import type { DayWatch } from '../day-watch.ts';
import { rolesToday } from '../grants/in-force.ts';
import { vietnamDate } from '../vietnam-time.ts';
import { lawfulDeadlines, nextWorkingDay, toDeadlineView } from './due.ts';

export type Alarm = { readonly document: DocumentState; readonly deadline: LegalDeadline };

/** More than a person reads through; the most pressing come first. */
const mostDocuments = 500;

/** What is not done and will be late before the end of the next working day, or is late already, for whoever has to see to it; the most pressing first. */
export function alarms(context: DeskContext): readonly Alarm[] {
  const until = nextWorkingDay(context);
  const before = endOfDay(until);
  return context.store.dueDocuments(until, mostDocuments)
    .flatMap((document) => lawfulDeadlines(context, document.id).map((deadline): Alarm => ({ document, deadline })))
    .filter(({ document, deadline }) => deadline.doneAt === null && deadline.dueAt < before && isFor(context, document, deadline))
    .sort((a, b) => a.deadline.dueAt.localeCompare(b.deadline.dueAt));
}

export function toAlarmView(context: DeskContext, { document, deadline }: Alarm): { document: DocumentState; deadline: LegalDeadlineView } {
  return { document, deadline: toDeadlineView(context, deadline) };
}

/** The register's steps are the clerk's; a part is its own person's, and of those who gave it out and keep an eye on it (NĐ 30/2020 Art 24.1). */
function isFor(context: DeskContext, document: DocumentState, { step, subject }: LegalDeadline): boolean {
  const roles = rolesToday(context);
  if (step !== 'task') return roles.includes('clerk');
  return subject === context.me.id || roles.includes('leader') || document.tasks.some((task) => task.person === subject && task.givenBy === context.me.id);
}

const everyMs = 3 * 60_000;
const settingKey = 'tasks.alarmed';

/**
 * Tells of each step of each document once a day, when its alarm has come and before it is due: looked at every few minutes, and when the line brought something. What was told is kept, so
 * that a restart says nothing twice.
 */
export function watchAlarms(context: DeskContext): DayWatch {
  let told = readTold(context);
  const look = (): void => {
    const day = vietnamDate(context.now());
    if (told.day !== day) told = { day, keys: [] };
    const known = new Set(told.keys);
    const fresh = alarms(context).filter((one) => one.deadline.state === 'soon' && !known.has(keyOf(one)));
    if (fresh.length === 0) return;
    told = { day, keys: [...told.keys, ...fresh.map(keyOf)] };
    context.store.setSetting(settingKey, JSON.stringify(told));
    context.emit('tasks.alarm', {
      rows: fresh.map((one) => {
        const { deadline } = toAlarmView(context, one);
        return { id: one.document.id, what: deadline.what, dueAt: deadline.dueAt };
      }),
    });
  };
  const timer = setInterval(look, everyMs);
  // nothing stays open for it
  timer.unref();
  // after whoever opened the desk has begun to listen
  const first = setImmediate(look);
  const stop = context.sync.onArrived(look);
  return {
    look,
    stop: () => {
      clearInterval(timer);
      clearImmediate(first);
      stop();
    },
  };
}

type Told = { readonly day: string; readonly keys: readonly string[] };

function keyOf({ document, deadline }: Alarm): string {
  return `${document.id} ${deadline.step} ${deadline.subject ?? ''}`;
}

function readTold({ store, log }: Pick<DeskContext, 'store' | 'log'>): Told {
  const kept = store.getSetting(settingKey);
  if (kept === null) return { day: '', keys: [] };
  try {
    const { day, keys } = JSON.parse(kept) as Told;
    return { day: String(day), keys: keys.map(String) };
  } catch {
    // told once too often is better than never
    log('warn', 'what was alarmed cannot be read');
    return { day: '', keys: [] };
  }
}
