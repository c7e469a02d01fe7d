import { onProvince, whereUsage, wrong, type Command } from '../command-line.ts';

const usage = `van-thu-server axis list
van-thu-server axis retry [KEY]

  list            how many messages of the national axis wait, since when, and those that failed: key, kind, unit, receiver, why
  retry           tries messages on states that failed again, one or all; a document that failed has been given back to its office as refused
${whereUsage}`;

const longest = 1000;

export const axisCommand: Command = (argv, io) =>
  onProvince(argv, {}, usage, io, async ({ positionals: [what, key, ...more] }, { storage }) => {
    if (more.length > 0) return wrong(usage, io);
    if (what === 'list' && key === undefined) {
      const { waiting, failures } = await storage.read(async (tx) => ({ waiting: await tx.axis.waiting(), failures: await tx.axis.failures(longest) }));
      io.out(`waiting\t${waiting.count}\t${waiting.oldestMs === null ? '' : new Date(waiting.oldestMs).toISOString()}\n`);
      for (const failure of failures) io.out(`failed\t${failure.key}\t${failure.kind}\t${failure.unit}\t${failure.receiver}\t${failure.reason}\n`);
      return 0;
    }
    if (what !== 'retry') return wrong(usage, io);
    const count = await storage.transaction((tx) => tx.axis.again(key ?? null));
    io.out(`${count}\n`);
    return key !== undefined && count === 0 ? 1 : 0;
  });
