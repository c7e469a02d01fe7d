import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { makeRandomFile } from '../generator/make-file.ts';
import { askItext, skipWithoutItext } from '../support/judges-itext.ts';
import { createTestPki } from '../support/pki.ts';
import { createSigners, errorText, signTwice, verify } from './support/sign-twice.ts';

const dir = mkdtempSync(join(tmpdir(), 'van-thu-random-itext-'));
after(() => rmSync(dir, { recursive: true }));

/** Without encryption, for which Debian's iText has no code. */
const fixed = { encryption: 'none', hasUserPassword: false } as const;
const seeds = Array.from({ length: 150 }, (_, i) => 3_001 + i);

test('every random file that iText 5 can read it finds intact to the last signature once it is signed twice', { skip: skipWithoutItext }, async () => {
  const signers = createSigners(createTestPki(join(dir, 'pki')));
  const signatures = new Map<number, number>();
  const path = (seed: number, state: 'made' | 'signed'): string => join(dir, `${seed}-${state}.pdf`);
  for (const seed of seeds) {
    const file = makeRandomFile(seed, fixed);
    const signed = await signTwice(file.bytes, null, signers, seed, { emptyField: file.spec.emptySignatureField });
    assert.ok(signed.ok, `seed ${seed}: ${signed.ok ? '' : errorText(signed.error)}`);
    writeFileSync(path(seed, 'made'), file.bytes);
    writeFileSync(path(seed, 'signed'), signed.value.twice);
    signatures.set(seed, (await verify(signed.value.twice, null, signers)).signatures.length);
  }
  const opinions = await askItext(seeds.flatMap((seed) => [{ path: path(seed, 'made') }, { path: path(seed, 'signed') }]), dir);
  // its reader stumbles over white space that is lawful and rare
  const read = seeds.filter((seed) => 'revisions' in (opinions.get(path(seed, 'made')) ?? {}));
  assert.ok(read.length > seeds.length * 0.7, `iText reads ${read.length} of ${seeds.length}`);
  for (const seed of read) {
    const opinion = opinions.get(path(seed, 'signed'));
    const told = `seed ${seed} ${JSON.stringify(makeRandomFile(seed, fixed).spec)}\n${JSON.stringify(opinion)}`;
    assert.ok(opinion !== undefined && 'signatures' in opinion, told);
    const inOrder = [...opinion.signatures].sort((a, b) => a.revision - b.revision);
    assert.equal(inOrder.length, signatures.get(seed), told);
    assert.ok(inOrder.every(({ integrity, coversWhole }, i) => integrity === 'ok' && coversWhole === (i === inOrder.length - 1)), told);
  }
});
