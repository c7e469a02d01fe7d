import type { DeskContext } from '../context.ts';
import type { DayWatch } from '../day-watch.ts';
import { vietnamDate } from '../vietnam-time.ts';
import { booksOfYear } from './books.ts';

/** The clerk's station holds every book of the year out of which the office numbers: asked for anew when the office sets others, and when a year begins. */
export function watchWantedBooks(context: Pick<DeskContext, 'unit' | 'store' | 'sync' | 'now' | 'role'>): DayWatch {
  if (context.role !== 'clerk') return { look: () => {}, stop: () => {} };
  let asked = '';
  const look = (): void => {
    const wanted = booksOfYear(context, vietnamDate(context.now()).slice(0, 4));
    const now = wanted.join(' ');
    if (now === asked) return;
    asked = now;
    context.sync.wantBooks(wanted);
  };
  look();
  const stops = [context.sync.onChanged(look), context.sync.onStatus(look)];
  return { look, stop: () => stops.forEach((stop) => stop()) };
}
