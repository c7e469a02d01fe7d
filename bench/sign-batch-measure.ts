import { openDeskAt, openTokenScene, placeIn } from '../test/office/leader-desk.ts';

/**
 * The leader's desk as it is (encrypted store, event log, reports), with SoftHSM2 in its own token host: many documents with one PIN. In a
 * process of its own; prints one JSON line a figure.
 */
const [documents, tokenMs] = process.argv.slice(2).map(Number);
if (documents === undefined || tokenMs === undefined || !(documents > 0) || !(tokenMs >= 0)) throw new Error('usage: sign-batch-measure.ts DOCUMENTS MS_OF_A_SIGNATURE');
const files = ['cong-van-xa.pdf', 'giay-moi.pdf', 'quyet-dinh.pdf', 'phu-luc.pdf'];

const scene = await openTokenScene();
try {
  if (tokenMs > 0) await scene.shim('SHIM_SIGN_MS', String(tokenMs));
  const desk = await openDeskAt(placeIn(scene, 'desk'));
  const ids = [];
  for (let at = 0; at < documents; at += 1) ids.push(await desk.submitted(`Văn bản thứ ${at + 1}`, files[at % files.length]));
  // A place over the foot of the last page where the page's text names no signer.
  const items = await Promise.all(ids.map(async (id) => {
    const { pages } = await desk.ask('signing.propose', { id });
    return { id, placement: { page: pages.length, rect: { x: 120, y: 255, width: 40, height: 17.6 } } };
  }));
  const thumbprint = scene.token.leaderThumbprint;
  const alone = await timed(async () => {
    const done = await desk.tokens.withKey(thumbprint, scene.token.pin, async (key) => {
      for (let at = 0; at < documents; at += 1) {
        const signed = await key.sign(Buffer.alloc(200, at));
        if (!signed.ok) return signed;
      }
      return { ok: true as const, value: null };
    });
    if (!done.ok) throw new Error(done.error.code);
  });
  const batch = await timed(async () => {
    await desk.ask('batch.start', { mode: 'all', items, thumbprint, pin: scene.token.pin });
    const ended = await desk.batchOnce(({ state }) => state === 'ended' || state === 'interrupted');
    if (ended.items.some(({ status }) => status !== 'signed')) throw new Error(JSON.stringify(ended));
  });
  process.stdout.write(`${JSON.stringify({ batchMs: batch, tokenMs: alone })}\n`);
  await desk.close();
} finally {
  await scene.close();
}

async function timed(run: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await run();
  return performance.now() - start;
}
