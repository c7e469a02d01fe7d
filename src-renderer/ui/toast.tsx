import { Check, X } from 'lucide-react';
import { createContext, useCallback, useContext, useEffect, useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { useT } from '../i18n/context.tsx';
import { Button, IconButton } from './button.tsx';
import { findFreePlace } from './toast-place.ts';
import { useLinger } from './use-linger.ts';
import { useKeyPress } from './use-key-press.ts';

export type ToastAction = {
  readonly label: string;
  readonly run: () => void;
  /** `Ctrl+Z`: shown beside the label, and listened for while the toast stands (not inside a field, whose own undo it is). */
  readonly shortcut?: string;
  /** How long it can be done, ms; 8 s when not given. */
  readonly forMs?: number;
  /** Ends the offer, and the line with it, when it was done in another way. */
  readonly until?: AbortSignal;
};

/** Says in one line what was done, and offers one thing to do about it. */
export type Say = (words: string, action?: ToastAction) => void;

type Toast = { readonly id: number; readonly words: string; readonly action: ToastAction | undefined };

const ToastContext = createContext<Say>(() => undefined);
const mostAtOnce = 3;
let lastId = 0;

/**
 * Lines that say what was done. Each leaves after a while, but not while the pointer or the focus is on it, or at once by its button.
 * They stand where they cover nothing that can be pressed.
 */
export function ToastProvider({ children }: { readonly children: ReactNode }) {
  const [toasts, setToasts] = useState<readonly Toast[]>([]);
  const say = useCallback<Say>((words, action) => setToasts((old) => [...old.filter((one) => one.action !== undefined), { id: ++lastId, words, action }].slice(-mostAtOnce)), []);
  const close = useCallback((id: number) => setToasts((old) => old.filter((one) => one.id !== id)), []);
  return (
    <ToastContext value={say}>
      {children}
      {/* data-react-aria-top-layer: a dialog leaves it reachable and readable */}
      {createPortal(<Toasts toasts={toasts} onClose={close} />, document.body)}
    </ToastContext>
  );
}

export function useToast(): Say {
  return useContext(ToastContext);
}

function Toasts({ toasts, onClose }: { readonly toasts: readonly Toast[]; readonly onClose: (id: number) => void }) {
  const box = useRef<HTMLDivElement>(null);
  usePlace(box, toasts);
  return (
    <div ref={box} className="toasts" role="status" data-react-aria-top-layer="true">
      {toasts.map((toast, index) => <OneToast key={toast.id} toast={toast} newest={index === toasts.length - 1} onClose={() => onClose(toast.id)} />)}
    </div>
  );
}

function OneToast({ toast, newest, onClose }: { readonly toast: Toast; readonly newest: boolean; readonly onClose: () => void }) {
  const t = useT();
  const { words, action } = toast;
  const box = useRef<HTMLDivElement>(null);
  const cameFrom = useRef<Element | null>(null);
  const close = useCallback(() => {
    // Focus goes back where it was, not to the top of the page
    if (box.current?.contains(document.activeElement) && cameFrom.current instanceof HTMLElement) cameFrom.current.focus();
    onClose();
  }, [onClose]);
  const run = useCallback(() => {
    close();
    action?.run();
  }, [action, close]);
  const linger = useLinger(action?.forMs ?? 8000, close);
  const until = action?.until;
  useEffect(() => {
    until?.addEventListener('abort', close);
    return () => until?.removeEventListener('abort', close);
  }, [until, close]);
  // Of several that can be undone, the key undoes the newest
  useKeyPress(newest ? action?.shortcut : undefined, run);
  return (
    <div
      ref={box}
      className="toast"
      {...linger}
      onFocus={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) cameFrom.current = event.relatedTarget;
        linger.onFocus();
      }}
    >
      <Check aria-hidden size={18} strokeWidth={2} />
      <span className="toast-words">{words}</span>
      <span className="toast-tools">
        {action && <Button size="small" onPress={run} {...(action.shortcut ? { shortcut: action.shortcut } : {})}>{action.label}</Button>}
        <IconButton label={t('action.close')} icon={X} onPress={close} />
      </span>
    </div>
  );
}

const pressable = 'button, a[href], input, select, textarea, [role="tab"], [role="menuitem"], [role="separator"][tabindex], [contenteditable="true"]';

/** Puts the box where it covers nothing pressable; again when it or the window changes its size or the person goes elsewhere. */
function usePlace(box: React.RefObject<HTMLDivElement | null>, toasts: readonly Toast[]): void {
  useLayoutEffect(() => {
    const element = box.current;
    if (!element || toasts.length === 0) return;
    const place = (): void => {
      const { width, height } = element.getBoundingClientRect();
      const taken = [...document.querySelectorAll(pressable)].filter((one) => !element.contains(one)).map((one) => one.getBoundingClientRect()).filter((rect) => rect.width > 1 && rect.height > 1);
      const { left, top } = findFreePlace({ width: window.innerWidth, height: window.innerHeight }, { width, height }, taken);
      element.style.setProperty('left', `${left}px`);
      element.style.setProperty('top', `${top}px`);
    };
    let frame = 0;
    const later = (): void => {
      cancelAnimationFrame(frame);
      // What the event changes on the screen is there two frames later
      frame = requestAnimationFrame(() => (frame = requestAnimationFrame(place)));
    };
    place();
    // its first report is the size that it has, which brings the second look
    const grown = new ResizeObserver(later);
    grown.observe(element);
    const events = ['resize', 'hashchange', 'focusout', 'click'] as const;
    for (const name of events) window.addEventListener(name, later);
    return () => {
      cancelAnimationFrame(frame);
      grown.disconnect();
      for (const name of events) window.removeEventListener(name, later);
    };
  }, [box, toasts]);
}
