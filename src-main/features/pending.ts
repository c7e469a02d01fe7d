import { fail } from '../../src-shared/result.ts';

/** Calls whose use-cases are being built one by one; a call leaves this list when its use-case stands, and the file with the last one. */
export const pendingHandlers = {
  'verification.printable': () => fail('not-allowed'),
} as const;
