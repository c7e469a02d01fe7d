/** `lost`: the line or the server went away; `again`: another transaction was in the way; `twice`: a key is there already, perhaps since a moment ago; `busy`: it waited too long; `bug`: anything else. */
export type Trouble = 'lost' | 'again' | 'twice' | 'busy' | 'bug';

// Codes: PostgreSQL's Appendix A. Connection trouble (08), shutdown, crash of another backend, starting up (57P), time-outs that end the session (25P03),
// nobody let in (28, 53300): what ends the whole session may have come after a commit. The severity's word would be in the database's language.
const fatal = /^(?:08|57P|25P0[34]|28|53300)/;

/** The server refused a statement and lives on: its transaction is undone for certain. */
export function isCertain(error: unknown): boolean {
  const code = codeOf(error);
  return code !== null && !fatal.test(code);
}

/** A lock below one that is held already, and somebody has it: to wait for it could be to wait for each other. */
export class OutOfTurn extends Error {}

/** What to make of an error of the driver. */
export function readTrouble(error: unknown): Trouble {
  if (error instanceof OutOfTurn) return 'again';
  const code = codeOf(error);
  if (code === null || fatal.test(code)) return 'lost';
  if (code === '40001' || code === '40P01') return 'again';
  if (code === '23505') return 'twice';
  // lock not available, statement time-out, disk full or out of memory
  if (/^(?:55P03|57014|53)/.test(code)) return 'busy';
  return 'bug';
}

/** The SQLSTATE of an error that the server itself sent. */
function codeOf(error: unknown): string | null {
  return typeof error === 'object' && error !== null && 'severity' in error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}
