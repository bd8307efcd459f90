import { boxOfInk, heightOf, widthOf } from '#glyph/ink';
import type { Ink } from '#glyph/ink';
import { exampleOf } from '../../src/ui/letters/strokes.ts';

type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

/** A letter as a hand writes it, with about `count` points as a pointer would report them, in parts of a sheet's side. */
export function written(label: string, count: number): Ink {
  const ink = exampleOf(label);
  const pieces = ink.reduce((sum, stroke) => sum + Math.max(1, stroke.length - 1), 0);
  const between = Math.max(1, Math.round(count / Math.max(1, pieces)));
  return ink.map((stroke) =>
    stroke.flatMap((point, i) => {
      const next = stroke[i + 1];
      if (next === undefined) return [point];
      return Array.from({ length: between }, (_, step) => {
        const part = step / between;
        return {
          x: point.x + (next.x - point.x) * part,
          y: point.y + (next.y - point.y) * part,
          t: point.t + (next.t - point.t) * part,
        };
      });
    }),
  );
}

/** The same letter moved and scaled so that its longer side is `part` of the sheet's side, in the middle. */
export function filling(ink: Ink, part: number): Ink {
  const box = boxOfInk(ink);
  if (box === null) return ink;
  const scale = part / Math.max(widthOf(box), heightOf(box));
  const middle = { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 };
  return ink.map((stroke) =>
    stroke.map(({ x, y, t }) => ({ x: (x - middle.x) * scale + 0.5, y: (y - middle.y) * scale + 0.5, t })),
  );
}

/** Draws the letter with a round pen; place and size of its sheet, and the pen's width, in pixels of the canvas. */
export function drawInk(
  context: Context,
  ink: Ink,
  sheet: { readonly left: number; readonly top: number; readonly side: number },
  penWidth: number,
): void {
  context.lineWidth = penWidth;
  context.lineCap = 'round';
  context.lineJoin = 'round';
  for (const stroke of ink) {
    context.beginPath();
    for (const { x, y } of stroke) context.lineTo(sheet.left + x * sheet.side, sheet.top + y * sheet.side);
    context.stroke();
  }
}
