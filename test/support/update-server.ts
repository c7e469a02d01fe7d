import { createInterface } from 'node:readline';
import { createServer } from '../../src-server/server.ts';
import { seed } from '../server/office.ts';

/** A provincial server that gives versions of the program, in a process of its own at the near end of an emulated line: `DIR HOST RELEASES KEYS`. Ends with its input. */
const [dir = '', host = '127.0.0.1', releases = '', keysFile = ''] = process.argv.slice(2);
const server = await createServer({ dir, host, updates: { dir: releases, keysFile } });
await seed(server);
process.stdout.write(`${JSON.stringify({ what: 'ready', url: server.url })}\n`);
for await (const line of createInterface({ input: process.stdin })) if (line.includes('"end"')) break;
await server.close();
process.exit(0);
