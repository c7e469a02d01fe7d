import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { personId, type DocumentId } from '../../src-shared/domain/ids.ts';
import type { DocumentDetail } from '../../src-shared/contract/documents.ts';
import { commune, openProvince, password, type Province } from './session-support.ts';
import { department, openDeskAt, openServedScene, placeIn, type DeskUnderTest, type ServedScene } from './leader-desk.ts';

let scene: ServedScene;
let province: Province;
before(async () => { [scene, province] = await Promise.all([openServedScene(), openProvince()]); });
after(async () => {
  await province.close();
  await scene.close();
});

type Seat = { readonly user: 'mai.tt' | 'thang.nd'; readonly role: 'clerk' | 'leader'; readonly name: string; readonly serverUrl: string; readonly tsaUrl: string; readonly pauseMs?: number };

function sit({ user, role, name, serverUrl, tsaUrl, pauseMs = 20 }: Seat): Promise<DeskUnderTest> {
  return openDeskAt({ ...placeIn(scene, name), dir: join(scene.dir, name) }, {
    role, serverUrl, credentials: { user, password }, unit: commune,
    me: { id: personId.parse(user), fullName: user, position: '', unit: commune.code, roles: [role] },
    office: { signature: null, seal: null, profile: 'office', location: '', policy: { level: 'B-LT', digest: 'sha256', tsaUrl, proxyUrl: '' } },
    augmentationPauses: { firstMs: pauseMs, longestMs: 5 * pauseMs },
  });
}

/** Asks again after every round of the line, bounded. */
async function until<T>(desk: DeskUnderTest, look: () => Promise<T | null>): Promise<T> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const seen = await look();
    if (seen !== null) return seen;
    await desk.ask('sync.now', {});
    await sleep(Math.min(20 + 5 * attempt, 200));
  }
  throw new Error('it did not come');
}

function atStage(desk: DeskUnderTest, id: DocumentId, stage: string): Promise<DocumentDetail> {
  return until(desk, async () => {
    const read = await desk.tryAsk('documents.read', { id });
    return read.ok && read.value.document.stage === stage && read.value.contentHere ? read.value : null;
  });
}

/** Signed by the leader, sealed by the clerk, and known to the server. */
async function issued(chief: DeskUnderTest, issuer: DeskUnderTest, title: string): Promise<DocumentId> {
  const { pin, leaderThumbprint, organizationThumbprint } = scene.token;
  const id = await chief.submitted(title);
  await chief.ask('signing.approve', { id, thumbprint: leaderThumbprint, pin, placement: { page: 1, rect: { x: 120, y: 200, width: 40, height: 17.6 } } });
  await chief.ask('sync.now', {});
  await atStage(issuer, id, 'approved');
  const number = await until(issuer, async () => (await issuer.ask('issuing.propose', { id })).number);
  const { date } = await issuer.ask('issuing.propose', { id });
  await issuer.ask('issuing.issue', { id, thumbprint: organizationThumbprint, pin, number, notation: 'UBND-VP', date, placement: { page: 1, rect: { x: 100, y: 190, width: 36, height: 36 } }, recipients: [], send: false });
  await until(issuer, async () => ((await issuer.ask('documents.read', { id })).sync === 'synced' ? true : null));
  return id;
}

test('long-term data made for an older version is not laid over a newer one: nobody is asked, and the newer one gets its own', async () => {
  const chief = await sit({ user: 'thang.nd', role: 'leader', name: 'chief', serverUrl: province.server.url, tsaUrl: '' });
  const issuer = await sit({ user: 'mai.tt', role: 'clerk', name: 'issuer', serverUrl: province.line.url, tsaUrl: '' });
  const open = [chief, issuer];
  try {
    const id = await issued(chief, issuer, 'Gửi từ máy khác');
    // the same clerk at another machine
    const sender = await sit({ user: 'mai.tt', role: 'clerk', name: 'sender', serverUrl: province.server.url, tsaUrl: '' });
    open.push(sender);
    await atStage(sender, id, 'issued');

    province.line.cut();
    const sent = await sender.ask('documents.send', { id, recipients: [department] });
    assert.equal(sent.document.stage, 'sent');
    await until(sender, async () => ((await sender.ask('documents.read', { id })).sync === 'synced' ? true : null));

    // without a line the issuer adds what is now too late
    await issuer.ask('signing.setPolicy', { level: 'B-LT', digest: 'sha256', tsaUrl: scene.services.tsaUrl, proxyUrl: '' });
    await issuer.once('augmentation.changed', ({ items }) => items.length === 0);
    assert.deepEqual((await issuer.ask('documents.read', { id })).history.slice(-2).map(({ type }) => type), ['issued', 'augmented']);

    province.line.mend();
    const settled = await until(issuer, async () => {
      const detail = await issuer.ask('documents.read', { id });
      return detail.sync === 'synced' && detail.history.at(-1)?.type === 'augmented' && detail.document.stage === 'sent' ? detail : null;
    });
    assert.deepEqual(settled.history.map(({ type }) => type).filter((type) => type !== 'deliveryReported').slice(-3), ['issued', 'sent', 'augmented']);
    assert.deepEqual((await issuer.ask('outbox.list', {})).rows, []);
    assert.deepEqual((await issuer.ask('augmentation.list', {})).items, []);
    const theirs = await until(sender, async () => {
      const detail = await sender.ask('documents.read', { id });
      return detail.document.content.sha256 === settled.document.content.sha256 && detail.contentHere ? detail : null;
    });
    const { report } = await sender.ask('verification.report', { id });
    assert.deepEqual(report?.signatures.slice(0, 2).map(({ level }) => level), ['B-LT', 'B-LT']);
    assert.equal(theirs.document.stage, 'sent');
  } finally {
    await Promise.all(open.map((desk) => desk.close()));
  }
});

test('when the line comes back, what waits for its next try in an hour is tried at once', async () => {
  scene.services.fault('refused', 'tsa');
  const hour = 3_600_000;
  const chief = await sit({ user: 'thang.nd', role: 'leader', name: 'chief', serverUrl: province.server.url, tsaUrl: '' });
  const issuer = await sit({ user: 'mai.tt', role: 'clerk', name: 'issuer', serverUrl: province.line.url, tsaUrl: scene.services.tsaUrl, pauseMs: hour });
  try {
    await issuer.ask('signing.setPolicy', { level: 'B-LT', digest: 'sha256', tsaUrl: scene.services.tsaUrl, proxyUrl: '' });
    const id = await issued(chief, issuer, 'Chờ đường truyền');
    const { items } = await issuer.once('augmentation.changed', (told) => told.items.some((item) => item.id === id && item.problem !== null));
    assert.ok(Date.parse(items[0]?.nextAt ?? '') > Date.now() + hour / 4);
    province.line.cut();
    await until(issuer, async () => ((await issuer.ask('sync.status', {})).online ? null : true));
    scene.services.fault(null);
    province.line.mend();
    await until(issuer, async () => ((await issuer.ask('documents.read', { id })).history.at(-1)?.type === 'augmented' ? true : null));
    assert.deepEqual((await issuer.ask('augmentation.list', {})).items, []);
  } finally {
    await Promise.all([chief.close(), issuer.close()]);
  }
});
