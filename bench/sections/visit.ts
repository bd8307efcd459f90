import type { Browser, Page } from 'playwright';
import { written } from '../browser/handwriting.ts';
import { installWatch } from '../browser/watch.ts';
import type { LongTask, Painted } from '../browser/watch.ts';
import { processorTimes, tracedForTasks } from './processor-time.ts';

/** One photo of a letter, as a file on disk: handed over as bytes, the page itself would have to unpack them first. */
export type Photo = { readonly label: string; readonly path: string; readonly bytes: number };

/** The same thing that was done, and what came of it. */
export type Answered = Painted & { readonly wanted: string };

export type Visit = {
  readonly letters: readonly Answered[];
  readonly photos: readonly Answered[];
  /** processor: milliseconds on the processor; NaN after the load, which is not traced so that nothing is slowed down. */
  readonly longTasks: readonly (LongTask & { readonly processor: number })[];
};

/** Letters that are drawn first and not timed: shaders, fonts and the compiler have had their turn then. */
const WARM_UP = 3;
const PATIENCE_MS = 30_000;

/**
 * A person's visit to the built page, from an empty cache, answered by WASM: letters are drawn with the mouse, each
 * on an empty sheet, then photos are uploaded. Nothing waits by the clock: what is next begins when the answer is painted.
 */
export async function visit(
  browser: Browser,
  url: string,
  labels: readonly string[],
  photos: readonly Photo[],
): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-GB' });
  try {
    const page = await context.newPage();
    // tsx keeps the names of functions by a helper of this name, which the page does not have.
    await page.addInitScript({ content: 'globalThis.__name = (value) => value;' });
    await page.addInitScript(installWatch);
    const address = new URL('?backend=wasm', url).href;
    await browser.startTracing(page, { categories: [...tracedForTasks] });
    await page.goto(address, { waitUntil: 'networkidle' });
    const trace = (await browser.stopTracing()).toString('utf8');
    await page.evaluate(() => window.watch.enter('draw'));
    const letters: Answered[] = [];
    const warmUp = labels.slice(0, WARM_UP);
    for (const label of [...warmUp, ...labels]) letters.push({ wanted: label, ...(await draw(page, label)) });

    if (photos.length > 0) {
      await page.evaluate(() => {
        window.watch.enter('photo');
        location.hash = '#/upload';
      });
      await page.getByTestId('upload').waitFor({ state: 'attached' });
    }
    const answers: Answered[] = [];
    for (const photo of photos) answers.push({ wanted: photo.label, ...(await upload(page, photo)) });
    const tasks = await page.evaluate(() => window.watch.longTasks());
    const processor = processorTimes(trace, address, tasks);
    const longTasks = tasks.map((task, i) => ({ ...task, processor: processor[i] ?? Number.NaN }));
    const strangers = [...letters, ...answers].filter(({ backend }) => backend !== 'wasm');
    if (strangers.length > 0) throw new Error(`${strangers.length} answers did not come from wasm`);
    return { letters: letters.slice(WARM_UP), photos: answers, longTasks };
  } finally {
    await context.close();
  }
}

async function draw(page: Page, label: string): Promise<Painted> {
  const sheet = page.getByTestId('draw-surface');
  await sheet.press('Delete');
  const box = await sheet.boundingBox();
  if (box === null) throw new Error('there is no sheet to write on');
  const ink = written(label, 60);
  // From the last pen-up on, which is the only one that no stroke follows: nothing is asked of the page in between.
  await page.evaluate((strokes) => window.watch.arm('pointerup', strokes), ink.length);
  for (const stroke of ink) {
    for (const [i, { x, y }] of stroke.entries()) {
      await page.mouse.move(box.x + x * box.width, box.y + y * box.height);
      if (i === 0) await page.mouse.down();
    }
    await page.mouse.up();
  }
  return answerOf(page, label);
}

async function upload(page: Page, { label, path }: Photo): Promise<Painted> {
  await page.evaluate(() => window.watch.arm('change', 1));
  await page.getByTestId('upload').setInputFiles(path);
  return answerOf(page, label);
}

/** A page that never answers is a finding too, and no reason to wait for it all night. */
async function answerOf(page: Page, label: string): Promise<Painted> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const patience = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer to "${label}" within ${PATIENCE_MS / 1000} s`)), PATIENCE_MS);
  });
  try {
    return await Promise.race([page.evaluate(() => window.watch.painted()), patience]);
  } finally {
    clearTimeout(timer);
  }
}
