import { createInterface } from 'node:readline';
import { createServer } from '../../src-server/server.ts';
import { seed } from '../server/office.ts';
import { seedArrivals } from './seed-arrivals.ts';

/**
 * A provincial server in a process of its own, at the near end of an emulated line: `DIR HOST DOCUMENTS CONTENT-BYTES`. Filled over the wire from the same machine before it says that it is ready.
 * Ends with its input.
 */
const [dir = '', host = '127.0.0.1', documents = '0', contentBytes = '1000'] = process.argv.slice(2);
const server = await createServer({ dir, host });
await seed(server);
const contents = Number(documents) === 0 ? [] : await seedArrivals(server.url, Number(documents), Number(contentBytes));
process.stdout.write(`${JSON.stringify({ what: 'ready', url: server.url, contents: contents.map(({ sha256 }) => sha256) })}\n`);
for await (const line of createInterface({ input: process.stdin })) if (line.includes('"end"')) break;
await server.close();
process.exit(0);
