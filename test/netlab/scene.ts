import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { openLineScene, type LineScene } from '../support/line-scene.ts';
import { whyNoNetlab, type Profile } from '../support/netlab.ts';

/** Skipped, loudly, where no line can be emulated. */
export const options = { skip: whyNoNetlab(), timeout: 240_000 } as const;

export async function openScene(t: TestContext, profile: Profile, net: number, documents: number, contentBytes: number, env: NodeJS.ProcessEnv = {}): Promise<LineScene> {
  const dir = mkdtempSync(join(tmpdir(), 'van-thu-line-'));
  const scene = await openLineScene({ dir, profile, net, documents, contentBytes, env });
  t.after(async () => {
    await scene.lab.close();
    rmSync(dir, { recursive: true, force: true });
  });
  return scene;
}
