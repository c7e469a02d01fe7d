import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { DocumentId } from '../../src-shared/domain/ids.ts';
import { opensslCmsVerifies, sliceSignatures } from '../support/judges.ts';
import { openDeskAt, openTokenScene, placeIn, type DeskPlace, type TokenScene } from './leader-desk.ts';

const child = fileURLToPath(new URL('./batch-child.ts', import.meta.url));
let scene: TokenScene;
before(async () => { scene = await openTokenScene(); });
after(async () => { await scene.close(); });

/** Goes on with the run in a process of its own, and kills that as soon as it says that so many are signed. */
async function killedAt(place: DeskPlace, signed: number): Promise<void> {
  const orders = {
    dir: place.dir, driver: place.driver, env: place.env, thumbprint: scene.token.leaderThumbprint, pin: scene.token.pin,
    anchor: scene.pki.root.der.toString('base64'), intermediate: scene.pki.issuing.der.toString('base64'),
  };
  const running = spawn(process.execPath, [child, JSON.stringify(orders)], { stdio: ['ignore', 'pipe', 'inherit'] });
  const gone = once(running, 'exit');
  for await (const line of createInterface({ input: running.stdout })) {
    const [state = '', count = '0'] = line.split(' ');
    assert.notEqual(state, 'ended', 'it was to be killed before it was done');
    if (Number(count) >= signed) running.kill('SIGKILL');
  }
  const [, signal] = (await gone) as [number | null, string | null];
  assert.equal(signal, 'SIGKILL');
}

test('a program killed again and again in mid-run leaves every document signed or untouched, and the run goes on where it stood', async () => {
  const place = placeIn(scene, 'killed');
  const first = await openDeskAt(place);
  const ids: DocumentId[] = [];
  for (let at = 0; at < 12; at += 1) ids.push(await first.submitted(`Văn bản thứ ${at + 1}`, at % 3 === 0 ? 'giay-moi.pdf' : 'cong-van-xa.pdf'));
  await first.close();
  await scene.shim('SHIM_SIGN_MS', '40');
  for (const signed of [1, 4, 6, 9]) await killedAt(place, signed);

  const desk = await openDeskAt(place);
  try {
    const stages = async (): Promise<string[]> => Promise.all(ids.map(async (id) => (await desk.ask('documents.read', { id })).document.stage));
    const { batch } = await desk.ask('batch.read', {});
    assert.equal(batch?.state, 'interrupted');
    const stageOf = new Map(await Promise.all(ids.map(async (id) => [id, (await desk.ask('documents.read', { id })).document.stage] as const)));
    assert.deepEqual(batch.items.map(({ status }) => status), batch.items.map(({ id }) => (stageOf.get(id) === 'approved' ? 'signed' : 'waiting')));
    const done = batch.items.filter(({ status }) => status === 'signed').length;
    assert.ok(done >= 9 && done < 12, `${done} signed`);

    await desk.ask('batch.resume', { pin: scene.token.pin });
    const over = await desk.batchOnce(({ state }) => state === 'ended');
    assert.deepEqual(over.items.map(({ status }) => status), Array<string>(12).fill('signed'));
    assert.deepEqual(await stages(), Array<string>(12).fill('approved'));
    const root = await readFile(scene.pki.chainPem, 'utf8');
    for (const id of ids) {
      const { history } = await desk.ask('documents.read', { id });
      assert.equal(history.filter(({ type }) => type === 'approved').length, 1);
      const slices = sliceSignatures(await desk.readContent(id));
      assert.equal(slices.length, 1, 'one signature in the file');
      assert.ok(await opensslCmsVerifies(slices[0]!, root));
    }
  } finally {
    await desk.close();
  }
});
