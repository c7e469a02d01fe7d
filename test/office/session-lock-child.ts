import { createInterface } from 'node:readline';
import { openProgramAt, testDoor } from './session-support.ts';

/** A copy of the program on the folder that it is given: answers each line of its input with the state of the session, as one line of JSON. */
const [root] = process.argv.slice(2);
if (root === undefined) throw new Error('no folder');
const program = await openProgramAt(root);
const at = testDoor(program.connect());
const tell = async (): Promise<void> => void process.stdout.write(`${JSON.stringify(await at.ask('session.state', {}))}\n`);
await tell();
for await (const word of createInterface({ input: process.stdin })) {
  if (word === 'reopen') process.stdout.write(`${JSON.stringify(await at.door.call('session.reopen', {}))}\n`);
  else await tell();
}
await program.close();
