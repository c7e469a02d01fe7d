import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { after, test, type TestContext } from 'node:test';
import { systemTime } from '../../src-main/ports/time.ts';
import type { TrustManifest } from '../../src-shared/protocol/trust.ts';
import { createTrust } from '../../src-main/trust/trust.ts';
import type { TrustPort } from '../../src-main/ports/trust.ts';
import { openOffice } from '../server/office.ts';
import { createCertificates, writeFolder } from '../unit/trust/certificates.ts';
import { openDesk, pathOf } from './desk.ts';

const pki = createCertificates();
after(pki.remove);

const names = (trust: TrustPort): readonly string[] => trust.state().certificates.map(({ commonName }) => commonName);

async function scene(t: TestContext, more: { readonly fetch?: typeof fetch } = {}) {
  const trustDir = writeFolder(pki, `folder-${Math.random()}`, [{ file: 'a.pem', role: 'anchor', der: pki.root }]);
  let atMs = Date.now() + 60_000;
  const asked: number[] = [];
  const server = await openOffice(t, { trustDir, log: (_, message, fields) => { if (message === 'request' && fields?.['route'] === 'trust') asked.push(Number(fields['status'])); } });
  const values = new Map<string, string>();
  const trust = createTrust({ settings: { getSetting: (key) => values.get(key) ?? null, setSetting: (key, value) => void values.set(key, value) }, now: () => new Date(atMs), log: () => undefined });
  const changed = (): Promise<void> => new Promise((resolve) => {
    const off = trust.onChanged(() => {
      off();
      resolve();
    });
  });
  const desk = await openDesk(t, server.url, 'communeClerk', { trust: trust.server, time: { ...systemTime, now: () => atMs }, ...more });
  const publish = (version: number, der: Uint8Array): void => {
    const dir = writeFolder(pki, trustDir.split('/').at(-1) ?? '', [{ file: 'a.pem', role: 'anchor', der }]);
    const manifest = JSON.parse(readFileSync(`${dir}/trust.json`, 'utf8')) as TrustManifest;
    writeFileSync(`${dir}/trust.json`, JSON.stringify({ ...manifest, version }));
  };
  return { trust, desk, server, asked, changed, publish, pass: (ms: number) => (atMs += ms) };
}

test('the list comes down by itself once the session has begun, is asked for again a day later, and 304 is enough when nothing is new', async (t) => {
  const { trust, desk, asked, changed, publish, pass } = await scene(t);
  const first = changed();
  await desk.sync.kick();
  await first;
  assert.deepEqual(names(trust), ['root']);
  assert.deepEqual(asked, [200]);

  // not with every round
  await desk.sync.kick();
  pass(23 * 3_600_000);
  await desk.sync.kick();
  assert.deepEqual(asked, [200]);
  pass(2 * 3_600_000);
  publish(2, pki.root2);
  const second = changed();
  await desk.sync.kick();
  await second;
  assert.deepEqual(names(trust), ['root2']);

  // the first may still share the question before it
  await desk.sync.askTrust();
  assert.deepEqual(await desk.sync.askTrust(), { ok: true, value: null });
  assert.deepEqual(asked.slice(0, 3), [200, 200, 304]);
  assert.deepEqual([trust.state().server.version, trust.state().server.problem], [2, null]);
  assert.ok(desk.sync.status().online);
});

test('a line that brings no list of trust, or a page that is none, holds nothing else up', async (t) => {
  const portal: typeof fetch = async (input, init) => (pathOf(input) === '/v1/trust' ? new Response('<html>Đăng nhập Wi-Fi</html>', { status: 200 }) : fetch(input, init));
  const { trust, desk } = await scene(t, { fetch: portal });
  await desk.sync.kick();
  assert.deepEqual(await desk.sync.askTrust(), { ok: false, error: { code: 'trust.list-invalid', params: { reason: 'garbage' } } });
  assert.deepEqual([names(trust), desk.sync.status().online, desk.sync.status().lastSyncAt !== null], [[], true, true]);
});

test('a list that never ends coming does not hold up the round, nor the end of the program', async (t) => {
  const silent: typeof fetch = async (input, init) => (pathOf(input) === '/v1/trust' ? new Response(new ReadableStream({ start: (controller) => init?.signal?.addEventListener('abort', () => controller.error(new Error('aborted'))) })) : fetch(input, init));
  const { desk } = await scene(t, { fetch: silent });
  await desk.sync.kick();
  assert.ok(desk.sync.status().lastSyncAt !== null);
  // closed by the end of the test: `stop` must come back
  await desk.sync.stop();
});

test('without a line the question says so and what was taken stays; a province without a list is no fault', async (t) => {
  const { trust, desk, changed } = await scene(t);
  const first = changed();
  await desk.sync.kick();
  await first;
  await desk.line.close();
  assert.deepEqual(await desk.sync.askTrust(), { ok: false, error: { code: 'sync.offline' } });
  assert.deepEqual(names(trust), ['root']);

  const other = await openOffice(t);
  const plain = createTrust({ settings: { getSetting: () => null, setSetting: () => undefined }, now: () => new Date(), log: () => undefined });
  const there = await openDesk(t, other.url, 'communeClerk', { trust: plain.server });
  assert.deepEqual(await there.sync.askTrust(), { ok: true, value: null });
  assert.deepEqual([plain.state().server.problem, plain.state().server.askedAt !== null], [null, true]);
});

test('a list that an office let go of comes back with the next round once it follows again, without waiting for the day', async (t) => {
  const { trust, desk, asked, changed } = await scene(t);
  const first = changed();
  await desk.sync.kick();
  await first;
  trust.follow(false);
  assert.deepEqual(names(trust), []);
  await desk.sync.kick();
  trust.follow(true);
  const second = changed();
  await desk.sync.kick();
  await second;
  assert.deepEqual([names(trust), asked.length], [['root'], 2]);
});

test('a list let go of while the server says that there is nothing newer is asked for whole', async (t) => {
  let onAsked = (): void => undefined;
  const watched: typeof fetch = async (input, init) => {
    const answer = await fetch(input, init);
    if (pathOf(input) === '/v1/trust' && answer.status === 304) onAsked();
    return answer;
  };
  const { trust, desk, asked } = await scene(t, { fetch: watched });
  await desk.sync.askTrust();
  assert.deepEqual(names(trust), ['root']);
  onAsked = () => {
    trust.follow(false);
    trust.follow(true);
  };
  await desk.sync.askTrust();
  assert.deepEqual([asked, names(trust)], [[200, 304, 200], ['root']]);
});

test('an office that keeps its own list asks for none', async (t) => {
  const { trust, desk, asked } = await scene(t);
  trust.follow(false);
  await desk.sync.kick();
  await desk.sync.stop();
  assert.deepEqual([asked, names(trust)], [[], []]);
});
