/** The day in Vietnam (UTC+7 the year round), `yyyy-mm-dd`, of an instant with its zone. */
export function vietnamDay(instant: string): string {
  return new Date(Date.parse(instant) + 7 * 3_600_000).toISOString().slice(0, 10);
}
