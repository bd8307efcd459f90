import type { Page } from 'playwright';
import { summaryOf } from '../figures.ts';
import { summaryCells } from '../report.ts';
import type { Section } from '../report.ts';

const words = {
  readback: '512² canvas: readback (willReadFrequently)',
  pixels: '512² canvas: pixels to raster',
  small: 'the same, a letter so small in it that it is looked at twice',
  bitmap: '512² ImageBitmap to raster, as the app reads it',
  strokes: 'strokes of 300 points to raster',
} as const;

/** What comes before the model, in a worker of Chromium, over all 27 letters. */
export async function preprocessing(page: Page, quick: boolean): Promise<Section> {
  const figures = await page.evaluate((rounds) => window.bench.preprocess(rounds), quick ? 2 : 12);
  const keys = ['readback', 'pixels', 'small', 'bitmap', 'strokes'] as const;
  return {
    title: 'Preprocessing (ms)',
    head: ['what', 'median', 'p95', 'most'],
    rows: keys.map((key) => [words[key], ...summaryCells(summaryOf(figures[key]))]),
    notes: [`${figures.pixels.length} letters, all ways in turn for each; the first round left out.`],
    targets: [
      {
        what: 'preprocessing of a 512² canvas, median',
        figure: summaryOf(figures.pixels).median,
        limit: 1,
        unit: 'ms',
      },
    ],
    data: figures,
  };
}
