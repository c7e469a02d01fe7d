import { createServer } from '../../src-server/server.ts';

/** One node of a province: `DIR POSTGRES-URL PORT`. Says its address, ends with its input. */
const [dir = '', url = '', port = '0'] = process.argv.slice(2);
const server = await createServer({ dir, storage: { kind: 'postgres', url }, port: Number(port) });
process.stdout.write(`${JSON.stringify({ url: server.url })}\n`);
await new Promise<void>((resolve) => process.stdin.once('end', resolve).resume());
await server.close();
process.exit(0);
