// Reads packages that were made wrong, in a process whose memory is then asked for: `mutated-main.ts <seed> <count>`.
import { nodeDigests } from '../../../src-server/gateway/digests.ts';
import { reasonCharacters } from '../../../src-shared/edxml/refusal.ts';
import { readPackage } from '../../../src-shared/edxml/reader.ts';
import { writePackage, writeStatus } from '../../../src-shared/edxml/writer.ts';
import { mutate } from './mutate.ts';
import { createRandom } from './random-xml.ts';
import { cut, gather } from './read.ts';
import { attachment, header, pdf, status, toSend, trace } from './sample.ts';

const [seed = 1, count = 1] = process.argv.slice(2).map(Number);
const random = createRandom(seed);
const wide = { ...header, to: Array.from({ length: 20 }, (_, at) => ({ organId: `H${10 + at}`, organName: `Nơi nhận ${at}` })) };
const bases = [
  await gather(writePackage(toSend, { columns: 76 })),
  await gather(writePackage({ header: wide, trace, attachments: [attachment(0, 'a.pdf', pdf)] }, { columns: 0 })),
  await gather(writeStatus(status)),
].map(String);
const tally = { read: 0, refused: 0, slowestMs: 0, slowest: '', ways: {} as Record<string, number> };

for (let at = 0; at < count; at += 1) {
  const { name, bytes, mustRefuse } = mutate(bases, random);
  const say = (what: string): never => {
    throw new Error(`seed ${seed}, number ${at} (${name}): ${what}\n${bytes.toString().slice(0, 3000)}`);
  };
  const sizes: number[] = [];
  const started = performance.now();
  const outcome = await readPackage(cut(bytes, 3000), {
    digests: nodeDigests,
    sink: async (_, content) => {
      let size = 0;
      for await (const piece of content) {
        size += piece.length;
        if (piece.length > 65_536) say('a piece of more than 64 KB');
      }
      sizes.push(size);
    },
  }).catch((fault: unknown) => say(`it crashed: ${fault instanceof Error ? (fault.stack ?? '') : String(fault)}`));
  const ms = performance.now() - started;
  if (ms > tally.slowestMs) [tally.slowestMs, tally.slowest] = [ms, name];
  tally.ways[name] = (tally.ways[name] ?? 0) + 1;
  if (outcome.ok) {
    tally.read += 1;
    if (mustRefuse) say('it was read');
    if (outcome.attachments.length > sizes.length || outcome.attachments.some(({ index, sizeBytes }) => sizes[index] !== sizeBytes)) say('the sink was given something else than the outcome says');
  } else {
    tally.refused += 1;
    const { code, reason, where } = outcome.refusal;
    if (code !== '02' || reason.length > reasonCharacters || !reason.startsWith('Gói tin lỗi: ') || where === '') say('a refusal without its parts');
  }
}
process.stdout.write(JSON.stringify({ ...tally, peakMB: Math.round(process.resourceUsage().maxRSS / 1024) }));
