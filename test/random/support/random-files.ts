import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { makeRandomFile } from '../../generator/make-file.ts';
import { createTestPki } from '../../support/pki.ts';
import { complaintsOf } from './judge-sample.ts';
import { createSigners, errorText, inShort, signTwice, verify } from './sign-twice.ts';

/** Every so-manieth file is shown to foreign readers too. */
const sampleEvery = 40;
const perTest = 250;

const dir = mkdtempSync(join(tmpdir(), 'van-thu-random-'));
const signers = createSigners(createTestPki(join(dir, 'pki')));

/** `VAN_THU_SEED=17 npm test -- --only random` repeats one file. */
const only = process.env['VAN_THU_SEED'];

/** The tests of the seeds `from` to `to`; two test files share them, since two can run at a time. */
export function testFiles(from: number, to: number): void {
  after(() => rmSync(dir, { recursive: true }));
  if (only !== undefined) {
    const seed = Number(only);
    if (seed >= from && seed <= to) test(`the random file ${seed}, signed by the leader and sealed, keeps every earlier byte and is valid`, () => signOne(seed, true));
    else test(`seeds ${from} to ${to}`, { skip: `VAN_THU_SEED=${seed} is not among them` }, () => undefined);
    return;
  }
  for (let first = from; first <= to; first += perTest) {
    const last = Math.min(to, first + perTest - 1);
    test(`random files ${first} to ${last}, signed by the leader and sealed, keep every earlier byte and are valid`, async () => {
      for (let seed = first; seed <= last; seed += 1) await signOne(seed, seed % sampleEvery === 0);
    });
  }
}

async function signOne(seed: number, sampled: boolean): Promise<void> {
  const file = makeRandomFile(seed);
  const told = `VAN_THU_SEED=${seed} ${JSON.stringify(file.spec)}`;
  const before = digest(file.bytes);
  const signed = await signTwice(file.bytes, file.password, signers, seed, { emptyField: file.spec.emptySignatureField }).catch((error: unknown) => assert.fail(`${told}\n${error instanceof Error ? error.stack : String(error)}`));
  assert.ok(signed.ok, `${told}\n${signed.ok ? '' : errorText(signed.error)}`);
  const { once, twice } = signed.value;
  assert.equal(digest(file.bytes), before, `${told}\nthe input was written to`);
  assert.equal(digest(once.subarray(0, file.bytes.length)), before, `${told}\nthe first signature changed earlier bytes`);
  assert.ok(once.length > file.bytes.length && twice.length > once.length && digest(twice.subarray(0, once.length)) === digest(once), `${told}\nthe second signature changed earlier bytes`);
  assert.equal(inShort(await verify(once, file.password, signers)), 'intact whole-file valid', told);
  const report = await verify(twice, file.password, signers);
  // number and date on other pages than the seal's are signatures of the seal's key of their own
  const signatures = report.signatures.length;
  assert.ok(signatures >= 2, `${told}\n${inShort(report)}`);
  assert.equal(inShort(report), [...Array.from({ length: signatures - 1 }, () => 'intact whole-revision valid-extended'), 'intact whole-file valid'].join(', '), told);
  if (sampled) assert.equal(complaintsOf(file.bytes, twice, file.password, signatures), '', told);
}

function digest(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
