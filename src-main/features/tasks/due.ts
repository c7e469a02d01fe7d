import type { DueState, LegalDeadlineView } from '../../../src-shared/contract/tasks.ts';
import { deadlinesOf, type DeadlineStep, type LegalDeadline } from '../../../src-shared/domain/deadlines.ts';
import { timesOf } from '../../../src-shared/domain/deadlines/times.ts';
import type { DocumentState } from '../../../src-shared/domain/document.ts';
import type { Task } from '../../../src-shared/domain/task.ts';
import { isOpen } from '../../../src-shared/domain/task-rules.ts';
import type { DeskContext } from '../context.ts';
import { vietnamDate } from '../vietnam-time.ts';
import { officeCalendar } from './calendar.ts';

/** Of a document here, every step of the law and every part with a deadline, done or not. Empty where it is not here. */
export function lawfulDeadlines(context: DeskContext, id: DocumentState['id']): readonly LegalDeadline[] {
  const times = timesOf(id, context.store.readHistory(id));
  return times === null ? [] : deadlinesOf(times, context.now().toISOString(), officeCalendar(context));
}

export function toDeadlineView(context: DeskContext, { step, subject, article, dueAt, state, doneAt }: LegalDeadline): LegalDeadlineView {
  const who = subject === null ? null : (context.store.people().find(({ id }) => id === subject)?.fullName ?? subject);
  return { step, what: who === null ? words[step] : `${words[step]} (${who})`, who, article, dueAt, state: state === 'running' || state === 'soon' || state === 'late' ? state : 'done', doneAt };
}

/** Where a part stands today. What only informs has no deadline and is never late. */
export function dueOf(context: Pick<DeskContext, 'store' | 'now'>, task: Task): { readonly due: DueState; readonly workingDaysLeft: number | null } {
  if (!isOpen(task)) return { due: 'done', workingDaysLeft: null };
  if (task.deadline === null) return { due: 'running', workingDaysLeft: null };
  const today = vietnamDate(context.now());
  const calendar = officeCalendar(context);
  const left = task.deadline < today ? -calendar.workingDaysBetween(task.deadline, today) : calendar.workingDaysBetween(today, task.deadline);
  return { due: task.deadline < today ? 'late' : task.deadline <= calendar.addWorkingDays(today, 1) ? 'soon' : 'running', workingDaysLeft: left };
}

/** The last day of what is looked at beforehand: the next working day, as the office keeps it. */
export function nextWorkingDay(context: Pick<DeskContext, 'store' | 'now'>): string {
  return officeCalendar(context).addWorkingDays(vietnamDate(context.now()), 1);
}

/** What is to be done, as the office says it. */
const words: Readonly<Record<DeadlineStep, string>> = {
  acknowledge: 'Thông báo đã nhận cho nơi gửi',
  register: 'Vào sổ văn bản đến',
  present: 'Trình lãnh đạo',
  number: 'Cấp số',
  issue: 'Phát hành',
  send: 'Gửi văn bản đi',
  recall: 'Trả lời đề nghị thu hồi',
  task: 'Giải quyết việc được giao',
  'handover-notice': 'Thông báo nộp lưu hồ sơ',
  handover: 'Nộp lưu hồ sơ',
};
