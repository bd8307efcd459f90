import { useEffect, useRef, useState } from 'react';
import type { KeyboardEvent, PointerEvent, RefObject } from 'react';
import { cropOf, drawCrop, moveCrop, shownBox, shownSize, wholeBox } from '#app/pictures/crop';
import type { CropPart, PictureEdit, ShownBox, Size } from '#app/pictures/crop';

/** Keys move by this part of the shown picture; with Shift five times as far. */
const keyStep = 0.01;
/** The smallest crop: a finger's worth of the picture, and some pixels to read. */
const leastShare = 0.04;
const leastPixels = 8;
/** A picture is decoded anew for each crop, so keys may come to rest first. */
const keyRestMs = 250;

type CropHandProps = {
  readonly area: RefObject<HTMLDivElement | null>;
  readonly edit: PictureEdit;
  readonly size: Size;
  readonly onEdit: (edit: PictureEdit) => void;
};

export type Hands = {
  readonly onPointerDown: (event: PointerEvent<HTMLElement>) => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
};

/** The frame for a pointer that went dx and dy from where it took hold, in parts of the shown picture. */
type Path = (dx: number, dy: number) => ShownBox;

/** The frame while it is held, by a pointer or by keys; it is handed over when it comes to rest. */
export function useCropHand({ area, edit, size, onEdit }: CropHandProps): {
  readonly box: ShownBox;
  readonly handsOf: (part: CropPart) => Hands;
  readonly drawNew: (event: PointerEvent<HTMLElement>) => void;
} {
  const [held, setHeld] = useState<ShownBox | null>(null);
  const letGo = useRef<(() => void) | null>(null);
  const rest = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const latest = useRef({ edit, size, onEdit });
  useEffect(() => {
    latest.current = { edit, size, onEdit };
  });
  useEffect(
    () => () => {
      letGo.current?.();
      clearTimeout(rest.current);
    },
    [],
  );
  const box = held ?? shownBox(edit, size);
  const shown = shownSize(size, edit.turns);
  const least = {
    width: Math.max(leastShare, leastPixels / shown.width),
    height: Math.max(leastShare, leastPixels / shown.height),
  };

  function finish(next: ShownBox): void {
    const { edit, size, onEdit } = latest.current;
    setHeld(null);
    onEdit({ ...edit, crop: cropOf(next, edit.turns, size) });
  }

  function hold(
    { currentTarget: target, pointerId, clientX, clientY, button }: PointerEvent<HTMLElement>,
    path: Path,
  ): void {
    const surface = area.current?.getBoundingClientRect();
    if (surface === undefined || button !== 0 || letGo.current !== null) return;
    clearTimeout(rest.current);
    target.setPointerCapture(pointerId);
    let now: ShownBox | null = null;
    const move = (later: globalThis.PointerEvent): void => {
      if (later.pointerId !== pointerId) return;
      now = path((later.clientX - clientX) / surface.width, (later.clientY - clientY) / surface.height);
      setHeld(now);
    };
    const release = (): void => {
      target.removeEventListener('pointermove', move);
      target.removeEventListener('pointerup', end);
      target.removeEventListener('pointercancel', end);
      letGo.current = null;
    };
    const end = (later: globalThis.PointerEvent): void => {
      if (later.pointerId !== pointerId) return;
      release();
      if (now !== null && later.type === 'pointerup') finish(now);
      else setHeld(null);
    };
    target.addEventListener('pointermove', move);
    target.addEventListener('pointerup', end);
    target.addEventListener('pointercancel', end);
    letGo.current = release;
  }

  function drawNew(event: PointerEvent<HTMLElement>): void {
    const surface = area.current?.getBoundingClientRect();
    if (surface === undefined) return;
    const x = (event.clientX - surface.left) / surface.width;
    const y = (event.clientY - surface.top) / surface.height;
    hold(event, (dx, dy) => drawCrop(x, y, x + dx, y + dy, least));
  }

  function press(event: KeyboardEvent, part: CropPart): void {
    const step = event.shiftKey ? keyStep * 5 : keyStep;
    const way = ways[event.key];
    if (way === undefined && event.key !== 'Escape') return;
    event.preventDefault();
    // What is around it has its own use for arrow keys.
    event.stopPropagation();
    const next = way === undefined ? wholeBox : moveCrop(box, part, way[0] * step, way[1] * step, least);
    setHeld(next);
    clearTimeout(rest.current);
    rest.current = setTimeout(() => finish(next), keyRestMs);
  }

  return {
    box,
    handsOf: (part) => ({
      // A frame around everything has nowhere to go: there, a new one is drawn.
      onPointerDown: (event) =>
        part === 'whole' && isWhole(box) ? drawNew(event) : hold(event, (dx, dy) => moveCrop(box, part, dx, dy, least)),
      onKeyDown: (event) => press(event, part),
    }),
    drawNew,
  };
}

const ways: Readonly<Record<string, readonly [x: number, y: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

const isWhole = ({ left, top, right, bottom }: ShownBox): boolean => left <= 0 && top <= 0 && right >= 1 && bottom >= 1;
