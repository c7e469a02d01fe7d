import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bridgeEventNames, channelNames } from '../../src-shared/contract/channel-names.ts';
import { channels, eventNames } from '../../src-shared/contract/index.ts';

test('the bridge has exactly the calls and events of the contract', () => {
  assert.deepEqual([...channelNames].sort(), [...channels].sort());
  assert.deepEqual([...bridgeEventNames].sort(), [...eventNames].sort());
});
