import assert from 'node:assert/strict';
import { after, beforeEach, test } from 'node:test';
import { createAxisGateway, type AxisGateway, type AxisOptions } from '../../src-server/gateway/axis.ts';
import { axisCodes } from '../../src-server/gateway/axis-wire.ts';
import { GatewayFailure, type GatewayResult, type Outgoing, type Retry } from '../../src-server/gateway/port.ts';
import { readPackage } from '../../src-shared/edxml/reader.ts';
import { nodeDigests } from '../../src-server/gateway/digests.ts';
import { describeError } from '../../src-shared/errors.ts';
import { writePackage, writeStatus } from '../../src-shared/edxml/writer.ts';
import { answer, secret, startAxis, systemId, type Behaviour } from './support/axis-server.ts';
import { attachment, header, status, trace } from './support/sample.ts';

const axis = await startAxis();
after(() => axis.close());
beforeEach(() => {
  axis.behave = null;
  axis.messages.clear();
  axis.calls = 0;
});

const deadlines = { answerMs: 1500, idleMs: 1000, totalMs: 20_000 };
function gateway(change: Partial<AxisOptions> = {}): AxisGateway {
  return createAxisGateway({ baseUrl: axis.baseUrl, systemId, secret, from: 'H41', now: Date.now, deadlines, mostBytes: 50 << 20, ...change });
}

const large = Buffer.alloc(3 << 20, 'Văn bản ');
const document: Outgoing = { kind: 'edoc', from: 'H41', to: ['H14.05', 'G22'], key: 'vb-15', open: () => writePackage({ header, trace, attachments: [attachment(0, 'a.pdf', large)] }, { columns: 76 }) };
const message: Outgoing = { kind: 'status', from: 'H14.05', to: ['G22'], key: 'tt-1', open: () => writeStatus(status) };

function value<Value>(result: GatewayResult<Value>): Value {
  assert.ok(result.ok, result.ok ? '' : JSON.stringify(result.fault));
  return result.value;
}

function assertFault(result: GatewayResult<unknown>, code: string, retry: Retry): void {
  assert.ok(!result.ok, 'it went well');
  assert.deepEqual([result.fault.error.code, result.fault.retry], [code, retry], JSON.stringify(result.fault));
  for (const locale of ['vi', 'en'] as const) assert.ok(!describeError(result.fault.error, locale).includes('{'));
}

test('a document and a status go out, are listed, read as packages, and are reported done', async () => {
  const ours = gateway();
  assert.deepEqual(value(await ours.send(document)), { id: 'vb-15' });
  assert.deepEqual(value(await ours.send(message)), { id: 'tt-1' });
  assert.deepEqual(axis.messages.get('vb-15')?.to, ['H14.05', 'G22']);
  const listed = value(await ours.listReceived());
  assert.deepEqual(listed, [
    { id: 'vb-15', kind: 'edoc', from: 'H41' },
    { id: 'tt-1', kind: 'status', from: 'H14.05' },
  ]);
  for (const entry of listed) {
    let size = 0;
    const sink = async (_: unknown, content: AsyncIterable<Uint8Array>): Promise<void> => {
      for await (const piece of content) size += piece.length;
    };
    const outcome = await readPackage(value(await ours.fetch(entry)), { digests: nodeDigests, sink });
    assert.ok(outcome.ok);
    assert.equal(size, entry.kind === 'edoc' ? large.length : 0);
    value(await ours.updateStatus(entry, 'done'));
  }
  assert.deepEqual(value(await ours.listReceived()), []);
  assert.deepEqual([...axis.messages.values()].map(({ state }) => state), ['done', 'done']);
});

test('the list of offices is read with both forms of a code', async () => {
  assert.deepEqual(value(await gateway().listAgencies()).map(({ code, code102 }) => [code, code102]), [['H14.05', '000.05.00.H14'], ['G22', undefined]]);
});

test('another secret, another system, and a clock an hour off are refused as that, and are not tried again', async () => {
  for (const change of [{ secret: 'khác' }, { systemId: 'KHAC' }, { now: () => Date.now() - 3_600_000 }]) {
    assertFault(await gateway(change).send(message), 'gateway.refused', 'never');
    assertFault(await gateway(change).listReceived(), 'gateway.refused', 'never');
  }
  assert.ok(axis.refused.length >= 6);
  assert.equal(axis.messages.size, 0);
});

test('a body that is changed on its way does not bear its signature', async () => {
  let turn = 0;
  const turning = (): AsyncIterable<Uint8Array> => writeStatus({ ...status, description: (turn += 1) === 1 ? 'abc' : 'abd' });
  assertFault(await gateway().send({ ...message, open: turning }), 'gateway.refused', 'never');
});

for (const [code, { retry }] of Object.entries(axisCodes).filter(([each]) => each !== '0')) {
  test(`the axis’ code ${code} has a sentence, and says whether to try again (${retry})`, async () => {
    axis.behave = (_, response) => (answer(response, { errorCode: code }), true);
    assertFault(await gateway().send(message), 'gateway.refused', retry);
    assertFault(await gateway().fetch({ id: 'x', kind: 'edoc', from: null }), 'gateway.refused', retry);
  });
}

test('a receiver that the axis does not know is refused with its code', async () => {
  const result = await gateway().send({ ...document, to: ['Y99'] });
  assertFault(result, 'gateway.refused', 'never');
  assert.ok(!result.ok && result.fault.error.params?.['status'] === 18);
});

const half: Behaviour = (_, response) => {
  response.writeHead(200, { 'content-type': 'application/xml', 'content-length': 1000 });
  response.write('<edXML');
  response.socket?.end();
  return true;
};
const faults: readonly (readonly [name: string, behave: Behaviour, asking: Retry, sending: Retry])[] = [
  ['503 with a time to wait', (_, response) => (response.writeHead(503, { 'retry-after': '7' }).end(), true), 'later', 'later'],
  ['429', (_, response) => (response.writeHead(429).end('{}'), true), 'later', 'later'],
  ['500', (_, response) => (response.writeHead(500).end(), true), 'later', 'uncertain'],
  ['502', (_, response) => (response.writeHead(502).end('<html>'), true), 'later', 'uncertain'],
  ['404', (_, response) => (response.writeHead(404).end(), true), 'never', 'never'],
  ['a redirect, which is not followed', (_, response) => (response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(), true), 'never', 'never'],
  ['no JSON', (_, response) => (response.writeHead(200, { 'content-type': 'application/json' }).end('<html>'), true), 'later', 'uncertain'],
  ['JSON of something else', (_, response) => (answer(response, { ok: true }), true), 'later', 'uncertain'],
  ['half an answer', half, 'later', 'uncertain'],
  ['silence', (_, _response, request) => (request.resume(), true), 'later', 'uncertain'],
  ['an answer that never ends', (_, response) => (response.writeHead(200, { 'content-type': 'application/json' }).write('{'), true), 'later', 'uncertain'],
  ['five megabytes of blanks', (_, response) => (response.writeHead(200, { 'content-type': 'application/json' }).end(' '.repeat(5 << 20)), true), 'later', 'uncertain'],
];
for (const [name, behave, asking, sending] of faults) {
  test(`${name}: asking may be done again ${asking}, sending ${sending}`, async () => {
    axis.behave = (path, response, request) => {
      if (name !== 'silence') request.resume();
      return behave(path, response, request);
    };
    const listed = await gateway().listReceived();
    assert.ok(!listed.ok);
    assert.equal(listed.fault.retry, asking, JSON.stringify(listed.fault));
    const sent = await gateway().send(message);
    assert.ok(!sent.ok);
    assert.equal(sent.fault.retry, sending, JSON.stringify(sent.fault));
    if (name.startsWith('503')) assert.equal(listed.fault.afterMs, 7000);
  });
}

test('nobody listens, or the line dies while the body goes out: it did not arrive, and may be sent again', async () => {
  assertFault(await gateway({ baseUrl: 'http://127.0.0.1:1/' }).send(message), 'gateway.unreachable', 'later');
  axis.behave = (_, _response, request) => {
    request.once('data', () => request.destroy());
    return true;
  };
  async function* endless(): AsyncGenerator<Uint8Array, void, undefined> {
    // more than the system's own buffers hold
    for (let megabyte = 0; megabyte < 40; megabyte += 1) yield await Promise.resolve(Buffer.alloc(1 << 20));
  }
  assertFault(await gateway().send({ ...document, open: endless }), 'gateway.unreachable', 'later');
});

test('telling a state twice is telling it once: after a lost answer it may be said again', async () => {
  axis.behave = (_, response, request) => (request.resume().once('end', () => response.destroy()), true);
  assertFault(await gateway().updateStatus({ id: 'x', kind: 'edoc', from: null }, 'done'), 'gateway.unreachable', 'later');
});

test('a package that breaks off on the line ends in a fault where it is read, never as a short package', async () => {
  axis.behave = half;
  const bytes = value(await gateway().fetch({ id: 'vb', kind: 'edoc', from: null }));
  await assert.rejects(readPackage(bytes, { digests: nodeDigests, sink: () => Promise.resolve() }), (fault) => fault instanceof GatewayFailure && fault.fault.retry === 'later');
});

test('a package larger than the axis takes is not sent at all', async () => {
  assertFault(await gateway({ mostBytes: 1000 }).send(document), 'gateway.refused', 'never');
  assert.equal(axis.calls, 0);
});

test('a content that cannot be read is the content’s fault, not the line’s', async () => {
  const broken = new Error('no such content');
  let turn = 0;
  async function* failing(): AsyncGenerator<Uint8Array, void, undefined> {
    yield await Promise.resolve(Buffer.from('một'));
    if ((turn += 1) === 2) throw broken;
  }
  await assert.rejects(gateway().send({ ...message, open: failing }), broken);
});

test('the axis is spoken to over https, this machine aside', () => {
  assert.throws(() => gateway({ baseUrl: 'http://axis.gov.vn/' }), /https/);
  assert.throws(() => gateway({ baseUrl: 'ftp://127.0.0.1/' }), /https/);
});
