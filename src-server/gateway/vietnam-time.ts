/** The format has no zone; senders and receivers keep Vietnam's (QĐ 28/2018/QĐ-TTg Art 14.4), which has been UTC+7 without summer time since 1975. */
const offsetMs = 7 * 3_600_000;

/** `2026-11-20T09:45:09.123Z` → `2026/11/20 16:45:09`. */
export function toAxisTime(instant: string): string {
  const at = new Date(Date.parse(instant) + offsetMs).toISOString();
  return `${at.slice(0, 10).replaceAll('-', '/')} ${at.slice(11, 19)}`;
}

/** `2026/11/20 16:45:09` → `2026-11-20T09:45:09.000Z`. */
export function fromAxisTime(text: string): string {
  return new Date(Date.parse(`${text.slice(0, 10).replaceAll('/', '-')}T${text.slice(11)}Z`) - offsetMs).toISOString();
}

/** `2026-11-20` → `2026/11/20`. */
export function toAxisDate(day: string): string {
  return day.replaceAll('-', '/');
}

export function fromAxisDate(text: string): string {
  return text.replaceAll('/', '-');
}
