import assert from 'node:assert/strict';
import { test } from 'node:test';
import { vi } from '../../../src-renderer/i18n/vi.ts';
import { commandRules } from '../../../src-shared/domain/workflow.ts';

test('whatever waits in the outbox has words of its own', () => {
  assert.deepEqual(Object.keys(commandRules).filter((type) => !Object.hasOwn(vi, `command.${type}`)), []);
});
