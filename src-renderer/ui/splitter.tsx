import { useRef, type KeyboardEvent, type PointerEvent } from 'react';

type SplitterProps = {
  readonly label: string;
  /** Width of the pane that it sizes, px. */
  readonly value: number;
  readonly onChange: (value: number) => void;
  readonly min: number;
  readonly max: number;
  /** Width that two clicks bring back. */
  readonly usual: number;
  /** On which side of the line the sized pane lies. */
  readonly side: 'before' | 'after';
  /** `id` of the sized pane. */
  readonly controls?: string;
};

const step = 16;

/** The line between two panes: dragged, or moved by ←→ (Shift: further), Home and End; two clicks or Enter bring the usual width back. */
export function Splitter({ label, value, onChange, min, max, usual, side, controls }: SplitterProps) {
  const grip = useRef<{ readonly x: number; readonly width: number } | null>(null);
  const toward = side === 'before' ? 1 : -1;
  const set = (width: number): void => onChange(Math.round(Math.min(max, Math.max(min, width))));

  function onKeyDown(event: KeyboardEvent): void {
    const by = (event.shiftKey ? 4 : 1) * step * toward;
    const next = { ArrowLeft: value - by, ArrowRight: value + by, Home: min, End: max, Enter: usual }[event.key];
    if (next === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    set(next);
  }

  function onPointerDown(event: PointerEvent<HTMLDivElement>): void {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    grip.current = { x: event.clientX, width: value };
  }

  return (
    // A window splitter (ARIA): a separator that takes the focus is a control
    <div
      className="splitter"
      role="separator"
      aria-label={label}
      aria-orientation="vertical"
      aria-valuenow={Math.round(value)}
      aria-valuemin={min}
      aria-valuemax={max}
      aria-controls={controls}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onDoubleClick={() => set(usual)}
      onPointerDown={onPointerDown}
      onPointerMove={(event) => grip.current && set(grip.current.width + (event.clientX - grip.current.x) * toward)}
      onPointerUp={() => (grip.current = null)}
      onPointerCancel={() => (grip.current = null)}
    />
  );
}
