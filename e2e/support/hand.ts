import type { Locator, Page } from '@playwright/test';

/** Strokes in parts of the sheet's side; headline and baseline of the sheet are at 0.35 and 0.65. */
export type Written = readonly (readonly (readonly [x: number, y: number])[])[];

/** alef as it is written in script: a bow open to the right, and a slanted line before it. */
export const alef: Written = [
  [
    [0.62, 0.4],
    [0.56, 0.42],
    [0.51, 0.47],
    [0.5, 0.53],
    [0.52, 0.59],
    [0.57, 0.63],
    [0.61, 0.64],
  ],
  [
    [0.49, 0.36],
    [0.46, 0.45],
    [0.42, 0.55],
    [0.38, 0.65],
  ],
];

/** samekh: one round line. */
export const samekh: Written = [
  Array.from({ length: 33 }, (_, i) => {
    const turn = -Math.PI / 2 - (2 * Math.PI * i) / 32;
    return [0.5 + 0.12 * Math.cos(turn), 0.5 + 0.145 * Math.sin(turn)] as const;
  }),
];

export const sheetOf = (page: Page): Locator => page.getByTestId('draw-surface');
export const predictionOf = (page: Page): Locator => page.getByTestId('prediction');

/** Where places of the sheet are on the screen, as it is laid out now. */
export async function sheetPlaces(page: Page): Promise<(place: readonly [number, number]) => [number, number]> {
  const box = await sheetOf(page).boundingBox();
  if (box === null) throw new Error('there is no sheet to write on');
  return ([x, y]) => [box.x + x * box.width, box.y + y * box.height];
}

/** Writes with the mouse, as a hand does: every stroke in many small movements. */
export async function write(page: Page, strokes: Written): Promise<void> {
  for (const stroke of strokes) {
    await putDown(page, stroke);
    await page.mouse.up();
  }
}

/** One stroke, the button still held. */
export async function putDown(page: Page, stroke: Written[number]): Promise<void> {
  const [first, ...rest] = stroke;
  if (first === undefined) return;
  const at = await sheetPlaces(page);
  await page.mouse.move(...at(first));
  await page.mouse.down();
  for (const point of rest) await page.mouse.move(...at(point), { steps: 4 });
}

/** How many pixels of the sheet carry ink: what a person sees, whatever the store believes. */
export function inkOnCanvas(page: Page): Promise<number> {
  return sheetOf(page).evaluate(async (sheet) => {
    // Ink is painted with the next frame, and a busy machine may owe one.
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    let dark = 0;
    for (const canvas of sheet.querySelectorAll('canvas')) {
      const { data } = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: [] };
      for (let i = 3; i < data.length; i += 4) if ((data[i] ?? 0) > 128) dark++;
    }
    return dark;
  });
}
