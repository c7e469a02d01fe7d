import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { bundle } from './support/bundle.ts';

const program = await bundle('large-main');

// signing packs everything twice: a smaller one keeps the file below a minute, and memory does not depend on size
for (const [megabytes, kind] of [[300, 'unsigned'], [100, 'signed']] as const) {
  test(`a package of ${megabytes} MB, ${kind}, is written and read in at most 200 MB of memory, contents the same`, () => {
    const done = spawnSync(process.execPath, [program, String(megabytes), kind], { encoding: 'utf8', timeout: 240_000 });
    assert.equal(done.status, 0, done.stderr);
    const said = JSON.parse(done.stdout) as { ok: boolean; why: string; signature: string; contents: boolean; sizeMB: number; seconds: number; peakMB: number };
    console.log(`${kind}: ${said.sizeMB} MB in ${said.seconds} s, peak ${said.peakMB} MB`);
    assert.ok(said.ok, said.why);
    assert.ok(said.contents);
    assert.equal(said.signature, kind === 'signed' ? 'intact' : 'none');
    assert.ok(said.sizeMB >= megabytes);
    assert.ok(said.peakMB <= 200, `${said.peakMB} MB`);
  });
}
