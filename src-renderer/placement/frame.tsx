import { useId, useRef, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react';
import type { RectMm } from '../../src-shared/contract/signing.ts';
import { useT } from '../i18n/context.tsx';
import { corners, move, resize, toPx, type Corner, type SizeMm } from './geometry.ts';

type FrameProps = {
  readonly name: string;
  readonly tag: string;
  readonly rect: RectMm;
  readonly page: SizeMm;
  readonly pxPerMm: number;
  readonly onChange: (rect: RectMm) => void;
  /** A seal keeps its real size. */
  readonly resizable: boolean;
  readonly children: ReactNode;
};

const steps: Readonly<Record<string, readonly [number, number]>> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** A frame on the page that the hand drags and the arrow keys nudge (0.5 mm, with Shift 5 mm). Its label stands outside the text. */
export function PlacementFrame({ name, tag, rect, page, pxPerMm, onChange, resizable, children }: FrameProps) {
  const t = useT();
  const helpId = useId();
  const grab = useRef<{ readonly x: number; readonly y: number; readonly rect: RectMm; readonly corner: Corner | null } | null>(null);

  function onPointerDown(event: PointerEvent<HTMLElement>, corner: Corner | null): void {
    if (event.button !== 0) return;
    event.stopPropagation();
    event.currentTarget.setPointerCapture(event.pointerId);
    grab.current = { x: event.clientX, y: event.clientY, rect, corner };
  }

  function onPointerMove(event: PointerEvent): void {
    const held = grab.current;
    if (!held) return;
    const [byX, byY] = [(event.clientX - held.x) / pxPerMm, (event.clientY - held.y) / pxPerMm];
    onChange(held.corner ? resize(held.rect, held.corner, byX, byY, page) : move(held.rect, byX, byY, page));
  }

  function onKeyDown(event: KeyboardEvent): void {
    const step = steps[event.key];
    if (!step || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    const mm = event.shiftKey ? 5 : 0.5;
    onChange(move(rect, step[0] * mm, step[1] * mm, page));
  }

  const handlers = { onPointerMove, onPointerUp: () => (grab.current = null), onPointerCancel: () => (grab.current = null) };
  return (
    <div
      className="frame"
      role="group"
      tabIndex={0}
      aria-label={name}
      aria-describedby={helpId}
      style={toPx(rect, pxPerMm)}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => onPointerDown(event, null)}
      {...handlers}
    >
      {children}
      <span className={`frame-tag${rect.x > page.widthMm / 3 ? ' frame-tag-left' : ' frame-tag-right'}`} aria-hidden>{tag}</span>
      <span id={helpId} hidden>{t('place.help')}</span>
      {resizable && corners.map((corner) => (
        <span key={corner} className={`frame-corner frame-corner-${corner}`} aria-hidden title={t('place.resize')} onPointerDown={(event) => onPointerDown(event, corner)} {...handlers} />
      ))}
    </div>
  );
}
