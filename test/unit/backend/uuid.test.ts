import assert from 'node:assert/strict';
import { test } from 'node:test';
import { uuidv7 } from '../../../src-main/backend/uuid.ts';
import { documentId } from '../../../src-shared/domain/ids.ts';

test('an id is a UUID that the contract accepts, and later ones sort later', () => {
  const ids = [1_700_000_000_000, 1_700_000_000_001, 1_800_000_000_000].map((ms) => uuidv7(ms));
  for (const id of ids) assert.ok(documentId.safeParse(id).success);
  assert.deepEqual([...ids].sort(), ids);
});
