import { fail } from '../../src-shared/result.ts';

/** Calls whose use-cases are being built one by one; a call leaves this list when its use-case stands, and the file with the last one. */
export const pendingHandlers = {
  'forms.read': () => fail('not-allowed'),
  'forms.keep': () => fail('not-allowed'),
  'forms.drop': () => fail('not-allowed'),
  'directory.phrases': () => fail('not-allowed'),
  'documents.ids': () => fail('not-allowed'),
  'documents.position': () => fail('not-allowed'),
  'documents.markRead': () => fail('not-allowed'),
  'documents.undo': () => fail('not-allowed'),
} as const;
