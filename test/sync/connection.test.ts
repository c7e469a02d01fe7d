import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { connect, createServer, type AddressInfo } from 'node:net';
import { test, type TestContext } from 'node:test';
import { draftBody, newDocument, openOffice } from '../server/office.ts';
import { openDesk, until } from './desk.ts';

/** A relay that counts who comes in. */
async function counted(t: TestContext, targetUrl: string): Promise<{ readonly url: string; readonly connections: () => number }> {
  const target = new URL(targetUrl);
  let count = 0;
  const relay = createServer((near) => {
    count += 1;
    const far = connect({ host: target.hostname, port: Number(target.port) });
    near.pipe(far).pipe(near);
    for (const [one, other] of [[near, far], [far, near]] as const) one.on('error', () => other.destroy()).on('close', () => other.destroy());
  });
  await new Promise<void>((resolve) => relay.listen(0, '127.0.0.1', resolve));
  t.after(() => relay.close());
  return { url: `http://127.0.0.1:${(relay.address() as AddressInfo).port}`, connections: () => count };
}

test('round after round uses the connections that are warm, and opens none', async (t) => {
  const server = await openOffice(t);
  const relay = await counted(t, server.url);
  const desk = await openDesk(t, relay.url, 'communeClerk');
  for (let round = 0; round < 2; round += 1) {
    desk.act(newDocument(), draftBody(await desk.importContent(randomBytes(1000))));
    await desk.sync.kick();
  }
  const warm = relay.connections();
  for (let round = 0; round < 10; round += 1) {
    desk.act(newDocument(), draftBody(await desk.importContent(randomBytes(1000))));
    await desk.sync.kick();
  }
  assert.equal(desk.sync.status().pending, 0);
  assert.equal(relay.connections(), warm, `${warm} connections were warm`);
  assert.ok(warm <= 3, `${warm} connections for one desk`);
});

test('with hints held open the connections of a desk stay few and warm', async (t) => {
  const server = await openOffice(t);
  const relay = await counted(t, server.url);
  const desk = await openDesk(t, relay.url, 'communeClerk');
  desk.sync.start();
  await until(desk, () => desk.sync.status().lastSyncAt !== null);
  for (let round = 0; round < 20; round += 1) {
    desk.act(newDocument(), draftBody(await desk.importContent(randomBytes(1000))));
    await desk.sync.kick();
  }
  assert.equal(desk.sync.status().pending, 0);
  assert.ok(relay.connections() <= 4, `${relay.connections()} connections`);
});
