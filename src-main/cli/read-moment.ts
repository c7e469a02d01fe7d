/**
 * A moment as people write it: `2026-03-05T10:00:00+07:00`, `2026-03-05 10:00`, `2026-03-05` or `05/03/2026`. Without a zone it is Vietnam's;
 * without an hour, the end of that day. Null: no such moment.
 */
export function readMoment(text: string): Date | null {
  const day = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? reverse(/^(\d{2})\/(\d{2})\/(\d{4})$/.exec(text));
  if (day !== null) return at(`${day[1]}-${day[2]}-${day[3]}`, '23:59:59', '+07:00');
  const full = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(:\d{2})?(Z|[+-]\d{2}:\d{2})?$/.exec(text);
  return full === null ? null : at(full[1] ?? '', `${full[2]}${full[3] ?? ':00'}`, full[4] ?? '+07:00');
}

function reverse(match: RegExpExecArray | null): readonly (string | undefined)[] | null {
  return match === null ? null : [match[0], match[3], match[2], match[1]];
}

/** JavaScript reads the 31st of February as March: a day that does not exist is none. */
function at(day: string, time: string, zone: string): Date | null {
  const moment = new Date(`${day}T${time}${zone}`);
  const sameDay = new Date(`${day}T00:00:00Z`);
  return Number.isNaN(moment.getTime()) || Number.isNaN(sameDay.getTime()) || sameDay.toISOString().slice(0, 10) !== day ? null : moment;
}
