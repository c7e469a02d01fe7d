import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Change, SnapshotInfo } from '../../src-shared/protocol/wire.ts';
import { openProfileStore } from '../../src-main/store/open.ts';
import { content, key, unit } from './helpers.ts';
import { life, newDocument } from './random-logs.ts';

// node test/store/measure-swap.ts [documents]: how long a first filling and three resyncs take; what stops the desk is the swap and one frame.
const count = Number(process.argv[2] ?? 300_000);
const perFrame = 500;
const dir = mkdtempSync(join(tmpdir(), 'van-thu-swap-'));
const opened = openProfileStore({ dir, key });
if (!opened.ok) throw new Error(opened.error.code);
const { desk } = opened.value;
const ids = Array.from({ length: count }, newDocument);
const born = life('', 4);

function events(i: number, title: string): Change & { readonly from: number } {
  const document = ids[i];
  if (document === undefined) throw new Error(`no document ${i}`);
  return { document, from: 0, events: born.slice(0, 3 + (i % 2)).map((event) => (event.type === 'arrived' ? { ...event, title: `${title} về việc triển khai công tác phòng, chống cháy ${i}` } : event)) };
}

function measure(what: string, work: () => void): void {
  const [wall, cpu] = [performance.now(), process.cpuUsage()];
  work();
  const { user, system } = process.cpuUsage(cpu);
  console.log(`${what}: ${((performance.now() - wall) / 1000).toFixed(1)} s, of the processor ${((user + system) / 1e6).toFixed(1)} s`);
}

function fill(cursor: string, title: (i: number) => string): void {
  const info: SnapshotInfo = { scope: unit.code, hash: content(`snapshot ${cursor}`).sha256, sizeBytes: 1, documents: count, cursor, digest: '0'.repeat(32) };
  desk.beginSnapshot(info);
  let worst = 0;
  for (let at = 0; at < count; at += perFrame) {
    const frame = Array.from({ length: Math.min(perFrame, count - at) }, (_, i) => events(at + i, title(at + i)));
    const begun = performance.now();
    desk.addSnapshotFrame(frame, at + 1);
    worst = Math.max(worst, performance.now() - begun);
  }
  console.log(`  the longest frame of ${perFrame}: ${worst.toFixed(0)} ms`);
}

try {
  measure(`first filling of ${count}`, () => fill('a', () => 'Báo cáo'));
  measure('its end', () => void desk.finishSnapshot());
  for (const [name, title] of [['as it was', () => 'Báo cáo'], ['2 % otherwise', (i: number) => (i % 50 === 0 ? 'Kế hoạch' : 'Báo cáo')], ['all otherwise', () => 'Quyết định']] as const) {
    measure(`resync, ${name}, brought in`, () => fill(name, title));
    measure('  swap', () => void desk.finishSnapshot());
  }
  console.log(`desk.db ${Math.round(statSync(join(dir, 'desk.db')).size / 1e6)} MB`);
} finally {
  opened.value.close();
  rmSync(dir, { recursive: true });
}
