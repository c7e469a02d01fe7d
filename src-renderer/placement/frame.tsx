import { useEffect, useId, useRef, useState, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react';
import type { Placement, RectMm } from '../../src-shared/contract/signing.ts';
import { move, pageOf, type SizeMm } from '../../src-shared/domain/place.ts';
import { useI18n } from '../i18n/context.tsx';
import { startDrag } from './drag.ts';
import { corners, standsOn, toPx, type Corner } from './geometry.ts';
import { mmText } from './mm-text.ts';
import type { FrameState } from './use-placement.ts';

type FrameProps = {
  readonly state: FrameState;
  readonly placement: Placement;
  readonly name: string;
  readonly tag: string;
  readonly pages: readonly SizeMm[];
  readonly pxPerMm: number;
  /** A seal keeps its real size. */
  readonly resizable: boolean;
  /** What stands beside the frame and must not be hidden by its label. */
  readonly beside?: readonly RectMm[];
  /** The frame went to another page by the keyboard: bring that page before the person. */
  readonly onPage: (place: Placement) => void;
  readonly children: ReactNode;
};

const steps: Readonly<Record<string, readonly [number, number]>> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const pageSteps: Readonly<Record<string, number>> = { PageUp: -1, PageDown: 1 };

/** A frame on the page that the hand drags and the arrow keys nudge (0.5 mm, with Shift 5 mm). Its label stands outside the text. */
export function PlacementFrame({ state, placement, name, tag, pages, pxPerMm, resizable, beside = [], onPage, children }: FrameProps) {
  const { t, locale } = useI18n();
  const helpId = useId();
  const element = useRef<HTMLDivElement>(null);
  const [held, setHeld] = useState(false);
  const { rect, page } = placement;
  const size = pageOf(pages, page);
  const matches = standsOn(placement, state.targets);
  const moving = held || state.settled === null || state.placement !== state.settled;

  useEffect(() => {
    if (!state.focusWanted.current) return;
    state.focusWanted.current = false;
    element.current?.focus({ preventScroll: true });
  }, [state.focusWanted]);

  function onPointerDown(event: PointerEvent<HTMLElement>, corner: Corner | null): void {
    if (event.button !== 0) return;
    event.stopPropagation();
    event.preventDefault();
    element.current?.focus({ preventScroll: true });
    setHeld(true);
    startDrag(event, {
      from: placement, corner, pages, pxPerMm, targets: corner ? [] : state.targets,
      onCarry: (place) => {
        state.focusWanted.current = place.page !== page;
        state.carry(place);
      },
      onEnd: (place) => {
        setHeld(false);
        state.settle(place);
      },
    });
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing || event.altKey || event.metaKey) return;
    if (event.ctrlKey) {
      if (event.key.toLowerCase() !== 'z' || event.shiftKey || !state.canUndo) return;
      event.preventDefault();
      event.stopPropagation();
      state.focusWanted.current = true;
      return state.undo();
    }
    const step = steps[event.key];
    const by = pageSteps[event.key];
    if (!step && by === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const mm = event.shiftKey ? 5 : 0.5;
    if (step) return state.settle({ page, rect: move(rect, step[0] * mm, step[1] * mm, size) });
    const number = page + (by ?? 0);
    if (number < 1 || number > pages.length) return;
    const place = { page: number, rect: move(rect, 0, 0, pageOf(pages, number)) };
    state.focusWanted.current = true;
    state.settle(place);
    onPage(place);
  }

  return (
    <div
      ref={element}
      className={`frame${moving ? ' frame-moving' : ''}${matches ? ' frame-matches' : ''}`}
      role="group"
      tabIndex={0}
      aria-label={name}
      aria-describedby={helpId}
      style={toPx(rect, pxPerMm)}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => onPointerDown(event, null)}
    >
      {children}
      <span className="frame-tag" aria-hidden style={tagPlace(rect, beside, size, pxPerMm)}>
        <span>{tag}</span>
        {moving && <span className="frame-mm">{t('place.at', { x: mmText(rect.x, locale), y: mmText(rect.y, locale) })}</span>}
        {moving && matches && <span className="frame-match">{t('place.matches')}</span>}
      </span>
      <span id={helpId} hidden>{t(pages.length > 1 ? 'place.helpPages' : 'place.help')}</span>
      {resizable && corners.map((corner) => (
        <span key={corner} className={`frame-corner frame-corner-${corner}`} aria-hidden title={t('place.resize')} onPointerDown={(event) => onPointerDown(event, corner)} />
      ))}
    </div>
  );
}

/** Room that the longest label wants, px. */
const tagPx = 190;
const gapPx = 10;

/**
 * NĐ 30/2020 App I: the signer's block is the last thing at the right, so there is no text beyond it; the label stands there, past whatever else
 * stands there, and on the left only when the page ends too soon.
 */
function tagPlace(rect: RectMm, beside: readonly RectMm[], page: SizeMm, pxPerMm: number): React.CSSProperties {
  const sameRow = beside.filter((other) => other.y < rect.y + rect.height && other.y + other.height > rect.y);
  const right = Math.max(rect.x + rect.width, ...sameRow.map((other) => other.x + other.width));
  if ((page.widthMm - right) * pxPerMm >= tagPx) return { left: (right - rect.x) * pxPerMm + gapPx };
  const left = Math.min(rect.x, ...sameRow.map((other) => other.x));
  return { right: (rect.x + rect.width - left) * pxPerMm + gapPx };
}
