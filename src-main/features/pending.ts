import { fail } from '../../src-shared/result.ts';

/** Calls whose use-cases are being built one by one; a call leaves this list when its use-case stands, and the file with the last one. */
export const pendingHandlers = {
  'content.unlock': () => fail('not-allowed'),
  'certificates.check': () => fail('not-allowed'),
  'signing.inspect': () => fail('not-allowed'),
  'signing.policy': () => fail('not-allowed'),
  'signing.setPolicy': () => fail('not-allowed'),
  'signing.adviseImage': () => fail('not-allowed'),
  'signing.cleanImage': () => fail('not-allowed'),
  'signing.mark': () => fail('not-allowed'),
  'signing.previewMark': () => fail('not-allowed'),
  'augmentation.list': () => fail('not-allowed'),
  'augmentation.retry': () => fail('not-allowed'),
} as const;
