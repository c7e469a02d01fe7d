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
  'tokens.try': () => fail('not-allowed'),
  'templates.list': () => fail('not-allowed'),
  'templates.save': () => fail('not-allowed'),
  'templates.remove': () => fail('not-allowed'),
  'signing.setImage': () => fail('not-allowed'),
  'signing.preview': () => fail('not-allowed'),
  'issuing.preview': () => fail('not-allowed'),
  'signing.approveMany': () => fail('not-allowed'),
  'signing.stop': () => fail('not-allowed'),
} as const;
