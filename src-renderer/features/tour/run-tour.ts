import { driver, type Config, type Driver, type PopoverDOM } from 'driver.js';
import type { Stop } from './stops.ts';

export type TourTexts = {
  readonly next: string;
  readonly previous: string;
  readonly done: string;
  readonly leave: string;
  readonly progress: (at: number) => string;
  readonly at: (stop: Stop) => { readonly heading: string; readonly words: string };
};

export type TourRun = {
  readonly stops: readonly Stop[];
  readonly from: number;
  readonly texts: TourTexts;
  readonly reduced: boolean;
  /** Brings the person to where the stop's part stands. */
  readonly reach: (stop: Stop) => Promise<void>;
  readonly onAt: (index: number) => void;
  /** Left at this stop, or walked to the end (null). */
  readonly onEnd: (left: number | null) => void;
};

/** A part that is not there by then is not on this screen: a folder without documents has no deeds. */
const patienceMs = 2500;

/** Walks the stops, one lit part at a time, by buttons, ← →, Enter and Esc. A stop whose part is not there is passed over. Returns what ends it at once. */
export function runTour({ stops, from, texts, reduced, reach, onAt, onEnd }: TourRun): () => void {
  const home = document.activeElement;
  let at = -1;
  let moving = false;
  let over = false;

  const config: Config = {
    steps: stops.map((stop, index) => ({ element: () => findAnchor(stop) ?? document.body, popover: { ...popoverOf(stop), progressText: texts.progress(index + 1) } })),
    animate: !reduced,
    duration: 200,
    smoothScroll: false,
    // What is done on a tour is looked at, never done
    disableActiveInteraction: true,
    overlayClickBehavior: () => undefined,
    // The library lets keys fall while it moves the light
    allowKeyboardControl: false,
    stagePadding: 4,
    stageRadius: 8,
    popoverOffset: 8,
    popoverClass: 'tour',
    showProgress: true,
    showButtons: ['previous', 'next', 'close'],
    nextBtnText: texts.next,
    prevBtnText: texts.previous,
    doneBtnText: texts.done,
    onPopoverRender: (popover) => dress(popover, texts.leave),
    onHighlighted: (element) => undress(element),
    onNextClick: () => void go(1),
    onPrevClick: () => void go(-1),
    onCloseClick: () => end(at),
    onDestroyStarted: () => end(at),
  };
  const guide: Driver = driver(config);
  // What came over the line may make the lit part anew
  const watcher = new MutationObserver(() => {
    if (guide.isActive() && guide.getActiveElement()?.isConnected === false) void go(1, at);
  });
  watcher.observe(document.body, { childList: true, subtree: true });
  // A pane that was made wider, or larger text
  const sizes = new ResizeObserver(() => guide.isActive() && guide.refresh());
  for (const part of document.querySelectorAll('#content, [data-tour]')) sizes.observe(part);

  function popoverOf(stop: Stop) {
    const { heading, words } = texts.at(stop);
    return { title: escapeHtml(heading), description: escapeHtml(words), side: stop.side, align: 'center' as const };
  }

  async function go(step: 1 | -1, first = at + step): Promise<void> {
    if (moving || over) return;
    moving = true;
    try {
      for (let index = first; index >= 0; index += step) {
        const stop = stops[index];
        if (!stop) return end(null);
        await reach(stop);
        if (over) return;
        if (!(await isThere(stop)) || over) continue;
        at = index;
        if (guide.isActive()) guide.moveTo(index);
        else guide.drive(index);
        return onAt(index);
      }
    } finally {
      moving = false;
    }
  }

  function end(left: number | null): void {
    if (over) return;
    stop();
    const back = home instanceof HTMLElement && home.isConnected && home !== document.body ? home : document.getElementById('content');
    back?.focus({ preventScroll: true });
    onEnd(left);
  }

  function onKey(event: KeyboardEvent): void {
    const deeds: Readonly<Record<string, () => void>> = { ArrowRight: () => void go(1), ArrowLeft: () => void go(-1), Escape: () => end(at) };
    const deed = event.ctrlKey || event.altKey || event.metaKey ? undefined : deeds[event.key];
    if (!deed || !guide.isActive()) return;
    event.preventDefault();
    event.stopPropagation();
    deed();
  }
  window.addEventListener('keydown', onKey, { capture: true });

  function stop(): void {
    over = true;
    window.removeEventListener('keydown', onKey, { capture: true });
    watcher.disconnect();
    sizes.disconnect();
    guide.destroy();
    undress(undefined);
  }

  void go(1, from);
  return () => {
    if (!over) stop();
  };
}

function findAnchor({ anchor, screen }: Stop): Element | null {
  // Screens have parts of one name, and the one that is being left stands a moment longer
  if (screen && document.getElementById('content')?.dataset['screen'] !== screen) return null;
  return [...document.querySelectorAll(`[data-tour="${anchor}"]`)].find((one) => one.getBoundingClientRect().width > 0) ?? null;
}

function isThere(stop: Stop): Promise<boolean> {
  if (findAnchor(stop)) return Promise.resolve(true);
  return new Promise((resolve) => {
    const settle = (found: boolean): void => {
      observer.disconnect();
      clearTimeout(timer);
      resolve(found);
    };
    const observer = new MutationObserver(() => findAnchor(stop) && settle(true));
    const timer = setTimeout(() => settle(false), patienceMs);
    observer.observe(document.body, { childList: true, subtree: true, attributes: true });
  });
}

/** “Next” has the focus, and the button that leaves says so in words and comes last. */
function dress({ wrapper, title, nextButton, closeButton, footer }: PopoverDOM, leave: string): void {
  // Its header and footer are elements that would be the page's own landmarks
  for (const part of [title, footer]) part.setAttribute('role', 'none');
  closeButton.textContent = leave;
  closeButton.removeAttribute('aria-label');
  wrapper.insertBefore(closeButton, footer.nextSibling);
  // After the library's own choice, which is the first button
  queueMicrotask(() => nextButton.focus());
}

/** The library calls the lit part a button with a popup, which a list or a bar is not (ARIA 1.2, 6.6); and it leaves a part lit that was left before its light had arrived. */
function undress(element: Element | undefined): void {
  for (const lit of document.querySelectorAll('.driver-active-element')) {
    for (const name of ['aria-haspopup', 'aria-expanded', 'aria-controls']) lit.removeAttribute(name);
    if (lit !== element) lit.classList.remove('driver-active-element', 'driver-no-interaction');
  }
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
