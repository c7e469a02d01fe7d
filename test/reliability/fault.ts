import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { openProfileStore } from '../../src-main/store/open.ts';
import { draft, key, scene } from '../store/helpers.ts';
import { ownFaults, type OwnFault } from './own-rows.ts';

export const drafts = 30;

/** A closed profile with drafts in it. */
export function written(t: TestContext): string {
  const { dir, open } = scene(t);
  const store = open();
  for (let i = 0; i < drafts; i++) draft(store.desk, `Văn bản ${i}`);
  store.close();
  return dir;
}

type Harmed = { readonly dir: string; readonly key?: Uint8Array; readonly now?: () => number };

/**
 * Does the harm to a profile, opens it as the program does, and holds what is said to the row of the table. Where it is refused, no byte of what lies there may have changed;
 * where it opens, everything that was done must be there, and one deed more must be possible.
 */
export function fault(tried: OwnFault, harm: (dir: string, t: TestContext) => Harmed | Promise<Harmed>): void {
  test(tried, async (t) => {
    const { dir, key: withKey = key, now } = await harm(written(t), t);
    const before = bytesIn(dir);
    const opened = openProfileStore({ dir, key: withKey, ...(now === undefined ? {} : { now }) });
    assert.equal(opened.ok ? null : opened.error.code, ownFaults[tried]);
    if (!opened.ok) return assert.deepEqual(bytesIn(dir), before);
    try {
      assert.ok(opened.value.desk.outbox().length >= drafts);
      const had = opened.value.desk.outbox().length;
      draft(opened.value.desk, 'Sau đó');
      assert.equal(opened.value.desk.outbox().length, had + 1);
    } finally {
      opened.value.close();
    }
  });
}

/** The index of the log is made anew by whoever opens, and an empty log says nothing. */
function bytesIn(dir: string): Readonly<Record<string, string>> {
  if (!statSync(dir).isDirectory()) return { '': readFileSync(dir, 'base64') };
  const files = readdirSync(dir).filter((name) => !name.endsWith('-shm') && statSync(join(dir, name)).isFile()).toSorted();
  return Object.fromEntries(files.map((name) => [name, readFileSync(join(dir, name), 'base64')] as const).filter(([, text]) => text !== ''));
}
