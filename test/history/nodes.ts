import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export type Node = { readonly port: () => number | null; readonly kill: () => Promise<void>; readonly start: () => Promise<void> };

/** A node in a process of its own that can be killed and started again; not there (`port` null) in between. */
export async function openNode(dir: string, url: string): Promise<Node> {
  let child: ChildProcess | null = null;
  let port: number | null = null;
  const node: Node = {
    port: () => port,
    kill: async () => {
      const dying = child;
      [child, port] = [null, null];
      if (dying === null || dying.exitCode !== null || dying.signalCode !== null) return;
      const gone = once(dying, 'exit');
      dying.kill('SIGKILL');
      await gone;
    },
    start: async () => {
      // it may be asked to start while the database is still away
      for (let tries = 0; tries < 40; tries++) {
        const started = spawn(process.execPath, [join(import.meta.dirname, 'node.ts'), dir, url], { stdio: ['pipe', 'pipe', 'ignore'] });
        const [first] = (await Promise.race([once(createInterface({ input: started.stdout }), 'line'), once(started, 'exit').then(() => [null])])) as [string | null];
        if (first === null) continue;
        child = started;
        port = Number(new URL((JSON.parse(first) as { readonly url: string }).url).port);
        return;
      }
      throw new Error('a node did not start in forty tries');
    },
  };
  await node.start();
  return node;
}
