/** A PDF date (ISO 32000-2 7.9.4) as an instant; null when it is none. Without an offset it is read as Vietnam's, which has one zone and no summer time. */
export function readPdfDate(text: string): Date | null {
  const match = /^D:(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?(?:(Z)(?:00'?(?:00'?)?)?|([+-])(\d\d)(?:'?(\d\d)'?)?)?$/.exec(text.trim());
  if (match === null) return null;
  const [, year, month = '01', day = '01', hour = '00', minute = '00', second = '00', utc, sign, offsetHour, offsetMinute = '00'] = match;
  const offset = utc !== undefined ? 'Z' : sign === undefined ? '+07:00' : `${sign}${offsetHour}:${offsetMinute}`;
  const date = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}${offset}`);
  return Number.isNaN(date.getTime()) ? null : date;
}
