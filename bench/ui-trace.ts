import type { Browser, Page } from 'playwright-core';

type TraceEvent = { readonly name: string; readonly pid: number; readonly tid: number; readonly ts: number; readonly dur?: number; readonly tdur?: number; readonly args?: { readonly name?: string } };

export type LongTask = { readonly ms: number; /** Of which the processor worked; the rest it was given to other programs. */ readonly cpuMs: number; readonly within: readonly string[] };

/** The longest tasks of the page's main thread while `work` was done, longest first, with what took the most of each; and the most that the processor worked on one. */
export async function longestTasks(browser: Browser, page: Page, work: () => Promise<void>): Promise<{ readonly tasks: readonly LongTask[]; readonly mostCpuMs: number }> {
  await browser.startTracing(page, { categories: ['toplevel', 'devtools.timeline', 'disabled-by-default-devtools.timeline', 'blink.user_timing'] });
  await page.evaluate(() => performance.mark('bench'));
  await work();
  const events = (JSON.parse((await browser.stopTracing()).toString('utf8')) as { readonly traceEvents: readonly TraceEvent[] }).traceEvents;
  const mark = events.find(({ name }) => name === 'bench');
  if (mark === undefined) throw new Error('the trace holds no mark of the page');
  const { pid, tid } = mark;
  const own = events.filter((event) => event.pid === pid && event.tid === tid && event.ts >= mark.ts && event.dur !== undefined);
  const all = own.filter(({ name }) => name === 'RunTask');
  const tasks = all.toSorted((a, b) => (b.dur ?? 0) - (a.dur ?? 0)).slice(0, 12)
    .map((task) => ({
      ms: (task.dur ?? 0) / 1000,
      cpuMs: (task.tdur ?? 0) / 1000,
      within: own.filter((event) => event !== task && event.ts >= task.ts && event.ts + (event.dur ?? 0) <= task.ts + (task.dur ?? 0) && !event.name.endsWith('RunTask'))
        .toSorted((a, b) => (b.dur ?? 0) - (a.dur ?? 0)).slice(0, 5).map(({ name, dur }) => `${name} ${Math.round((dur ?? 0) / 1000)} ms`),
    }));
  return { tasks, mostCpuMs: Math.max(0, ...all.map(({ tdur }) => tdur ?? 0)) / 1000 };
}
