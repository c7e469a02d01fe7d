/** NĐ 30/2020 App I II.4b: days under 10 and months 1 and 2 are written with a leading zero, so that nothing can be added before them. */
export function dayText(date: string): string {
  return date.slice(8, 10);
}

export function monthText(date: string): string {
  const month = Number(date.slice(5, 7));
  return month <= 2 ? `0${month}` : String(month);
}

/** NĐ 30/2020 App I II.3a: numbers under 10 carry a leading zero. */
export function numberText(number: number): string {
  return number < 10 ? `0${number}` : String(number);
}
