import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** What a program said, line by line, until it ended; `killed`: at which write, or null when it came to its end by itself. */
export type Life = { readonly said: readonly string[]; readonly killed: string | null };

export type Child = {
  /** Gives it its work; it has been loaded meanwhile. `heard` is told every line at once. */
  readonly live: (task: object, heard?: (line: string) => void) => Promise<Life>;
  readonly end: () => void;
};

/** Started ahead of its turn, so that loading a program costs no time between two lives. */
export function startChild(file: string): Child {
  // hundreds of starts of the same program: its types are stripped once
  const env = { ...process.env, NODE_COMPILE_CACHE: join(tmpdir(), 'van-thu-kill-cache') };
  const child = spawn(process.execPath, [fileURLToPath(new URL(file, import.meta.url))], { stdio: ['pipe', 'pipe', 'inherit'], env });
  const ended = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
  child.stdin.on('error', () => undefined);
  return {
    live: async (task, heard = () => undefined) => {
      child.stdin.write(`${JSON.stringify(task)}\n`);
      const said: string[] = [];
      for await (const line of createInterface({ input: child.stdout })) {
        said.push(line);
        heard(line);
      }
      const [code, signal] = await ended;
      const killed = said.findLast((line) => line.startsWith('killed '));
      if (signal === 'SIGKILL' ? killed === undefined : code !== 0) throw new Error(`the program ended with ${code ?? signal}: ${said.slice(-3).join(' | ')}`);
      return { said, killed: killed ?? null };
    },
    end: () => void child.kill('SIGKILL'),
  };
}

/** The task that the parent gives, on one line. */
export async function readTask<T>(): Promise<T> {
  for await (const line of createInterface({ input: process.stdin })) return JSON.parse(line) as T;
  // the parent has no work for it any more
  process.exit(0);
}
