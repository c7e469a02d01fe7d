// A package of so many megabytes, written into a pipe of this process and read back: `large-main.ts <MB> <signed|unsigned>`.
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodeDigests } from '../../../src-server/gateway/digests.ts';
import { readPackage } from '../../../src-shared/edxml/reader.ts';
import { writePackage } from '../../../src-shared/edxml/writer.ts';
import { makeKey, signerOf } from './keys.ts';
import { createRandom } from './random-xml.ts';
import { attachment, header, trace } from './sample.ts';

const megabytes = Number(process.argv[2]);
const folder = mkdtempSync(join(tmpdir(), 'edxml-large-'));
const random = createRandom(300);
// scans do not compress: so that the package is as large as what is in it, and a third more for Base64
const block = Buffer.from(Array.from({ length: 1 << 16 }, () => Math.floor(random() * 256)));
const perFile = Math.floor((megabytes * (1 << 20) * 3) / 4 / 6);

async function* scan(): AsyncGenerator<Uint8Array, void, undefined> {
  for (let at = 0; at < perFile; at += block.length) {
    block.writeUInt32LE(at, 0);
    yield block.subarray(0, Math.min(block.length, perFile - at));
  }
}
const expected = createHash('sha256');
for await (const piece of scan()) expected.update(piece);
const wanted = expected.digest('hex');

const attachments = Array.from({ length: 6 }, (_, at) => ({ ...attachment(at, `Bản quét ${at + 1}.pdf`, block), open: scan }));
const signing = process.argv[3] === 'signed' ? { signing: { signer: signerOf(makeKey(folder, 'rsa'), 'rsa-sha256'), digests: nodeDigests } } : {};
let sizeBytes = 0;
async function* counted(): AsyncGenerator<Uint8Array, void, undefined> {
  for await (const piece of writePackage({ header, trace, attachments }, { columns: 76, ...signing })) {
    sizeBytes += piece.length;
    yield piece;
  }
}
const found: string[] = [];
const started = performance.now();
const outcome = await readPackage(counted(), {
  digests: nodeDigests,
  sink: async (_, content) => {
    const hash = createHash('sha256');
    for await (const piece of content) hash.update(piece);
    found.push(hash.digest('hex'));
  },
});
rmSync(folder, { recursive: true, force: true });
const contents = found.length === 6 && found.every((each) => each === wanted);
process.stdout.write(
  JSON.stringify({ ok: outcome.ok, why: outcome.ok ? '' : outcome.refusal.reason, signature: outcome.ok ? outcome.signature.state : '', contents, sizeMB: Math.round(sizeBytes / (1 << 20)), seconds: Math.round((performance.now() - started) / 100) / 10, peakMB: Math.round(process.resourceUsage().maxRSS / 1024) }),
);
