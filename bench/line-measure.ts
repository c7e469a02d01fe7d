import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { openLineScene, type LineScene, type Told } from '../test/support/line-scene.ts';
import { floorBytesPerSecond, profiles, whyNoNetlab, type Profile } from '../test/support/netlab.ts';
import type { Figure } from './figure.ts';

/** `FOLDER NAME…`: measures these figures of `bench/line.ts`, one after another, and prints each as a line of JSON. */
const [folder = '', ...names] = process.argv.slice(2);
const wants = (...some: readonly string[]): boolean => some.some((name) => names.includes(name));
const say = (figure: Figure): void => void (names.includes(figure.name) && process.stdout.write(`${JSON.stringify(figure)}\n`));

const missing = whyNoNetlab();
if (missing !== false) {
  process.stderr.write(`sync.*: LEFT OUT, ${missing}\n`);
  process.exit(0);
}

async function open(profile: Profile, net: number, documents: number, contentBytes: number, deskAtSeconds = 0): Promise<LineScene> {
  const dir = join(folder, `line-${net}`);
  mkdirSync(dir, { recursive: true });
  const scene = await openLineScene({ dir, profile, net, documents, contentBytes, deskAtSeconds });
  void scene.desk.ended.then((code) => code !== 0 && code !== null && process.stderr.write(`the desk ended with ${code}\n`));
  return scene;
}

const bodies = (lines: readonly Told[], path: string): number => lines.filter((line) => line['what'] === 'request' && String(line['path']).startsWith(path)).reduce((sum, line) => sum + Number(line['bytes']), 0);

if (wants('sync.status-change-bytes')) {
  const scene = await open(profiles.good, 11, 1, 1000);
  await scene.seen('content');
  await scene.seen('status', (line) => line['book'] === true);
  scene.desk.tell({ do: 'register' });
  await scene.seen('settled', (line) => line['settled'] === 1);
  const from = scene.lines.length;
  scene.desk.tell({ do: 'present' });
  await scene.seen('settled', (line) => line['settled'] === 2);
  say({ name: 'sync.status-change-bytes', value: bodies(scene.lines.slice(from), '/v1/push'), unit: 'B' });
  await scene.lab.close();
}

if (wants('sync.signed-50mb-upload-bytes')) {
  const scene = await open(profiles.good, 12, 0, 0);
  scene.desk.tell({ do: 'draft', bytes: 50_000_000 });
  await scene.seen('settled', (line) => line['settled'] === 1);
  const from = scene.lines.length;
  // what leader and seal with long-term data add (sync.md: B-LTA 10 kB)
  scene.desk.tell({ do: 'revise', tail: 10_000 });
  await scene.seen('settled', (line) => line['settled'] === 2);
  say({ name: 'sync.signed-50mb-upload-bytes', value: bodies(scene.lines.slice(from), '/v1/'), unit: 'B' });
  await scene.lab.close();
}

if (wants('sync.first-1000-docs-s', 'sync.first-inbox-bytes', 'sync.first-bytes-ratio')) {
  const scene = await open(profiles['xa-2g'], 13, 1000, 3000);
  const first = await scene.seen('first');
  const all = await scene.seen('documents', (line) => line['documents'] === 1000);
  const done = await scene.seen('status', (line) => line['cursor'] === true && line['filling'] === null);
  say({ name: 'sync.first-inbox-s', value: Number(first['ms']) / 1000, unit: 's' });
  say({ name: 'sync.first-inbox-bytes', value: Number(first['firstFrameBytes']), unit: 'B' });
  say({ name: 'sync.first-1000-docs-s', value: Math.max(Number(all['ms']), Number(done['ms'])) / 1000, unit: 's' });
  say({ name: 'sync.first-bytes-ratio', value: Number(done['received']) / Number(done['snapshotBytes']), unit: '×' });
  await scene.lab.close();
}

for (const [name, profile, net] of [['sync.600kb-outage-30-90-ratio', 'outage-30-90', 14], ['sync.600kb-outage-120-240-ratio', 'outage-120-240', 15]] as const) {
  if (!wants(name)) continue;
  const [period = 0, length = 0] = profiles[profile].outage.split(',').map(Number);
  // the first outage falls into the middle of it
  const before = 45;
  const scene = await open(profiles[profile], net, 1, 600_000, period - length - before);
  const done = await scene.seen('content');
  // the least that the same line needs: the bytes at its rate, and every outage that lies in between
  const needed = 600_000 / floorBytesPerSecond(profiles[profile]);
  const floor = needed + length * (1 + Math.floor((needed - before) / (period - length)));
  say({ name, value: Number(done['ms']) / 1000 / floor, unit: '×' });
  await scene.lab.close();
}

if (wants('sync.p0-behind-bulk-s')) {
  const scene = await open(profiles['xa-2g'], 16, 1, 3_000_000);
  await scene.seen('status', (line) => line['cursor'] === true && line['book'] === true);
  await scene.seen('receiving', (line) => Number(line['bytes']) > 30_000);
  const worst: number[] = [];
  for (const [i, what] of (['register', 'present', 'assign', 'assign', 'assign'] as const).entries()) {
    const n = i + 1;
    scene.desk.tell({ do: what });
    worst.push(Number((await scene.seen('settled', (line) => line['settled'] === n))['tookMs']) / 1000);
  }
  say({ name: 'sync.p0-behind-bulk-s', value: Math.max(...worst), unit: 's' });
  await scene.lab.close();
}
process.exit(0);
