import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright';
import { median, summaryOf } from '../figures.ts';
import { ms, summaryCells } from '../report.ts';
import type { Section } from '../report.ts';
import { visit } from './visit.ts';
import type { Answered, Photo, Visit } from './visit.ts';

const photoLabels = ['alef', 'lamed', 'shin', 'qof', 'mem', 'samekh', 'tsadi', 'he'] as const;

/** Photos are made by the bench's own page and laid into this folder. */
export async function takePhotos(page: Page, folder: string, quick: boolean): Promise<readonly Photo[]> {
  const photos: Photo[] = [];
  for (const [i, label] of photoLabels.slice(0, quick ? 3 : photoLabels.length).entries()) {
    const base64 = await page.evaluate(([name, seed]) => window.bench.photoOf(name, seed), [label, i + 1] as const);
    const jpeg = Buffer.from(base64, 'base64');
    const path = join(folder, `${label}-${i}.jpg`);
    await writeFile(path, jpeg);
    photos.push({ label, path, bytes: jpeg.length });
  }
  return photos;
}

/** Pen-up and photo to painted answer, and what kept the page's thread busy meanwhile: two visits, the first short. */
export async function pageSections(
  browser: Browser,
  url: string,
  labels: readonly string[],
  photos: readonly Photo[],
  quick: boolean,
): Promise<readonly Section[]> {
  const short = await visit(browser, url, labels.slice(0, 2), photos.slice(0, 1));
  const long = await visit(browser, url, quick ? labels.slice(0, 8) : [...labels, ...labels], photos);
  return [penUp(long), photo(long, photos), longTasks([short, long])];
}

const rightOf = (answers: readonly Answered[]): string =>
  `${answers.filter(({ label, wanted }) => label === wanted).length} of ${answers.length} read as what they are`;

function penUp({ letters }: Visit): Section {
  const summary = summaryOf(letters.map(({ total }) => total));
  return {
    title: 'Pen-up to painted answer, on the built page (ms)',
    head: ['what', 'median', 'p95', 'most'],
    rows: [[`${letters.length} letters by mouse, WASM`, ...summaryCells(summary)]],
    notes: [
      'From the pointerup event’s own time stamp to the end of the frame that shows the answer, at 60 frames a second.',
      `${rightOf(letters)}.`,
    ],
    targets: [{ what: 'pen-up to painted answer, p95', figure: summary.p95, limit: 50, unit: 'ms' }],
    data: letters,
  };
}

function photo({ photos }: Visit, files: readonly Photo[]): Section {
  const row = (what: string, answers: readonly Answered[]): readonly string[] => [
    what,
    ms(median(answers.map(({ total }) => total))),
    ms(median(answers.map(({ decode }) => decode))),
    ...summaryCells(summaryOf(answers.map(({ total, decode }) => total - decode))),
  ];
  const [first, ...rest] = photos;
  return {
    title: 'Photo of 12 megapixels to painted answer, on the built page (ms)',
    head: ['what', 'all, median', 'decoding', 'the rest, median', 'p95', 'most'],
    rows: [
      ...(first === undefined ? [] : [row('the first one', [first])]),
      row(`${rest.length} more, each another file`, rest),
    ],
    notes: [
      `4032 × 3024 JPEG of ${(median(files.map(({ bytes }) => bytes)) / 1e6).toFixed(1)} MB, from the input’s change event; decoding is the app’s own call of createImageBitmap.`,
      `${rightOf(photos)}.`,
    ],
    targets: [
      {
        what: 'photo to painted answer less decoding, median',
        figure: median(rest.map(({ total, decode }) => total - decode)),
        limit: 150,
        unit: 'ms',
      },
    ],
    data: photos,
  };
}

function longTasks(visits: readonly Visit[]): Section {
  const tasks = visits.flatMap(({ longTasks }, i) => longTasks.map((task) => ({ ...task, visit: i + 1 })));
  const during = tasks.filter(({ phase }) => phase === 'load');
  const after = tasks.filter(({ phase }) => phase !== 'load');
  const cells = (task: (typeof tasks)[number]): readonly string[] => [
    `${task.visit}: ${task.phase}`,
    ms(task.start),
    ms(task.duration),
    Number.isNaN(task.processor) ? '–' : ms(task.processor),
    task.scripts.slice(0, 3).join('; ') || 'no script: style, layout, paint',
  ];
  const [, long] = visits;
  const starved = during.filter(({ processor }) => processor <= 50);
  return {
    title: 'Tasks over 50 ms on the page’s thread (ms)',
    head: ['visit: while', 'began at', 'took', 'on the processor', 'what ran'],
    rows: tasks.length === 0 ? [['none', '', '', '', '']] : tasks.map(cells),
    notes: [
      `${starved.length} of ${during.length} during load were on the processor for 50 ms at most, and waited for a core.`,
      `Two visits from an empty cache; the second draws ${long?.letters.length ?? 0} letters and uploads ${long?.photos.length ?? 0} photos.`,
    ],
    targets: [
      { what: 'tasks over 50 ms during load', figure: during.length, limit: 0, unit: '' },
      { what: 'tasks over 50 ms after load', figure: after.length, limit: 0, unit: '' },
    ],
    data: tasks,
  };
}
