import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { createMetrics } from '../../src-server/operation/metrics.ts';
import { answer, secret, startAxis, systemId, type AxisServer } from '../edxml/support/axis-server.ts';
import { readBytes } from '../edxml/support/read.ts';
import { overBoth, type Backend } from '../storage/backends.ts';
import { openRound } from './desks.ts';
import { boxAt, government, letter, packageOf } from './gateway-box.ts';
import { commune } from './office.ts';

overBoth((backend) => {
  const { until } = boxAt('');

  async function openHttpRound(t: TestContext, axis: AxisServer, over: Backend) {
    const round = await openRound(t, over, {
      metrics: createMetrics(null),
      axis: {
        units: ['H48'], pollSeconds: 0.05, retrySeconds: [0.05, 0.2],
        channel: { kind: 'http', url: axis.baseUrl, systemId, from: 'H48', secret, mostMb: 50, answerSeconds: 5, idleSeconds: 5, totalSeconds: 30 },
      },
    });
    await round.server.admin.addOrganization(government);
    const messages = (kind: 'edoc' | 'status') => [...axis.messages].filter(([, each]) => each.kind === kind && each.from.startsWith('H48'));
    const figure = async (name: string): Promise<number> => Number(new RegExp(`^${name.replaceAll(/[{}"]/g, '\\$&')} (\\S+)$`, 'm').exec(await (await fetch(`${round.server.url}/metrics`)).text())?.[1] ?? 0);
    return { ...round, messages, figure };
  }

  test('over HTTP a package comes, its receipt goes, and one that is sent while the line breaks arrives once', async (t) => {
    const axis = await startAxis();
    t.after(axis.close);
    const { clerk, sender, issue, messages, figure, known } = await openHttpRound(t, axis, backend);
    const sent = letter({ title: 'Qua đường HTTP' });
    axis.messages.set('m-1', { kind: 'edoc', from: government.code, to: [commune.code], bytes: await packageOf(sent), state: null });
    await until('it was taken', async () => axis.messages.get('m-1')?.state === 'done');
    assert.ok([...(await clerk.logs()).values()].some(([first]) => first?.type === 'received' && first.title === 'Qua đường HTTP'));
    await until('the receipt has gone', async () => messages('status').length === 1);

    // the axis takes the next one and its answer gets lost, then it is down for two tries
    let lost = 0;
    axis.behave = (path, response, request) => {
      if (path !== 'sendEdoc') return false;
      lost += 1;
      if (lost > 3) return false;
      if (lost > 1) response.writeHead(503, { 'retry-after': '0' }).end();
      else {
        request.resume();
        request.once('end', () => response.destroy());
      }
      return true;
    };
    const { document } = await issue();
    await sender.done(document, { type: 'send', args: { recipients: [government] } });
    await until('it has gone', async () => messages('edoc').length === 1);
    assert.ok(lost >= 4);
    const [[key, message] = assert.fail()] = messages('edoc');
    const { outcome } = await readBytes(message.bytes);
    assert.ok(outcome.ok && outcome.message.kind === 'document');
    assert.deepEqual([key.startsWith('edoc-'), outcome.message.header.documentId, await known(document, government.code)], [true, document, ['sent', '']]);
    await until('the figures say so', async () => (await figure('van_thu_axis_messages_total{direction="out",kind="edoc",outcome="sent"}')) === 1);
    assert.ok((await figure('van_thu_axis_messages_total{direction="out",kind="edoc",outcome="later"}')) >= 2);
    await until('nothing waits', async () => (await figure('van_thu_axis_waiting')) === 0 && (await figure('van_thu_axis_holding')) === 1);
    assert.deepEqual(axis.refused, []);
  });

  test('what the axis will never take is given back to its office with the reason; wrong keys of ours are nobody’s refusal', async (t) => {
    const axis = await startAxis();
    t.after(axis.close);
    const { sender, issue, messages, known } = await openHttpRound(t, axis, backend);
    let keys = true;
    axis.behave = (path, response) => {
      if (path !== 'sendEdoc') return false;
      answer(response, { errorCode: keys ? 15 : 23 });
      return true;
    };
    const { document } = await issue();
    const calls = axis.calls;
    await sender.done(document, { type: 'send', args: { recipients: [government] } });
    await until('it was tried a few times', async () => axis.calls > calls + 12);
    assert.deepEqual(await known(document, government.code), ['sent', '']);
    keys = false;
    await until('it was given back', async () => (await known(document, government.code))[0] === '02');
    assert.match((await known(document, government.code))[1], /Trục liên thông: nơi nhận đang bị khóa/);
    assert.equal(messages('edoc').length, 0);
  });
});
