import type { Log } from '../ports/log.ts';

/** Fields that must never be written, whatever a caller passes. */
const forbidden = /pin|password|secret|token|title|text|subject/i;

const rank = { info: 0, warn: 1, error: 2 } as const;

/**
 * One JSON object a line on stderr, from `warn` up; `VAN_THU_LOG=info` says more. Redaction is inside: a forbidden field's value is replaced.
 */
export function createLog(room: string, write: (line: string) => void = (line) => process.stderr.write(line), from: keyof typeof rank = process.env['VAN_THU_LOG'] === 'info' ? 'info' : 'warn'): Log {
  return (level, message, fields = {}) => {
    if (rank[level] < rank[from]) return;
    const safe = Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, forbidden.test(name) ? '[redacted]' : value]));
    write(`${JSON.stringify({ at: new Date().toISOString(), level, room, message, ...safe })}\n`);
  };
}
