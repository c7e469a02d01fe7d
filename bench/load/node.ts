import { readFileSync } from 'node:fs';
import { createServer } from '../../src-server/server.ts';

/** One node of the province, as `van-thu-server serve` runs it: `DIR POSTGRES-URL PORT`. */
const [dir = '', url = '', port = '0'] = process.argv.slice(2);
const server = await createServer({ dir, storage: { kind: 'postgres', url }, port: Number(port) });
process.stdout.write(`${JSON.stringify({ url: server.url })}\n`);
await new Promise<void>((resolve) => {
  process.once('SIGTERM', resolve);
  process.stdin.once('end', resolve).resume();
});
process.stderr.write('');
process.stdout.write(`${JSON.stringify({ peakMb: Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? 0) / 1024 })}\n`);
await server.close();
process.exit(0);
