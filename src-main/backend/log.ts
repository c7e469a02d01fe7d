import type { Log } from '../ports/log.ts';

/** Fields that must never be written, whatever a caller passes. */
const forbidden = /pin|password|secret|token|title|text|subject/i;

/** One JSON object a line on stderr. Redaction is inside: a forbidden field's value is replaced. */
export function createLog(room: string, write: (line: string) => void = (line) => process.stderr.write(line)): Log {
  return (level, message, fields = {}) => {
    const safe = Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, forbidden.test(name) ? '[redacted]' : value]));
    write(`${JSON.stringify({ at: new Date().toISOString(), level, room, message, ...safe })}\n`);
  };
}
