/** The day in Vietnam (UTC+7 the year round), `yyyy-mm-dd`, of an instant: ISO 8601 with its zone, or milliseconds since 1970. */
export function vietnamDay(instant: string | number | Date): string {
  return new Date(new Date(instant).getTime() + 7 * 3_600_000).toISOString().slice(0, 10);
}
