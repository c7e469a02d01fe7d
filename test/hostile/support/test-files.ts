import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { bytesSource } from '../../../src-main/ports/bytes.ts';
import { createSigningEngine } from '../../../src-main/signing/engine.ts';
import { createTestPki } from '../../support/pki.ts';
import { createSoftKey } from '../../support/soft-keys.ts';
import { onePage, tablePdf } from '../../unit/pdf/make-pdf.ts';
import type { HostileFile, Materials } from './hostile-file.ts';
import { bundlePrograms, examine, tell, type Measured } from './run-child.ts';

/** What an answer may take: of a processor's time, since the machine may have other things to do. */
const limitMs = 5_000;
const limitMb = 300;

/** One test for each file. `VAN_THU_MEASURES=1` prints what each took. */
export async function testFiles(files: readonly HostileFile[]): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'van-thu-hostile-'));
  after(() => rmSync(dir, { recursive: true }));
  const pki = createTestPki(join(dir, 'pki'));
  const anchor = pki.root.pem;
  const programs = await bundlePrograms(dir);
  const input = tablePdf(onePage());
  const signed = await createSigningEngine().sign(bytesSource(input), { key: createSoftKey(pki.leader, 'rsa-pkcs1-sha256'), chain: [pki.issuing.der, pki.root.der], profile: 'office', reason: '', location: '', at: new Date(), place: null, image: null });
  assert.ok(signed.ok, JSON.stringify(signed));
  const whole = Buffer.concat([input, signed.value.tail]);
  const contents = Buffer.from(/<([0-9A-Fa-f]{2000,})>/.exec(whole.toString('latin1'))?.[1] ?? '', 'hex');
  const materials: Materials = { signed: whole, cms: contents.subarray(0, 4 + contents.readUInt16BE(2)), certificate: pki.leader.der };

  for (const file of files) {
    test(`${file.name}: an answer in time and in little memory`, async () => {
      const path = join(dir, 'tep.pdf');
      writeFileSync(path, file.build(materials));
      try {
        const { verify, inspect, peakMb } = await examine(programs, path, anchor);
        const told = await tell(programs, path, anchor, join(dir, 'peak.json'));
        if (process.env['VAN_THU_MEASURES'] !== undefined) process.stdout.write(`MEASURE ${JSON.stringify({ name: file.name, verifyMs: verify.cpuMs, inspectMs: inspect.cpuMs, peakMb, toldMs: told.cpuMs, toldMb: told.peakMb, said: verify.said.slice(0, 150), inspected: inspect.said.slice(0, 60), code: told.code })}\n`);
        const verdict = verify.said.split(' ')[0];
        assert.ok(verdict === 'invalid' || verdict === 'indeterminate' || verdict === 'unsigned' || verdict === 'changed' || file.mayBeGood === true, verify.said);
        assert.ok(!verify.said.includes('verifier.fault'), verify.said);
        if (file.says !== undefined) assert.match(verify.said, file.says);
        assert.ok(told.code === 1 || told.code === 2 || (told.code === 0 && file.mayBeGood === true), `exit ${told.code}: ${told.said.slice(0, 2000)}`);
        assert.ok(!told.said.includes('verifier.fault') && !/^bug:/m.test(told.said), told.said.slice(0, 2000));
        assertInTime('the verifier', verify);
        assertInTime('the signing reader', inspect);
        assertInTime('the command line', told);
        assert.ok(peakMb <= limitMb, `verifier and signing reader took ${peakMb} MB`);
        assert.ok(told.peakMb <= limitMb, `the command line took ${told.peakMb} MB`);
      } finally {
        rmSync(path, { force: true });
      }
    });
  }
}

function assertInTime(who: string, { wallMs, cpuMs }: Measured): void {
  assert.ok(Math.min(wallMs, cpuMs) <= limitMs, `${who} took ${wallMs} ms, ${cpuMs} ms of a processor`);
}
