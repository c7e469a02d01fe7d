import fs from 'node:fs';
import { createRequire, syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Called at every boundary between two writes of this process; `what` is the write that comes next. */
export type Cross = (what: string) => void;

/** Ends the process like a cut of the power to it, at the `at`th boundary; 0: never. */
export function killAt(at: number): Cross & { readonly crossed: () => number } {
  let crossed = 0;
  return Object.assign((what: string) => {
    crossed += 1;
    if (crossed !== at) return;
    fs.writeSync(1, `killed ${at} ${what}\n`);
    process.kill(process.pid, 'SIGKILL');
    // the signal is on its way: nothing more of this process is to reach the disk
    for (;;);
  }, { crossed: () => crossed });
}

type Run = (...args: readonly unknown[]) => unknown;
type Driver = { readonly prototype: Record<'prepare' | 'exec' | 'transaction', Run> };

/** Every statement that writes, the end of every transaction, and what follows it. To be called before a file is opened. */
export function watchDriver(cross: Cross): void {
  const { prototype } = createRequire(import.meta.url)('better-sqlite3') as Driver;
  const { prepare, exec, transaction } = prototype;
  prototype.prepare = function (sql) {
    const statement = prepare.call(this, sql) as { readonly readonly: boolean; run: Run };
    if (statement.readonly) return statement;
    const run = statement.run;
    statement.run = (...args) => {
      cross(`sql ${wordsOf(String(sql))}`);
      return run.apply(statement, [...args]);
    };
    return statement;
  };
  prototype.exec = function (sql) {
    cross(`sql ${wordsOf(String(sql))}`);
    return exec.call(this, sql);
  };
  prototype.transaction = function (work) {
    const made = transaction.call(this, () => {
      const done = (work as Run)();
      cross('commit');
      return done;
    }) as Run & Record<'immediate', Run>;
    const ended = (run: Run): Run => (...args) => {
      const done = run(...args);
      cross('after the commit');
      return done;
    };
    return Object.assign(ended(made), { immediate: ended(made.immediate) });
  };
}

/** Every change of a file or a folder that goes through Node. */
export async function watchFiles(cross: Cross): Promise<void> {
  const promises = fs.promises as unknown as Record<string, Run>;
  for (const name of ['rename', 'rm', 'mkdir', 'copyFile', 'unlink', 'writeFile', 'truncate', 'link']) {
    const own = promises[name];
    if (own === undefined) throw new Error(`node:fs/promises has no ${name}`);
    promises[name] = (...args) => {
      cross(`file ${name}`);
      return own(...args);
    };
  }
  const probe = path.join(tmpdir(), `van-thu-probe-${process.pid}`);
  const handle = await fs.promises.open(probe, 'w');
  const shape = Object.getPrototypeOf(handle) as Record<string, Run>;
  await handle.close();
  fs.rmSync(probe);
  for (const name of ['write', 'sync', 'appendFile', 'truncate']) {
    const own = shape[name];
    if (own === undefined) throw new Error(`a file handle has no ${name}`);
    shape[name] = function (...args) {
      cross(`file ${name}`);
      return own.apply(this, [...args]);
    };
  }
  syncBuiltinESMExports();
}

function wordsOf(sql: string): string {
  return sql.trim().split(/\s+/).slice(0, 3).join(' ');
}
