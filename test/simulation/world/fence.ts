/** Thrown where a program ends in the middle of something. Nothing of it goes on afterwards. */
export class Crashed extends Error {
  constructor(where: string) {
    super(`ended at ${where}`);
    this.name = 'Crashed';
  }
}

/** One run of a program, from its start to its end. */
export type Run = {
  alive: boolean;
  /** Called before and after every write; true: the program ends here. */
  readonly endsAt: (where: string) => boolean;
  readonly onEnd: (where: string) => void;
};

/**
 * The same object, and a program that may end before or after every one of its `writes`. Once it has ended, whatever is left of it gets nothing from here
 * any more: reads and writes throw. Methods may be synchronous or not.
 */
export function fence<T extends object>(target: T, run: Run, writes: ReadonlySet<string>, name: string): T {
  return new Proxy(target, {
    get(of, key, self) {
      const value: unknown = Reflect.get(of, key, self);
      if (typeof value !== 'function' || typeof key !== 'string') return value;
      const where = `${name}.${key}`;
      const method = value as (...args: readonly unknown[]) => unknown;
      if (key === 'close') return method;
      if (!writes.has(key)) {
        return (...args: readonly unknown[]) => {
          if (!run.alive) throw new Crashed(where);
          return method(...args);
        };
      }
      return (...args: readonly unknown[]) => {
        end(`before ${where}`);
        const result = method(...args);
        if (result instanceof Promise) {
          return result.then((done: unknown) => {
            end(`after ${where}`);
            return done;
          });
        }
        end(`after ${where}`);
        return result;
      };
    },
  });

  function end(where: string): void {
    if (!run.alive) throw new Crashed(where);
    if (!run.endsAt(where)) return;
    run.alive = false;
    run.onEnd(where);
    throw new Crashed(where);
  }
}

export const deskWrites: ReadonlySet<string> = new Set([
  'recordAction', 'undo', 'releaseHolds', 'markSending', 'settle', 'dismissProblem', 'applyChanges', 'beginSnapshot', 'addSnapshotFrame', 'finishSnapshot', 'settleConflict',
  'putBook', 'putDirectory', 'putPeople', 'setSetting',
]);
export const blobWrites: ReadonlySet<string> = new Set(['put', 'putWithBase', 'putContinuation', 'remove']);
