import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { test } from 'node:test';
import { z } from 'zod';
import { createCoding } from '../../src-main/sync/coding.ts';
import { defaultTiming } from '../../src-main/sync/timing.ts';
import { createWire } from '../../src-main/sync/wire.ts';
import { systemTime } from '../../src-main/ports/time.ts';

test('what was given to a connection that broke may have arrived, also where the second try meets nobody', async () => {
  let taken = '';
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (piece) => {
      taken += piece.toString('latin1');
      if (!taken.includes('{}')) return;
      // it was read, and perhaps carried out; then the node is gone
      server.close();
      socket.resetAndDestroy();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const wire = createWire({
    serverUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, fetch, time: systemTime, timing: defaultTiming, coding: { ...createCoding(), encode: (value: unknown) => ({ bytes: Buffer.from(JSON.stringify(value)), coding: null }) },
    meter: { count: () => undefined, answered: () => undefined } as never, stopping: new AbortController().signal, onHeard: () => undefined, onBusy: () => undefined,
  });
  const answer = await wire.call('POST', '/v1/push', z.unknown(), { json: {} });
  assert.match(taken, /^POST \/v1\/push/);
  assert.deepEqual(answer, { ok: false, failure: { kind: 'line', sent: true } });
});
