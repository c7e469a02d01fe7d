import type { Log } from '../features/deps.ts';

export const logLevels = ['info', 'warn', 'error'] as const;
export type LogLevel = (typeof logLevels)[number];

/** Names under which something may stand that is nobody's to read. */
const secretName = /pass|token|secret|authorization|cookie|title|challenge|^pin$|^text$|^body$/i;
/** A bearer token as we make it, and a password inside an address. */
const secretValue = /\b[A-Za-z0-9_-]{43}\b|:\/\/[^/\s:]*:[^@/\s]+@/g;
const longest = 500;

/** JSON, one line an entry. A field is a figure, a flag or a short string, and never what its name or its look says is a secret. */
export function createLog(write: (line: string) => void, node: string, least: LogLevel = 'info', now: () => Date = () => new Date()): Log {
  const from = logLevels.indexOf(least);
  return (level, message, fields = {}) => {
    if (logLevels.indexOf(level) < from) return;
    const safe = Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, redact(name, value)]));
    write(`${JSON.stringify({ time: now().toISOString(), level, message, node, ...safe })}\n`);
  };
}

function redact(name: string, value: string | number | boolean): string | number | boolean {
  if (typeof value !== 'string') return value;
  if (secretName.test(name)) return '[hidden]';
  return value.slice(0, longest).replace(secretValue, '[hidden]');
}
