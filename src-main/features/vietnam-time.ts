export { vietnamDay as vietnamDate } from '../../src-shared/domain/vietnam-day.ts';

/** NĐ 30/2020 App I: days below 10 and the months January and February carry a leading zero. */
export function printedDay(date: string): string {
  return date.slice(8, 10);
}

export function printedMonth(date: string): string {
  const month = Number(date.slice(5, 7));
  return month <= 2 ? `0${month}` : String(month);
}

export function printedYear(date: string): string {
  return date.slice(0, 4);
}

/** NĐ 30/2020 App I II.3: numbers below 10 carry a leading zero. */
export function printedNumber(number: number): string {
  return String(number).padStart(2, '0');
}

/** As it stands in a line of text: `dd/mm/yyyy`. */
export function printedDate(date: string): string {
  return `${date.slice(8, 10)}/${date.slice(5, 7)}/${date.slice(0, 4)}`;
}
