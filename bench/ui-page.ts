import type { Page } from 'playwright-core';

type Bench = {
  /** The time (performance.now) at which the first frame stood painted of which `selector` has words that differ from `before`. */
  readonly painted: (selector: string, before?: string) => Promise<number>;
  /** The words of the first such element. */
  readonly words: (selector: string) => string;
  /** From now on: per event of this type, ms from the input itself to the next painted frame. */
  readonly watch: (type: string) => void;
  readonly seen: () => readonly number[];
  /** The time of the last input of the watched type. */
  readonly lastInput: () => number;
};

declare global {
  var bench: Bench;
}

/** The first page of the open document, drawn. */
export const firstPage = '.pane-page [data-page-number="1"][data-loaded]:not([data-seen]) .canvasWrapper canvas:not([hidden])';

/** The document that is open now is no longer meant by `firstPage`; the next one is. */
export async function markSeen(page: Page): Promise<void> {
  await page.evaluate(() => document.querySelectorAll('.pane-page [data-page-number]').forEach((one) => one.setAttribute('data-seen', '')));
}

/** Watches the page from within, where the clock is the frame's own; the driver's messages would add their own time. */
export async function watchPages(target: { readonly addInitScript: (script: () => void) => Promise<unknown> }): Promise<void> {
  await target.addInitScript(() => {
    // A frame stands painted when the first task after its animation callbacks runs
    const afterPaint = (then: (at: number) => void): void => {
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => then(performance.now());
        port2.postMessage(null);
      });
    };
    const words = (selector: string): string => document.querySelector(selector)?.textContent ?? '';
    let type = '';
    let seen: number[] = [];
    let last = 0;
    const watched = new Set<string>();
    const onInput = (event: Event): void => {
      if (event.type !== type) return;
      last = event.timeStamp;
      afterPaint((at) => seen.push(at - event.timeStamp));
    };
    Object.defineProperty(window, 'bench', {
      value: {
        words,
        painted: (selector: string, before = '') => new Promise<number>((resolve, reject) => {
          const until = performance.now() + 30_000;
          const look = (): void => {
            const now = words(selector);
            const element = document.querySelector(selector);
            if (element !== null && (element instanceof HTMLCanvasElement ? !element.hidden : now !== '' && now !== before)) {
              const { port1, port2 } = new MessageChannel();
              port1.onmessage = () => resolve(performance.now());
              port2.postMessage(null);
            } else if (performance.now() > until) reject(new Error(`never painted: ${selector}`));
            else requestAnimationFrame(look);
          };
          requestAnimationFrame(look);
        }),
        watch: (wanted: string) => {
          type = wanted;
          seen = [];
          if (!watched.has(wanted)) window.addEventListener(wanted, onInput, { capture: true });
          watched.add(wanted);
        },
        seen: () => seen,
        lastInput: () => last,
      },
    });
  });
}

/** From the press on `press` to the painted frame in which `selector` says something else than `before`, ms. */
export async function pressToPaint(page: Page, press: () => Promise<void>, selector: string, before = ''): Promise<number> {
  await page.evaluate(() => window.bench.watch('click'));
  const done = page.evaluate(([where = '', old = '']) => window.bench.painted(where, old).then((at) => at - window.bench.lastInput()), [selector, before]);
  const [ms] = await Promise.all([done, press()]);
  return ms;
}

/** Nothing is under way: two idle turns, or a second each, and two frames. */
export async function settled(page: Page): Promise<void> {
  await page.evaluate(() => {
    const idle = () => new Promise((resolve) => requestIdleCallback(resolve, { timeout: 1000 }));
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    return idle().then(frame).then(idle).then(frame);
  });
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
}

export function middle(values: readonly number[]): number {
  return percentile(values, 0.5);
}
