import { bugs } from './bugs/table.ts';
import type { Violation } from './world/ledger.ts';
import { runWorld, type Outcome } from './world/world.ts';

export type Asked = { readonly seed: number; readonly bug?: string; readonly skewMs?: number };
/** `tail`: the last lines of the history, of a seed that failed. */
export type Told = { readonly seed: number; readonly violations: readonly Violation[]; readonly tail: readonly string[]; readonly hash: string; readonly covered: readonly string[]; readonly figures: Outcome['figures'] };

const tailLines = 40;

/** One process of `runSeeds`: a seed in, its outcome out. */
process.on('message', (asked: Asked) => {
  void answer(asked).then(
    (told) => void process.send?.(told),
    (error: unknown) => {
      const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
      process.send?.({ seed: asked.seed, violations: [{ invariant: 'bug', what }], tail: [], hash: '', covered: [], figures: { actions: 0, effects: 0, requests: 0, faults: 0, quietAfterMs: 0 } } satisfies Told);
    },
  );
});
// Ctrl-C at a terminal is told to all: whoever began this process decides when it ends
process.on('SIGINT', () => undefined);
process.on('disconnect', () => process.exit(0));

async function answer({ seed, bug, skewMs }: Asked): Promise<Told> {
  const planted = bug === undefined ? undefined : bugs.find(({ name }) => name === bug)?.planted;
  if (bug !== undefined && planted === undefined) throw new Error(`no bug is called ${bug}`);
  const { violations, lines, hash, covered, figures } = await runWorld({ seed, ...(planted === undefined ? {} : { planted }), ...(skewMs === undefined ? {} : { skewMs }) });
  return { seed, violations, tail: violations.length > 0 ? lines.slice(-tailLines) : [], hash, covered, figures };
}
